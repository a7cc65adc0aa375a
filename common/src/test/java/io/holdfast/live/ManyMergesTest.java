package io.holdfast.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * So many nodes that change the same attribute at the same time that most commits have to merge several times. Without pauses,
 * in which the others get on, some would be overtaken more often than the default of {@code commitAttempts} allows.
 */
class ManyMergesTest {
    private static final int NODES = 48;
    private static final int REQUESTS_PER_NODE = 3;

    private final String namespace = "merges-" + UUID.randomUUID();
    private final List<TestNode> nodes =
            IntStream.range(0, NODES).mapToObj(i -> new TestNode(namespace)).toList();
    private final ExecutorService threads = Executors.newFixedThreadPool(NODES);
    private final SessionId id = TestNode.newId();

    @AfterEach
    void close() {
        threads.shutdownNow();
        nodes.forEach(TestNode::close);
    }

    @Test
    void everyAdditionToOneSet_isThereWithinTheDefaultAttempts() throws Exception {
        nodes.get(0).create(id, attributes -> attributes.put("visited", new HashSet<String>()));
        CyclicBarrier start = new CyclicBarrier(NODES);
        List<Future<?>> running = new ArrayList<>();
        for (TestNode node : nodes) {
            running.add(threads.submit(() -> {
                LiveSession session = node.load(id);
                for (int i = 0; i < REQUESTS_PER_NODE; i++) {
                    String page = UUID.randomUUID().toString();
                    TestNode.Request request = node.begin(session);
                    request.work(attributes -> visited(attributes).add(page));
                    start.await(10, SECONDS);
                    assertThat(request.end()).isTrue();
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get(60, SECONDS);
        }

        LiveSession seen = nodes.get(0).load(id);
        nodes.get(0).request(seen, attributes -> assertThat(visited(attributes)).hasSize(NODES * REQUESTS_PER_NODE));
    }

    @SuppressWarnings("unchecked")
    private static Set<String> visited(Map<String, Object> attributes) {
        return (Set<String>) attributes.get("visited");
    }
}
