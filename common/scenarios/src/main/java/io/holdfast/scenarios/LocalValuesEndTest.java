package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A value that cannot be stored and wants to hear of the end, such as one that holds a connection. One node, so it tells. */
class LocalValuesEndTest {
    private static final List<String> UNBOUND = new CopyOnWriteArrayList<>();

    private final SessionLog log = new SessionLog();
    private final Cluster cluster = Cluster.start(node -> {
        log.listenOn(node);
        node.set("reaperIntervalSeconds", "1");
    });
    private final Records records = Records.of(cluster);
    private final Client client = new Client();

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
        log.close();
    }

    static final class Handle implements HttpSessionBindingListener {
        final Thread thread = new Thread("handle");

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            UNBOUND.add(thread.getName());
        }
    }

    /** Cannot be stored either. */
    static final class Fragile implements HttpSessionBindingListener {
        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            UNBOUND.add("fragile");
            throw new IllegalStateException("this value cannot be unbound");
        }
    }

    /** Looks at its session. */
    static final class Curious implements HttpSessionBindingListener {
        static volatile Hold hold = new Hold();

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            hold.here();
            try {
                event.getSession().getAttribute("none");
            } catch (IllegalStateException e) {
                // Tomcat's are over by now, Jetty's are not
            } finally {
                UNBOUND.add("curious");
            }
        }
    }

    @Test
    void valueThatLooksAtItsSessionWhenItIsUnbound_andARequestThatAsksForIt_doNotWaitForEachOther() {
        start();
        Curious.hold = new Hold();
        Hold hold = new Hold();
        CompletableFuture<Thread> asking = new CompletableFuture<>();
        cluster.a().on("/curious", (request, response) -> request.getSession().setAttribute("curious", new Curious()));
        cluster.a().on("/ask", (request, response) -> {
            asking.complete(Thread.currentThread());
            hold.here();
            response.getWriter().print(Pages.id(request.getSession(false)));
        });
        client.text(cluster.a(), "/curious");
        CompletableFuture<Client.Answer> answer = client.start(cluster.a(), "/ask");
        hold.awaitReached();
        records.letExpire(client.requireSessionId());
        records.makeDue(client.requireSessionId());
        Curious.hold.awaitReached();

        hold.release();
        await().until(() -> answer.isDone() || asking.join().getState() == Thread.State.WAITING);
        Curious.hold.release();

        assertThat(Client.await(answer).text()).isEqualTo(Pages.NO_SESSION);
        awaitTold();
        assertThat(UNBOUND).containsExactlyInAnyOrder("handle", "curious");
    }

    @Test
    void valueThatFailsWhenItIsUnbound_doesNotFailTheRequestThatFindsItsSessionEndedElsewhere() {
        UNBOUND.clear();
        cluster.on("/fragile", (request, response) -> {
            request.getSession().setAttribute("fragile", new Fragile());
            request.getSession().setAttribute("handle", new Handle());
        });
        client.text(cluster.a(), "/fragile");
        client.text(cluster.b(), "/invalidate");

        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(UNBOUND).containsExactlyInAnyOrder("fragile", "handle");
    }

    @Test
    void valueThatFailsWhenItIsUnbound_doesNotFailTheRequestWhoseCommitFindsItsSessionEndedElsewhere() {
        UNBOUND.clear();
        Hold hold = new Hold();
        cluster.on("/fragile", (request, response) -> {
            request.getSession().setAttribute("fragile", new Fragile());
            request.getSession().setAttribute("handle", new Handle());
        });
        cluster.on("/late", (request, response) -> {
            request.getSession().setAttribute("late", "x");
            hold.here();
            response.getWriter().print("done");
        });
        client.text(cluster.a(), "/fragile");
        CompletableFuture<Client.Answer> late = client.start(cluster.a(), "/late");
        hold.awaitReached();
        client.text(cluster.b(), "/invalidate");
        hold.release();

        assertThat(Client.await(late).text()).isEqualTo("done");
        assertThat(UNBOUND).containsExactlyInAnyOrder("fragile", "handle");
    }

    @Test
    void sessionThatHasExpired_andIsAskedForByItsClientFirst_unbindsIt() {
        start();
        records.letExpire(client.requireSessionId());
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        awaitTold();
        assertThat(UNBOUND).containsExactly("handle");
    }

    @Test
    void sessionThatHasExpired_andIsFoundByTheReaperFirst_unbindsIt() {
        start();
        records.letExpire(client.requireSessionId());
        records.makeDue(client.requireSessionId());
        awaitTold();
        assertThat(UNBOUND).containsExactly("handle");
    }

    private void start() {
        UNBOUND.clear();
        cluster.b().close();
        cluster.a().on("/keep", (request, response) -> request.getSession().setAttribute("handle", new Handle()));
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/keep");
        log.drain();
    }

    private void awaitTold() {
        List<String> heard = new ArrayList<>();
        await().untilAsserted(() -> {
            heard.addAll(log.drain());
            assertThat(heard).contains("removed user=ada");
            assertThat(records.keys()).isEmpty();
        });
    }
}
