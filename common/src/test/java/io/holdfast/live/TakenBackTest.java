package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.config.Setting;
import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A put or removal that is not committed hides what another node has written to the attribute meanwhile. When it is taken back,
 * that comes to light, and not what the node held before.
 */
class TakenBackTest {
    private final String namespace = "taken-back-" + UUID.randomUUID();
    private final TestNode a =
            new TestNode(namespace, Map.of(Setting.LARGE_SESSION_BYTES, "0")); // fetched only if changed
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession onA = a.create(id, attributes -> attributes.put("count", new AtomicInteger(1)));
    private final TestNode.Request refused = a.begin(onA);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void changeOfAnotherNode_hiddenByAPut_isSeenByTheNextRequest() {
        refused.work(attributes -> attributes.put("count", new AtomicInteger(100)));
        onB(attributes -> count(attributes).incrementAndGet());
        a.begin(onA).end();

        refused.endRefused();

        a.request(onA, attributes -> assertThat(count(attributes)).hasValue(2));
    }

    @Test
    void changeOfAnotherNode_hiddenByAPut_isNotOverwrittenByARequestThatRuns() {
        refused.work(attributes -> attributes.put("count", new AtomicInteger(100)));
        onB(attributes -> count(attributes).incrementAndGet());
        TestNode.Request running = a.begin(onA);

        refused.endRefused();
        running.work(attributes -> count(attributes).incrementAndGet());
        running.end();

        onB(attributes -> assertThat(count(attributes)).hasValue(3));
    }

    @Test
    void changeOfAnotherNode_hiddenByAPutThatWasNeverCommitted_isNotOverwritten() {
        refused.work(attributes -> attributes.put("count", new AtomicInteger(100)));
        onB(attributes -> count(attributes).incrementAndGet());
        TestNode.Request running = a.begin(onA);

        refused.endWithoutCommit();
        running.work(attributes -> {
            AtomicInteger next = new AtomicInteger(count(attributes).get() + 1);
            attributes.put("count", next);
        });
        running.end();

        onB(attributes -> assertThat(count(attributes)).hasValue(3));
    }

    @Test
    void changeOfAnotherNode_hiddenByARemoval_isSeen() {
        refused.work(attributes -> attributes.remove("count"));
        onB(attributes -> count(attributes).incrementAndGet());
        a.begin(onA).end();

        refused.endRefused();

        a.request(onA, attributes -> assertThat(count(attributes)).hasValue(2));
    }

    @Test
    void additionOfAnotherNode_hiddenByAPut_isSeen() {
        refused.work(attributes -> attributes.put("color", "red"));
        onB(attributes -> attributes.put("color", "blue"));
        a.begin(onA).end();

        refused.endRefused();

        a.request(onA, attributes -> assertThat(attributes).contains(entry("color", "blue")));
    }

    @Test
    void additionOfAnotherNode_hiddenByAPutThatIsTakenOutAgain_isSeen() {
        TestNode.Request undecided = refused;
        undecided.work(attributes -> attributes.put("color", "red"));
        onB(attributes -> attributes.put("color", "blue"));
        a.begin(onA).end();

        undecided.work(attributes -> attributes.remove("color"));
        undecided.end();

        a.request(onA, attributes -> assertThat(attributes).contains(entry("color", "blue")));
        onB(attributes -> assertThat(attributes).contains(entry("color", "blue")));
    }

    @Test
    void additionOfAnotherNode_thatHasRemovedItSince_isNotSeen() {
        refused.work(attributes -> attributes.put("color", "red"));
        onB(attributes -> attributes.put("color", "blue"));
        a.begin(onA).end();
        onB(attributes -> attributes.remove("color"));
        a.begin(onA).end();

        refused.endRefused();

        a.request(onA, attributes -> assertThat(attributes).doesNotContainKey("color"));
    }

    @Test
    void removalOfAnotherNode_hiddenByAPut_isSeen() {
        refused.work(attributes -> attributes.put("count", new AtomicInteger(100)));
        onB(attributes -> attributes.remove("count"));
        a.begin(onA).end();

        refused.endRefused();

        a.request(onA, attributes -> assertThat(attributes).isEmpty());
    }

    @Test
    void changeOfAnotherNode_behindAnObjectThatARunningRequestWasHanded_isMerged() {
        TestNode.Request running = a.begin(onA);
        AtomicInteger[] handedOut = new AtomicInteger[1];
        running.work(attributes -> handedOut[0] = count(attributes));
        refused.work(attributes -> attributes.put("count", new AtomicInteger(100)));
        onB(attributes -> count(attributes).incrementAndGet());
        a.begin(onA).end();

        refused.endRefused();
        running.work(attributes -> handedOut[0].incrementAndGet());
        running.end();

        onB(attributes -> assertThat(count(attributes)).hasValue(3));
        a.request(onA, attributes -> assertThat(count(attributes)).hasValue(3));
    }

    private void onB(TestNode.Work work) {
        b.request(b.load(id), work);
    }

    private static AtomicInteger count(Map<String, Object> attributes) {
        return (AtomicInteger) attributes.get("count");
    }
}
