package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.EndLease;
import io.holdfast.session.SessionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a session's end looks to nodes that hold it. */
class SessionEndTest {
    private final String namespace = "test-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void sessionThatExpired_isNoticedByWhoAsksForIt_withOrWithoutACopy() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "1"));
        letEnd();

        assertThat(a.request(onA, attributes -> {})).isFalse();
        assertThat(b.knows(id)).isFalse();
        assertThat(a.ended).containsExactly(id.record());
        assertThat(b.ended).containsExactly(id.record());
    }

    @Test
    void sessionThatEnded_showsItsLastStateOnEachNode() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "1"));
        LiveSession onB = b.load(id);
        a.request(onA, attributes -> attributes.put("x", "2"));

        EndLease lease = onA.end().lease();

        assertThat(onB.endWith(lease)).isTrue();
        assertThat(onB.attributes()).containsEntry("x", "2");
        assertThat(onB.hasEnded()).isTrue();
        assertThat(b.request(onB, attributes -> attributes.put("late", "3"))).isFalse();
    }

    /** Large ones are ended by themselves, so that nobody waits until they are read. */
    @Test
    void storeHearsHowLargeTheSessionIsThatItEnds() {
        byte[] incompressible = new byte[50_000];
        new Random(1).nextBytes(incompressible);
        LiveSession onA = a.create(id, attributes -> attributes.put("x", incompressible));

        onA.end();

        assertThat(a.store.endedBytes).hasValueGreaterThan(50_000);
    }

    @Test
    void stateOfAnEarlierSessionOfTheSameName_isNotTakenOver() {
        EndLease lease =
                a.create(id, attributes -> attributes.put("x", "1")).end().lease();

        LiveSession second = b.create(id, attributes -> attributes.put("x", "2"));

        assertThat(second.endWith(lease)).isFalse();
        assertThat(second.hasEnded()).isFalse();
        assertThat(second.attributes()).containsEntry("x", "2");
    }

    @Test
    void sessionOfAnIdUsedAgain_afterTheOldOneHasExpired_isANewOne() {
        LiveSession old = a.create(id, attributes -> attributes.put("old", "1"));
        letEnd();

        LiveSession renewed = b.create(id, attributes -> attributes.put("new", "2"));

        assertThat(contentOn(a)).containsOnlyKeys("new");
        assertThat(a.request(old, attributes -> attributes.put("late", "3"))).isFalse();
        assertThat(contentOn(a)).containsOnlyKeys("new");
        assertThat(b.request(renewed, attributes -> {})).isTrue();
    }

    /** Makes the session look as if nobody had used it for its time-out. */
    private void letEnd() {
        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            redis.send("PEXPIRE", "holdfast:" + namespace + ":{" + id.record() + "}", 5_000);
        }
    }

    private Map<String, Object> contentOn(TestNode node) {
        return new HashMap<>(node.load(id).attributes());
    }
}
