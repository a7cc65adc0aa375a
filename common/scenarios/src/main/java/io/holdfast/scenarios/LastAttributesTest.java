package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners are shown when a request ends a session that another node has changed since the request began. */
class LastAttributesTest {
    private final SessionLog log = new SessionLog();
    private final Cluster cluster = Cluster.start(log::listenOn);
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        log.close();
    }

    @Test
    void invalidation_isToldWithTheSessionsLastAttributes() {
        Hold hold = new Hold();
        cluster.on("/slow-leave", (request, response) -> {
            request.getSession();
            hold.here();
            request.getSession().invalidate();
        });
        cluster.on("/bind", (request, response) -> {
            request.getSession().setAttribute("lock", new SessionLog.Bound("lock"));
            request.getSession().setAttribute("user", "eve");
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> leaving = client.start(cluster.a(), "/slow-leave");
        hold.awaitReached();
        client.text(cluster.b(), "/bind");
        log.drain();
        hold.release();
        assertThat(Client.await(leaving).status()).isEqualTo(200);
        await().until(() -> !log.isEmpty());

        assertThat(log.drain())
                .containsExactlyInAnyOrder(
                        "destroyed with user=eve", "unbound lock", "removed lock=Bound[name=lock]", "removed user=eve");
    }
}
