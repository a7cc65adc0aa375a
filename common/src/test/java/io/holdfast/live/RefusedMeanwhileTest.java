package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictException;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a session between the commit that fails and the moment when the changes of its request are taken back. */
class RefusedMeanwhileTest {
    private final String namespace = "meanwhile-" + UUID.randomUUID();
    private final TestNode a =
            new TestNode(namespace, Map.of(Setting.CONFLICT_POLICY, "merge; color=fail", Setting.COMMIT_ATTEMPTS, "2"));
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession session = a.create(id, attributes -> {
        attributes.put("color", "red");
        attributes.put("count", new AtomicInteger());
    });
    private final TestNode.Request beside = a.begin(session);
    private final TestNode.Request refused = a.begin(session);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void idThatAnotherRequestChanges_isTheValidOne() {
        failToCommit();
        SessionId renewed = new SessionId(id.record(), "0123456789abcdef0123456789abcdef");
        assertThat(session.changeId(renewed)).isTrue();
        refused.endRefused();

        beside.work(attributes -> attributes.put("size", "XL"));
        assertThat(beside.end()).isTrue();

        LiveSession onB = b.load(id);
        assertThat(onB.accepts(renewed)).isTrue();
        assertThat(onB.accepts(id)).isFalse();
        assertThat(onB.attributes()).contains(entry("color", "theirs"), entry("size", "XL"));
    }

    @Test
    void sessionThatAnotherRequestEnds_staysEnded_andItsEndIsToldOnce() {
        failToCommit();
        assertThat(session.end().here()).isTrue();
        refused.endRefused();

        beside.work(attributes -> attributes.put("size", "XL"));
        assertThat(beside.end()).isFalse();

        assertThat(session.end().here()).isFalse();
        assertThat(b.knows(id)).isFalse();
    }

    @Test
    void sessionThatAnotherNodeEnds_staysEnded_andItsEndIsToldOnce() {
        failToCommit();
        assertThat(b.load(id).end().here()).isTrue();
        refused.endRefused();

        beside.work(attributes -> attributes.put("size", "XL"));
        assertThat(beside.end()).isFalse();

        assertThat(session.end().here()).isFalse();
        assertThat(b.knows(id)).isFalse();
        assertThat(a.dropped).hasValue(1);
    }

    @Test
    void valueThatARefreshBrings_isSeenAndNotOverwritten() {
        failToCommit();
        b.request(b.load(id), attributes -> count(attributes).incrementAndGet());
        TestNode.Request third = a.begin(session);
        refused.endRefused();

        third.work(attributes -> {
            assertThat(attributes).containsEntry("color", "theirs");
            count(attributes).incrementAndGet();
        });
        third.end();
        beside.end();

        assertThat(count(b.load(id).attributes())).hasValue(2);
    }

    @Test
    void putOfAnotherRequest_isSeenAndStored() {
        failToCommit();
        beside.work(attributes -> attributes.put("size", "XL"));
        refused.endRefused();

        beside.work(attributes -> assertThat(attributes).containsEntry("size", "XL"));
        beside.end();

        assertThat(b.load(id).attributes()).contains(entry("color", "theirs"), entry("size", "XL"));
    }

    @Test
    void atomicOperationsOfAnotherRequest_onWhatIsTakenBack_areStored() {
        refused.work(attributes -> {
            attributes.put("one", "refused");
            attributes.put("two", "refused");
            attributes.put("three", "refused");
        });
        failToCommit();
        beside.work(attributes -> {
            assertThat(attributes.replace("one", "refused", "1")).isTrue();
            assertThat(attributes.remove("two", "refused")).isTrue();
            assertThat(attributes.replace("three", "3")).isEqualTo("refused");
        });
        refused.endRefused();
        beside.work(attributes -> assertThat(attributes.putIfAbsent("two", "2")).isNull());
        beside.end();

        assertThat(b.load(id).attributes()).contains(entry("one", "1"), entry("two", "2"), entry("three", "3"));
    }

    @Test
    void commitOfAnotherRequest_thatWaitsForTheLock_storesItsOwnAlone() throws Exception {
        refused.work(attributes -> attributes.put("size", "XL"));
        beside.work(attributes -> attributes.put("size", "M"));
        refused.work(attributes -> attributes.put("size", "XXL"));
        TestNode.Request third = a.begin(session);
        third.work(attributes -> attributes.put("note", "third"));
        AtomicReference<Thread> waiting = new AtomicReference<>();
        a.store.beforeNextCommit(() -> {
            Thread thread = new Thread(beside::end);
            waiting.set(thread);
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            refused.endRefused();
        });

        third.end();
        waiting.get().join();

        assertThat(b.load(id).attributes()).contains(entry("size", "M"), entry("note", "third"));
    }

    @Test
    void requestThatWasOvertakenTooOften_leavesNothing_andCanBeRepeated() {
        LiveSession onB = b.load(id);
        refused.work(attributes -> {
            count(attributes).incrementAndGet();
            attributes.put("size", "XL");
        });
        a.store.beforeEachCommit(
                () -> b.request(onB, attributes -> count(attributes).incrementAndGet()));
        assertThatThrownBy(refused::commit).isInstanceOf(CommitContentionException.class);
        a.store.beforeNextCommit(() -> {});
        refused.endRefused();
        int theirs = count(b.load(id).attributes()).get();

        beside.work(attributes -> attributes.put("note", "beside"));
        beside.end();
        assertThat(b.load(id).attributes()).doesNotContainKey("size");
        assertThat(count(b.load(id).attributes())).hasValue(theirs);
        a.request(session, attributes -> count(attributes).incrementAndGet());
        assertThat(count(b.load(id).attributes())).hasValue(theirs + 1);
    }

    /** The commit of the one that is going to be refused conflicts with what another node has set. */
    private void failToCommit() {
        refused.work(attributes -> attributes.put("color", "ours"));
        b.request(b.load(id), attributes -> attributes.put("color", "theirs"));
        assertThatThrownBy(refused::commit).isInstanceOf(ConflictException.class);
    }

    private static AtomicInteger count(Map<String, Object> attributes) {
        return (AtomicInteger) attributes.get("count");
    }
}
