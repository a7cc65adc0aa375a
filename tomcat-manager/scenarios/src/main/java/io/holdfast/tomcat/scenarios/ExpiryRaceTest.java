package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Pages;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that has expired, and is held by its monitor where two threads would tell its end. */
class ExpiryRaceTest extends ConfiguredNodes {
    /** Time-out, touch interval and time for a touch under way: after that the manager looks after an idle session. */
    private static final long LONGEST_IDLE_MILLIS = 1_000 + 50 + 1_000;

    private final AtomicInteger destroyed = new AtomicInteger();

    @BeforeEach
    void start() {
        use(Cluster.start(node -> {
            node.listen(new CountingListener(destroyed));
            node.set("reaperIntervalSeconds", "3600"); // it looks when it is asked to
            node.set("expiryGraceSeconds", "7200");
        }));
    }

    @Test
    void expiryMetByTheReaperAndByARequestAtOnce_isToldToListenersOnce() {
        cluster.on("/short", (request, response) -> request.getSession().setMaxInactiveInterval(1));
        client.text(cluster.a(), "/short");
        Session session = TomcatNode.of(cluster.a()).manager().findSessions()[0];
        await().until(() -> session.getIdleTimeInternal() > LONGEST_IDLE_MILLIS);
        CompletableFuture<Client.Answer> request;
        synchronized (session) { // holds both between the end of the record and the listeners
            cluster.a().sweep();
            await().until(() -> blockedThreads() == 1);
            request = client.start(cluster.a(), "/id");
            await().until(() -> blockedThreads() == 2);
        }

        assertThat(Client.await(request).text()).isEqualTo(Pages.NO_SESSION);
        await("the session to be forgotten").until(() -> records.keys().stream().noneMatch(key -> key.contains("{")));
        assertThat(destroyed).hasValue(1);
    }

    private static long blockedThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getState() == Thread.State.BLOCKED)
                .count();
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
