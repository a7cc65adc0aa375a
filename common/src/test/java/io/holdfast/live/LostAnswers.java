package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.live.HookedStore.Loss;
import io.holdfast.live.TestNode.Request;
import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A session on two nodes, of whose commits some are not answered. */
abstract class LostAnswers {
    final String namespace = "lost-" + UUID.randomUUID();
    final TestNode a = new TestNode(namespace);
    final TestNode b = new TestNode(namespace);
    final SessionId id = TestNode.newId();
    final LiveSession session = a.create(id, attributes -> {
        attributes.put("list", list());
        attributes.put("count", new AtomicInteger());
        attributes.put("text", "old");
    });

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** Its client is told that it is not stored. */
    void losesAnswer(Request request, Loss loss) {
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(request::commit).isInstanceOf(StoreException.class);
        request.endRefused();
    }

    void assertStored(String name, String... elements) {
        b.request(b.load(id), attributes -> assertThat(attributes.get(name)).isEqualTo(list(elements)));
    }

    long version() {
        return ((LoadResult.Found) a.store.behind().load(id.record()))
                .snapshot()
                .version();
    }

    static void add(Request request, String element) {
        request.work(attributes -> listOf(attributes, "list").add(element));
    }

    static List<String> list(String... elements) {
        return new ArrayList<>(List.of(elements));
    }

    @SuppressWarnings("unchecked")
    static List<String> listOf(Map<String, Object> attributes, String name) {
        return (List<String>) Objects.requireNonNull(attributes.get(name));
    }
}
