package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application, or a whole node, is stopped while requests are under way: they commit or fail, and sessions live on. */
class StopWithRequestsTest {
    private final AtomicInteger destroyed = new AtomicInteger();
    private final Cluster cluster = Cluster.start(node -> node.listen(new CountingListener(destroyed)));
    private final Client client = new Client();
    private final Hold hold = new Hold();

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** Where a request is when its application stops. */
    enum Place {
        BEFORE_IT_ASKS_FOR_ITS_SESSION,
        WITH_ITS_SESSION,
        BEHIND_A_CHANGE,
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void stoppedApplication_storesWhatARequestUnderWayChanges_orFailsIt(Place place) throws Exception {
        CompletableFuture<Answer> working = startWork(place);

        CompletableFuture.runAsync(cluster.a().application()::stop).get(8, TimeUnit.SECONDS);
        hold.release();

        requireStoredOrFailed(working);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void restartedApplication_storesWhatARequestUnderWayChanges_orFailsIt(Place place) throws Exception {
        CompletableFuture<Answer> working = startWork(place);

        CompletableFuture.runAsync(cluster.a().application()::restart).get(8, TimeUnit.SECONDS);
        hold.release();

        requireStoredOrFailed(working);
        assertThat(client.text(cluster.a(), "/set?name=user&value=bob")).isEqualTo("ok");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void stoppedNode_storesWhatARequestUnderWayChanges_orFailsIt(Place place) throws Exception {
        CompletableFuture<Answer> working = startWork(place);

        CompletableFuture.runAsync(cluster.a()::close).get(30, TimeUnit.SECONDS);
        hold.release();

        requireStoredOrFailed(working);
    }

    @Test
    void requestThatBeginsASessionWhileItsApplicationStops_givesNoCookieOfOneThatIsNotStored() throws Exception {
        cluster.on("/begin", (request, response) -> {
            hold.here();
            response.getWriter().print(request.getSession().getId());
        });
        CompletableFuture<Answer> beginning = client.start(cluster.a(), "/begin");
        hold.awaitReached();

        CompletableFuture.runAsync(cluster.a().application()::stop).get(8, TimeUnit.SECONDS);
        hold.release();

        Answer answer = answerOrNull(beginning);
        if (answer != null && answer.newSessionId() != null) {
            assertThat(client.text(cluster.b(), "/id")).isEqualTo(answer.newSessionId());
        } else {
            assertThat(answer == null ? 503 : answer.status()).isGreaterThanOrEqualTo(500);
        }
    }

    private CompletableFuture<Answer> startWork(Place place) {
        cluster.on("/work", (request, response) -> work(place, request, response));
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> working = client.start(cluster.a(), "/work");
        hold.awaitReached();
        return working;
    }

    private void work(Place place, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (place == Place.BEFORE_IT_ASKS_FOR_ITS_SESSION) {
            hold.here();
        }
        HttpSession session = request.getSession(false);
        if (session == null) {
            response.getWriter().print(Pages.NO_SESSION);
            return;
        }
        if (place == Place.WITH_ITS_SESSION) {
            hold.here();
        }
        session.setAttribute("work", "done");
        if (place == Place.BEHIND_A_CHANGE) {
            hold.here();
        }
        response.getWriter().print(session.getAttribute("user"));
    }

    private void requireStoredOrFailed(CompletableFuture<Answer> working) {
        Answer answer = answerOrNull(working);
        String stored = new Client(client.sessionId()).text(cluster.b(), "/get?name=work");
        if (answer != null && answer.status() < 500) {
            assertThat(answer.text()).isEqualTo("ada");
            assertThat(stored).isEqualTo("done");
        } else if (answer != null) {
            assertThat(stored).as("behind " + answer).isEqualTo("null");
            assertThat(answer.newSessionId()).isNull();
        }
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(destroyed).hasValue(0);
    }

    /** Null: the node has hung up. */
    private static @Nullable Answer answerOrNull(CompletableFuture<Answer> request) {
        try {
            return request.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return null;
            }
            throw new AssertionError("no answer", e);
        } catch (Exception e) {
            throw new AssertionError("no answer", e);
        }
    }

    private static final class CountingListener implements HttpSessionListener {
        private final AtomicInteger destroyed;

        CountingListener(AtomicInteger destroyed) {
            this.destroyed = destroyed;
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            destroyed.incrementAndGet();
        }
    }
}
