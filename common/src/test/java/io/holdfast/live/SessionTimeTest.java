package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a session ends, and who keeps it alive. */
class SessionTimeTest {
    private static final int GRACE_MILLIS = 300_000;

    private final String namespace = "time-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final String key = "holdfast:" + namespace + ":{" + id.record() + "}";

    @AfterEach
    void close() {
        a.close();
        b.close();
        redis.close();
    }

    @Test
    void requestThatBegins_keepsTheSessionAlive_howeverLongItTakes() {
        LiveSession onA = a.create(id, attributes -> {});
        redis.send("PEXPIRE", key, GRACE_MILLIS + 5_000);

        a.begin(onA);

        Awaitility.await().until(() -> redis.send("PTTL", key).number() > GRACE_MILLIS + 1_000_000);
    }

    @Test
    void requestsInShortOrder_touchOnce() {
        LiveSession onA = a.create(id, attributes -> {});

        a.request(onA, attributes -> {});
        b.request(b.load(id), attributes -> {});

        assertThat(a.store.touches).hasValue(0);
        assertThat(b.store.touches).hasValue(0);
    }

    @Test
    void requestThatEndsAfterTheSessionHas_doesNotBringItBack() {
        LiveSession onA = a.create(id, attributes -> {});
        onA.setMaxInactiveSeconds(1);
        a.request(onA, attributes -> {});
        TestNode.Request slow = a.begin(onA);
        Awaitility.await().until(() -> !b.knows(id));
        int touches = a.store.touches.get();

        slow.end();

        assertThat(a.store.touches).hasValue(touches);
        assertThat(b.knows(id)).isFalse();
    }

    @Test
    void sessionThatIsOverByAShorterTimeOutOfAnotherNode_isNotBroughtBackByALongRequest() {
        try (TestNode touchesOften = new TestNode(namespace, Map.of(Setting.TOUCH_INTERVAL_SECONDS, "1"))) {
            LiveSession slow = touchesOften.create(id, attributes -> {});
            TestNode.Request request = touchesOften.begin(slow);
            LiveSession onB = b.load(id);
            b.request(onB, attributes -> onB.setMaxInactiveSeconds(60));
            redis.send("PEXPIRE", key, GRACE_MILLIS - 1);
            assertThat(b.knows(id)).isFalse();

            Awaitility.await().until(() -> {
                slow.touch();
                return touchesOften.store.touches.get() > 0;
            });
            touchesOften.store.awaitTouches(id.record());

            assertThat(b.knows(id)).isFalse();
            request.end();
            assertThat(b.knows(id)).isFalse();
        }
    }

    @Test
    void timeOutCommittedOnTopOfAnUnseenCommit_isNotWrittenAgainByAReader() {
        LiveSession onA = a.create(id, attributes -> {});
        LiveSession onB = b.load(id);
        TestNode.Request setter = a.begin(onA);
        b.request(onB, attributes -> attributes.put("x", 1));
        setter.work(attributes -> onA.setMaxInactiveSeconds(600));
        setter.end();
        b.request(onB, attributes -> onB.setMaxInactiveSeconds(1_200));

        a.request(onA, attributes -> {});

        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(1_200);
        assertThat(onA.maxInactiveSeconds()).isEqualTo(1_200);
    }
}
