package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While nobody knows whether a logout comes through, no other request of its node takes the session for ended. */
class FailingLogoutTest {
    /** For Redis, or for the logout. */
    private static final Set<Thread.State> WAITING =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED);

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(
            proxy.uri(), node -> node.set("commandTimeoutMillis", "1000")); // each logout here waits for it, twice
    private final Client client = new Client();
    private final Hold hold = new Hold();
    private final CompletableFuture<Thread> thread = new CompletableFuture<>();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void whatARequestBesideItHasSet_isStored_ifThatRequestSucceeds() {
        cluster.on("/work", (request, response) -> {
            HttpSession session = request.getSession();
            hold.here();
            thread.complete(Thread.currentThread());
            session.setAttribute("work", "done");
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> working = client.start(cluster.a(), "/work");
        hold.awaitReached();

        boolean stored = failLogoutBeside(working) == 200;

        assertThat(client.text(cluster.b(), "/get?name=work")).isEqualTo(stored ? "done" : "null");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void requestThatAsksBesideIt_isNotToldThatThereIsNoSession() {
        cluster.on("/ask", (request, response) -> {
            hold.here();
            thread.complete(Thread.currentThread());
            response.getWriter().print(Pages.id(request.getSession(false)));
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> asking = client.start(cluster.a(), "/ask");
        hold.awaitReached();

        if (failLogoutBeside(asking) == 200) {
            assertThat(Client.await(asking).text()).isEqualTo(client.sessionId());
        }
    }

    @Test
    void requestThatHasTheSessionBesideIt_stillHasIt() {
        cluster.on("/ask", (request, response) -> {
            request.getSession().getAttribute("user");
            hold.here();
            thread.complete(Thread.currentThread());
            HttpSession session = request.getSession(false);
            response.getWriter().print(session == null ? Pages.NO_SESSION : session.getAttribute("user"));
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> asking = client.start(cluster.a(), "/ask");
        hold.awaitReached();

        if (failLogoutBeside(asking) == 200) {
            assertThat(Client.await(asking).text()).isEqualTo("ada");
        }
    }

    @Test
    void secondLogoutBesideIt_failsToo_orEndsTheSession() {
        cluster.on("/leave", (request, response) -> {
            HttpSession session = request.getSession();
            hold.here();
            thread.complete(Thread.currentThread());
            session.invalidate();
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> leaving = client.start(cluster.a(), "/leave");
        hold.awaitReached();

        assertThat(failLogoutBeside(leaving)).isEqualTo(503);
    }

    /** A logout is on its way when the request goes on, and fails when that waits or is answered. Returns the request's status. */
    private int failLogoutBeside(CompletableFuture<Answer> request) {
        Pause end = proxy.pauseBefore("RENAME");
        CompletableFuture<Answer> logout = new Client(client.sessionId()).start(cluster.a(), "/invalidate");
        end.awaitReached();
        hold.release();
        await().until(() -> request.isDone() || WAITING.contains(thread.join().getState()));
        proxy.down();
        assertThat(Client.await(logout).status()).isEqualTo(503);
        int status = Client.await(request).status();
        assertThat(status).isIn(200, 503);
        proxy.up();
        for (Node node : new Node[] {cluster.a(), cluster.b()}) {
            await().until(() -> new Client(client.sessionId()).get(node, "/id").status() == 200);
        }
        assertThat(new Client(client.sessionId()).text(cluster.b(), "/id")).isEqualTo(client.sessionId());
        return status;
    }
}
