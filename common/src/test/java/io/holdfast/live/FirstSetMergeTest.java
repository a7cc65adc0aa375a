package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three requests set the same attribute for the first time. */
class FirstSetMergeTest {
    private final String namespace = "merge-" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final TestNode c = new TestNode(namespace);

    @AfterEach
    void stop() {
        a.close();
        b.close();
        c.close();
    }

    @Test
    void counterThatThreeRequestsBegin_hasWhatAllCounted() {
        LiveSession onA = a.create(id, attributes -> attributes.put("user", "ada"));
        LiveSession onB = b.load(id);
        LiveSession onC = c.load(id);
        a.store.beforeNextCommit(() -> {
            b.request(onB, attributes -> attributes.put("hits", new AtomicInteger(10)));
            a.store.beforeNextCommit(
                    () -> c.request(onC, attributes -> ((AtomicInteger) attributes.get("hits")).addAndGet(100)));
        });

        a.request(onA, attributes -> attributes.put("hits", new AtomicInteger(1)));

        b.request(
                b.load(id),
                attributes -> assertThat((AtomicInteger) attributes.get("hits")).hasValue(111));
    }

    @Test
    void listThatThreeRequestsBegin_hasAllElements() {
        LiveSession onA = a.create(id, attributes -> attributes.put("user", "ada"));
        LiveSession onB = b.load(id);
        LiveSession onC = c.load(id);
        a.store.beforeNextCommit(() -> {
            b.request(onB, attributes -> attributes.put("cart", new ArrayList<>(List.of("book"))));
            a.store.beforeNextCommit(() -> c.request(onC, attributes -> add(attributes, "pen")));
        });

        a.request(onA, attributes -> attributes.put("cart", new ArrayList<>(List.of("ink"))));

        b.request(
                b.load(id), attributes -> assertThat(attributes.get("cart")).isEqualTo(List.of("book", "pen", "ink")));
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> attributes, String what) {
        ((List<String>) attributes.get("cart")).add(what);
    }
}
