package io.holdfast.scenarios;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The id of a session changes again and again, on both nodes in turn, while others write to the session without a pause. */
class IdChangesUnderFireTest extends ConfiguredNodes {
    private static final int CHANGES = 40;
    private static final int WRITERS = 6;

    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    private final AtomicBoolean done = new AtomicBoolean();
    private final Set<String> written = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stopWriting() {
        done.set(true);
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oldIdsAreDeadOnBothNodesAtOnce_andNoAcknowledgedWriteIsLost(boolean withJvmRoute) throws Exception {
        AtomicInteger nodes = new AtomicInteger();
        use(Cluster.start(node -> {
            if (withJvmRoute) {
                node.route("node" + nodes.incrementAndGet());
            }
        }));
        cluster.on("/write", (request, response) -> {
            boolean known = request.getSession(false) != null;
            if (known) {
                request.getSession().setAttribute(request.getParameter("name"), "x");
            }
            response.getWriter().print(known ? "written" : Pages.NO_SESSION);
        });
        client.text(cluster.a(), "/new");
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String prefix = "w" + i + "-";
            writers.add(threads.submit(() -> write(prefix)));
        }

        for (int i = 0; i < CHANGES; i++) {
            Node node = i % 2 == 0 ? cluster.a() : cluster.b();
            String oldId = client.requireSessionId();
            String newId = client.text(node, "/rotate");
            for (Node each : List.of(cluster.a(), cluster.b())) {
                assertThat(new Client(oldId).text(each, "/id")).isEqualTo(Pages.NO_SESSION);
                assertThat(new Client(newId).text(each, "/id")).isEqualTo(newId);
            }
            assertThat(client.requireSessionId().contains(".node")).isEqualTo(withJvmRoute);
        }
        done.set(true);
        for (Future<?> writer : writers) {
            writer.get(20, SECONDS);
        }

        assertThat(written).hasSizeGreaterThan(CHANGES);
        for (Node node : List.of(cluster.a(), cluster.b())) {
            assertThat(client.text(node, "/names").split(",")).containsExactlyInAnyOrderElementsOf(written);
        }
        assertThat(cluster.conflicts()).isZero();
    }

    /** Writes one attribute after the other, with whatever id is the newest when a request is sent. */
    private void write(String prefix) {
        for (int i = 0; !done.get(); i++) {
            String name = prefix + i % 20;
            String id = client.requireSessionId();
            Client now = new Client(id);
            Answer answer = now.get(i % 2 == 0 ? cluster.a() : cluster.b(), "/write?name=" + name);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.startsOther(id)).isFalse();
            if (answer.body().equals("written")) {
                written.add(name);
            }
        }
    }
}
