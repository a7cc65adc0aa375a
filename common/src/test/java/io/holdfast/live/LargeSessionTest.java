package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is large is not fetched again as long as nobody changes it, on the node that made it large and on others, from that commit on. */
class LargeSessionTest {
    private static final String LARGE = "x".repeat(1_000);

    private final String namespace = "large-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace, Map.of(Setting.LARGE_SESSION_BYTES, "1000"));
    private final TestNode b = new TestNode(namespace, Map.of(Setting.LARGE_SESSION_BYTES, "1000"));
    private final SessionId id = TestNode.newId();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void createdLarge_isCurrentAtOnce() {
        assertCurrentOnBoth(a.create(id, attributes -> attributes.put("text", LARGE)));
    }

    @Test
    void grownLarge_isCurrentAtOnce() {
        LiveSession onA = a.create(id, attributes -> attributes.put("text", "small"));
        a.request(onA, attributes -> attributes.put("text", LARGE));

        assertCurrentOnBoth(onA);
    }

    @Test
    void rewritten_butStillSmall_isNotTakenForLarge() {
        LiveSession onA = a.create(id, attributes -> attributes.put("text", LARGE.substring(500)));
        a.request(onA, attributes -> attributes.put("text", "y".repeat(500)));

        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            String key = "holdfast:" + namespace + ":{" + id.record() + "}";
            assertThat(redis.send("HEXISTS", key, "w2").number()).isZero();
            a.request(onA, attributes -> attributes.put("more", "y".repeat(500)));
            assertThat(redis.send("HEXISTS", key, "w3").number()).isOne();
        }
    }

    private void assertCurrentOnBoth(LiveSession onA) {
        LiveSession onB = b.load(id);
        b.request(onB, attributes -> assertThat(attributes).containsEntry("text", LARGE));
        a.request(onA, attributes -> assertThat(attributes).containsEntry("text", LARGE));

        assertThat(a.store.current.get()).isPositive();
        assertThat(b.store.current.get()).isPositive();
        assertThat(a.store.newer).hasValue(0);
        assertThat(b.store.newer).hasValue(0);
    }
}
