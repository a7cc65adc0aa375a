package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.live.HookedStore.Loss;
import io.holdfast.live.TestNode.Request;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The answer to a commit is lost, and somebody comes in between. */
class LostAnswerRacesTest extends LostAnswers {
    @AfterEach
    void forgetHook() {
        HookedValue.WHEN_ENCODED.set(null);
    }

    /** An application has a constant; two requests set it, one after the other, and none reads it. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void constantThatALostCommitWasToSet_isStoredOrRefusedIfAnotherRequestSetsIt(Loss loss) {
        List<String> constant = list("constant");
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> attributes.put("new", constant));
        losesAnswer(first, loss);

        second.work(attributes -> attributes.put("new", constant));

        if (isAcknowledged(second)) {
            assertStored("new", "constant");
        }
    }

    /** As Jetty's own caches save: what the application does belongs to no request, and the next save is to try again. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void saveOfJettysOwnCaches_isTriedAgain(Loss loss) {
        session.attributes().put("new", list("1"));
        listOf(session.attributes(), "list").add("in place");
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(this::save).isInstanceOf(StoreException.class);
        assertThat(session.attributes()).containsKey("new");
        listOf(session.attributes(), "new").add("2");

        assertThat(save()).isTrue();

        assertStored("new", "1", "2");
        assertStored("list", "in place");
    }

    /** As the log tells them to. */
    @Test
    void newObjectOfThreads_isStored_asTheReportSays() {
        List<String> ours = list("first");
        Request first = a.begin(session);
        var unused = session.attributes().get("list");
        first.work(attributes -> attributes.put("list", ours));
        losesAnswer(first, Loss.INSTEAD_OF_ITS_EFFECT);

        session.attributes().put("list", list("thread"));
        session.commitUnattributed();

        assertThat(a.notStored).isEmpty();
        assertStored("list", "thread");
    }

    @Test
    void putOfARequest_isNotHiddenByWhatThreadsPutInDoubt() {
        List<String> ours = list("first");
        Request first = a.begin(session);
        Request other = a.begin(session);
        first.work(attributes -> attributes.put("list", ours));
        losesAnswer(first, Loss.INSTEAD_OF_ITS_EFFECT);
        a.request(session, attributes -> attributes.put("text", "known by now"));
        other.work(attributes -> attributes.put("list", list("other")));
        session.attributes().put("list", ours);

        if (isAcknowledged(other)) {
            assertStored("list", "other");
        }
    }

    /** The first capture finds nothing, and the second one does. */
    @Test
    void whatChangesBetweenTwoLooks_isNotWrittenBeforeTheLostCommitIsFound() {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String hook = "hook" + i;
            SessionId newId = TestNode.newId();
            LiveSession shared = a.create(newId, attributes -> {
                attributes.put("list", list());
                attributes.put(hook, new HookedValue());
            });
            Request first = a.begin(shared);
            Request second = a.begin(shared);
            Request third = a.begin(shared);
            add(third, "third");
            add(first, "first");
            second.work(attributes -> attributes.get(hook));
            losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
            HookedValue.WHEN_ENCODED.set(() -> add(second, "second"));
            assertThat(second.end()).isTrue();
            assertThat(third.end()).isTrue();
            List<String> stored = new ArrayList<>(listOf(b.load(newId).attributes(), "list"));
            if (!stored.equals(list("third", "first", "second"))) {
                wrong.add(hook + " " + stored);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A request is handed a new object of the lost commit while that is taken back. */
    @Test
    void objectThatIsHandedOutWhileItGetsInDoubt_refusesWhoHasIt() throws InterruptedException {
        int names = 2_000;
        int acknowledged = 0;
        int handed = 0;
        Random random = new Random(7);
        for (int i = 0; i < 150; i++) {
            SessionId newId = TestNode.newId();
            LiveSession shared = a.create(newId, attributes -> attributes.put("text", "old"));
            Request first = a.begin(shared);
            Request second = a.begin(shared);
            first.work(attributes -> {
                for (int n = 0; n < names; n++) {
                    attributes.put("n" + n, list("first"));
                }
            });
            CountDownLatch sent = new CountDownLatch(1);
            AtomicBoolean go = new AtomicBoolean();
            String name = "n" + random.nextInt(names);
            long pause = random.nextInt(600_000);
            AtomicReference<@Nullable List<String>> got = new AtomicReference<>();
            Thread reader = new Thread(() -> {
                sent.countDown();
                while (!go.get()) {
                    Thread.onSpinWait();
                }
                long end = System.nanoTime() + pause;
                while (System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                }
                second.work(attributes -> {
                    if (attributes.get(name) != null) {
                        List<String> mine = listOf(attributes, name);
                        mine.add("second");
                        got.set(mine);
                    }
                });
            });
            reader.start();
            sent.await();
            a.store.beforeNextCommit(() -> go.set(true));
            a.store.loseNextAnswer(Loss.INSTEAD_OF_ITS_EFFECT);
            assertThatThrownBy(first::commit).isInstanceOf(StoreException.class);
            reader.join();
            first.endRefused();
            if (got.get() != null) {
                handed++;
                if (isAcknowledged(second)) {
                    Object stored = b.load(newId).attributes().get(name);
                    if (stored == null || !stored.toString().contains("second")) {
                        acknowledged++;
                    }
                }
            }
        }
        assertThat(acknowledged)
                .as("acknowledged though not stored, of %s that were handed one", handed)
                .isZero();
        assertThat(handed).isPositive();
    }

    @Test
    void putOfThreads_thatTheRecordMayHaveForgotten_isThereOnce() {
        session.attributes().put("new", list("1"));
        a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT);
        assertThatThrownBy(session::commitUnattributed).isInstanceOf(StoreException.class);
        othersCommit();

        session.commitUnattributed();

        assertStored("new", "1");
    }

    @Test
    void whatThreadsChangedInPlace_thatTheRecordMayHaveForgotten_isReported() {
        listOf(session.attributes(), "list").add("thread");
        a.store.loseNextAnswer(Loss.INSTEAD_OF_ITS_EFFECT);
        assertThatThrownBy(session::commitUnattributed).isInstanceOf(StoreException.class);
        othersCommit();

        session.commitUnattributed();

        assertThat(a.notStored).containsExactly("list");
    }

    /** This node has committed itself on top of what it has not loaded; so it knows a later version than that of its copy. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void lostCommit_onTopOfOwnOnes_isNotForgotten(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        Request third = a.begin(session);
        othersCommit();
        third.work(attributes -> attributes.put("third", "1"));
        assertThat(third.end()).isTrue();
        add(first, "first");
        add(second, "second");
        losesAnswer(first, loss);

        assertThat(second.end()).isTrue();

        assertStored("list", "first", "second");
    }

    /** Others have committed before it was lost, not since. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void lostCommit_onTopOfOthers_isNotForgotten(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        othersCommit();
        add(first, "first");
        add(second, "second");
        losesAnswer(first, loss);

        assertThat(second.end()).isTrue();

        assertStored("list", "first", "second");
    }

    @Test
    void lostMerge_isNotForgotten() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        LiveSession onB = b.load(id);
        for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS; i++) {
            b.request(onB, attributes -> listOf(attributes, "list").add("theirs"));
        }
        add(first, "first");
        add(second, "second");
        a.store.beforeNextCommit(() -> a.store.beforeNextCommit(() -> a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT)));
        assertThatThrownBy(first::commit).isInstanceOf(StoreException.class);
        first.endRefused();

        assertThat(second.end()).isTrue();

        List<String> stored = listOf(b.load(id).attributes(), "list");
        assertThat(stored).hasSize(SessionMetadata.REMEMBERED_COMMITS + 2).containsOnlyOnce("first", "second");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void severalLostInARow_areThereOnce(Loss loss) {
        List<Request> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Request request = a.begin(session);
            add(request, "r" + i);
            all.add(request);
        }
        losesAnswer(all.get(0), loss);
        for (int i = 1; i < 3; i++) {
            Request request = all.get(i);
            add(request, "between " + i);
            a.store.beforeNextCommit(() -> a.store.beforeNextCommit(() -> a.store.loseNextAnswer(loss)));
            assertThatThrownBy(request::commit).isInstanceOf(StoreException.class);
            request.endRefused();
        }
        add(all.get(3), "between 3");

        assertThat(all.get(3).end()).isTrue();

        b.request(
                b.load(id),
                attributes -> assertThat(listOf(attributes, "list"))
                        .containsExactlyInAnyOrder("r0", "r1", "r2", "r3", "between 1", "between 2", "between 3"));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void idTimeoutAndLoginBehindALostAnswer_areStored(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");
        first.work(attributes -> {
            session.setMaxInactiveSeconds(99);
            session.containerState().set("user", "eve");
        });
        losesAnswer(first, loss);
        SessionId renewed = new SessionId(id.record(), TestNode.newId().secret());
        assertThat(session.changeId(renewed)).isTrue();
        second.work(attributes -> {
            session.setMaxInactiveSeconds(77);
            session.containerState().set("user", "ada");
        });

        assertThat(second.end()).isTrue();

        assertStored("list", "first", "second");
        LiveSession onB = b.load(id);
        assertThat(onB.maxInactiveSeconds()).isEqualTo(77);
        assertThat(onB.containerState().get("user")).isEqualTo("ada");
        assertThat(onB.accepts(renewed)).isTrue();
        assertThat(session.accepts(renewed)).isTrue();
        assertThat(session.isSettled()).isTrue();
        CopyIsTheRecord.assertCopyIsTheRecord(a, session, "behind all");
    }

    @Test
    void endBehindALostAnswer_showsWhatIsStored() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> attributes.put("list", list("first")));
        second.work(attributes -> attributes.put("other", "1"));
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);

        assertThat(session.end().here()).isTrue();

        assertThat(session.attributes()).containsEntry("list", list("first"));
        assertThat(second.end()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void lostCreation_isNoReasonToFailTwice(Loss loss) {
        SessionId newId = TestNode.newId();
        LiveSession created = a.createLater(newId);
        created.attributes().put("list", list("first"));
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(created::commitUnattributed).isInstanceOf(StoreException.class);
        listOf(created.attributes(), "list").add("second");

        assertThat(created.commitUnattributed()).isTrue();

        assertThat(b.load(newId).attributes()).containsEntry("list", list("first", "second"));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void idChangedBehindALostCreation_isValidEverywhere(Loss loss) {
        SessionId newId = TestNode.newId();
        SessionId renewed = new SessionId(newId.record(), TestNode.newId().secret());
        LiveSession created = a.createLater(newId);
        created.attributes().put("list", list("first"));
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(created::commitUnattributed).isInstanceOf(StoreException.class);
        assertThat(created.changeId(renewed)).isTrue();
        created.attributes().put("user", "ada");

        commitAtLast(created);

        assertThat(b.load(renewed).accepts(renewed)).isTrue();
        assertThat(b.load(renewed).attributes()).containsEntry("user", "ada").containsEntry("list", list("first"));
    }

    /** The lost commit was not to write the list. */
    @ParameterizedTest
    @EnumSource(Loss.class)
    void attributeThatWasSetAgainAsItWas_refusesNobody(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> {
            attributes.put("list", listOf(attributes, "list"));
            attributes.put("text", "old");
            attributes.put("other", "1");
        });
        second.work(attributes -> {
            attributes.get("text");
            attributes.get("list");
        });
        losesAnswer(first, loss);
        add(second, "second");

        assertThat(second.end()).isTrue();

        assertStored("list", "second");
    }

    @Test
    void sessionThatEndsBehindALostCreation_hasEndedEverywhere() {
        SessionId newId = TestNode.newId();
        LiveSession created = a.createLater(newId);
        created.attributes().put("list", list("first"));
        a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT);
        assertThatThrownBy(created::commitUnattributed).isInstanceOf(StoreException.class);

        assertThat(created.end().here()).isTrue();

        assertThat(b.knows(newId)).isFalse();
    }

    private static void commitAtLast(LiveSession created) {
        try {
            created.commitUnattributed();
        } catch (StoreException first) {
            created.commitUnattributed();
        }
    }

    private boolean save() {
        Use use = session.begin();
        try {
            return session.commit(use);
        } finally {
            session.end(use);
        }
    }

    private void othersCommit() {
        LiveSession onB = b.load(id);
        for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS; i++) {
            String text = "theirs " + i;
            b.request(onB, attributes -> attributes.put("text", text));
        }
    }

    private static boolean isAcknowledged(Request request) {
        try {
            return request.end();
        } catch (StoreException refused) {
            return false;
        }
    }

    /** Something happens, once, while it is encoded. */
    static final class HookedValue implements Serializable {
        static final AtomicReference<@Nullable Runnable> WHEN_ENCODED = new AtomicReference<>();
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            Runnable action = WHEN_ENCODED.getAndSet(null);
            if (action != null) {
                action.run();
            }
            out.defaultWriteObject();
        }
    }
}
