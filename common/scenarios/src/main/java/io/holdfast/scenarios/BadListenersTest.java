package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners that take long or fail when they are told that a session has ended: requests do not wait, and the end is one. */
class BadListenersTest {
    private static final List<String> UNBOUND = new CopyOnWriteArrayList<>();

    private static volatile Behaviour whenDestroyed = () -> {};
    private static volatile Behaviour whenUnbound = () -> {};
    private static volatile Behaviour whenIdChanged = () -> {};

    private final List<String> destroyed = new CopyOnWriteArrayList<>();
    private final Cluster cluster = Cluster.start(node -> {
        node.listen(new Listener(destroyed));
        node.set("reaperIntervalSeconds", "1");
    });
    private final Records records = Records.of(cluster);
    private final Client client = new Client();
    private final Hold listener = new Hold();

    private interface Behaviour {
        void show();
    }

    /** What a listener throws. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold no state
    enum Failure {
        EXCEPTION(() -> {
            throw new IllegalStateException("on purpose");
        }),
        ERROR(() -> {
            throw new NoClassDefFoundError("on purpose");
        });

        private final Behaviour behaviour;

        Failure(Behaviour behaviour) {
            this.behaviour = behaviour;
        }
    }

    private record Listener(List<String> destroyed) implements HttpSessionListener, HttpSessionIdListener {
        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {
            whenIdChanged.show();
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            destroyed.add(Records.record(event.getSession().getId()));
            whenDestroyed.show();
        }
    }

    private static final class Value implements HttpSessionBindingListener, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            UNBOUND.add(event.getName());
            whenUnbound.show();
        }
    }

    @BeforeEach
    void deploy() {
        UNBOUND.clear();
        whenDestroyed = () -> {};
        whenUnbound = () -> {};
        whenIdChanged = () -> {};
        cluster.on("/bind", (request, response) -> {
            request.getSession().setAttribute("one", new Value());
            request.getSession().setAttribute("two", new Value());
        });
    }

    @AfterEach
    void stop() {
        listener.release();
        whenDestroyed = () -> {};
        whenUnbound = () -> {};
        whenIdChanged = () -> {};
        records.close();
        cluster.close();
    }

    @Test
    void requestThatEntersWhileASessionListenerIsTold_hasNoSession_andDoesNotWait() {
        whenDestroyed = listener::here;

        requireNoWait();
    }

    @Test
    void requestThatEntersWhileAValueIsUnbound_hasNoSession_andDoesNotWait() {
        whenUnbound = listener::here;

        requireNoWait();
    }

    @Test
    void requestThatHasTheSessionWhileASessionListenerIsTold_goesOn() {
        whenDestroyed = listener::here;
        Hold hold = new Hold();
        cluster.on("/slow", (request, response) -> {
            HttpSession session = request.getSession();
            hold.here();
            try {
                session.setAttribute("late", "x");
                response.getWriter().print("set");
            } catch (IllegalStateException e) {
                response.getWriter().print("over");
            }
        });
        bindOnBoth();
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();
        letEnd();
        listener.awaitReached();
        hold.release();

        assertThat(Client.await(slow).text()).isIn("set", "over");
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        listener.release();
        awaitForgotten();
        assertThat(destroyed).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void sessionListenerThatFails_whenASessionExpires_isToldOnce_andTheNextSessionToo(Failure failure) {
        whenDestroyed = failure.behaviour;
        bindOnBoth();
        Client other = new Client();
        other.text(cluster.a(), "/set?name=user&value=bob");
        letEnd();
        records.letExpire(other.requireSessionId());
        records.makeDue(other.requireSessionId());

        awaitForgotten();

        assertThat(destroyed)
                .containsExactlyInAnyOrder(
                        Records.record(client.requireSessionId()), Records.record(other.requireSessionId()));
        assertThat(UNBOUND).containsExactlyInAnyOrder("one", "two");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void valueThatFails_whenASessionExpires_isNoReasonToTellItAgain(Failure failure) {
        whenUnbound = failure.behaviour;
        bindOnBoth();
        letEnd();

        awaitForgotten();

        assertThat(destroyed).hasSize(1);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void sessionListenerThatFails_atALogout_doesNotKeepTheSessionAlive(Failure failure) {
        whenDestroyed = failure.behaviour;
        bindOnBoth();

        client.get(cluster.a(), "/invalidate");

        requireOver();
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void valueThatFails_atALogout_doesNotKeepTheSessionAlive(Failure failure) {
        whenUnbound = failure.behaviour;
        bindOnBoth();

        client.get(cluster.a(), "/invalidate");

        requireOver();
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void idListenerThatFails_doesNotKeepTheSessionFromGettingOnAndFromEnding(Failure failure) {
        bindOnBoth();
        whenIdChanged = failure.behaviour;
        client.get(cluster.a(), "/rotate");
        whenIdChanged = () -> {};
        await().until(() -> client.get(cluster.a(), "/bind").status() == 200);
        client.get(cluster.a(), "/rotate");

        client.get(cluster.a(), "/invalidate");

        requireOver();
    }

    private void requireNoWait() {
        cluster.on(
                "/again",
                (request, response) -> response.getWriter()
                        .print(Pages.id(request.getSession(false)) + " " + Pages.names(request.getSession())));
        bindOnBoth();
        letEnd();
        listener.awaitReached();

        for (Node node : List.of(cluster.a(), cluster.b())) {
            assertThat(new Client(client.sessionId()).text(node, "/id")).isEqualTo(Pages.NO_SESSION);
            assertThat(new Client(client.sessionId()).text(node, "/again")).isEqualTo(Pages.NO_SESSION + " ");
        }
        listener.release();
        await().until(() -> records.endedKeys().isEmpty());
        assertThat(destroyed).hasSize(1);
    }

    private void requireOver() {
        awaitForgotten();
        assertThat(destroyed).hasSize(1);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    /** Both nodes have a copy, and either may tell. */
    private void bindOnBoth() {
        client.text(cluster.a(), "/bind");
        client.text(cluster.b(), "/get?name=one");
    }

    private void letEnd() {
        records.letExpire(client.requireSessionId());
        records.makeDue(client.requireSessionId());
    }

    private void awaitForgotten() {
        await().until(() -> records.keys().isEmpty());
    }
}
