package io.holdfast.live;

import static io.holdfast.live.CopyIsTheRecord.assertCopyIsTheRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.live.HookedStore.Loss;
import io.holdfast.live.TestNode.Request;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to a commit is lost. Whoever commits next on this node stores each change once, whether that one took effect or not. */
class LostAnswerTest extends LostAnswers {

    @ParameterizedTest
    @EnumSource(Loss.class)
    void changesOfTwoRequests_areThereOnce(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");

        losesAnswer(first, loss);

        assertThat(second.end()).isTrue();
        assertStored("list", "first", "second");
        assertThat(a.conflicts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "first-write-wins", "last-write-wins"})
    void commitOfThisNode_thatTookEffect_isNoConflict(String policy) {
        try (TestNode c = new TestNode(namespace, Map.of(Setting.CONFLICT_POLICY, policy))) {
            LiveSession onC = c.load(id);
            Request first = c.begin(onC);
            Request second = c.begin(onC);
            add(first, "first");
            add(second, "second");
            c.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT);
            assertThatThrownBy(first::commit).isInstanceOf(StoreException.class);
            first.endRefused();

            assertThat(second.end()).isTrue();

            assertStored("list", "first", "second");
            assertThat(c.conflicts).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void requestThatGoesOn_andCommitsAgain_storesItsChangesOnce(Loss loss) {
        Request request = a.begin(session);
        add(request, "first");
        request.work(attributes -> {
            ((AtomicInteger) Objects.requireNonNull(attributes.get("count"))).incrementAndGet();
            session.containerState().set("user", "anna");
            session.setMaxInactiveSeconds(77);
        });
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(request::commit).isInstanceOf(StoreException.class);
        add(request, "second");

        assertThat(request.end()).isTrue();

        assertStored("list", "first", "second");
        b.request(b.load(id), attributes -> assertThat(attributes.get("count")).hasToString("1"));
        assertThat(b.load(id).containerState().get("user")).isEqualTo("anna");
        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(77);
        assertThat(session.isSettled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void requestsThatKnowWhatItPutOrRemoved_areRefusedToo_othersAreNot(Loss loss) {
        Request first = a.begin(session);
        Request reader = a.begin(session);
        Request writer = a.begin(session);
        Request other = a.begin(session);
        putCopyWith(writer, "writer");
        reader.work(attributes -> attributes.get("text"));
        first.work(attributes -> {
            attributes.put("list", list("first"));
            attributes.remove("text");
        });
        other.work(attributes -> {
            ((AtomicInteger) Objects.requireNonNull(attributes.get("count"))).incrementAndGet();
            attributes.put("other", "1");
        });
        losesAnswer(first, loss);

        assertThatThrownBy(reader::commit).hasMessageContaining("nothing of this one is stored");
        reader.endRefused();
        assertThatThrownBy(writer::commit).hasMessageContaining("nothing of this one is stored");
        writer.endRefused();
        assertThat(other.end()).isTrue();
        b.request(b.load(id), attributes -> {
            assertThat(attributes).containsEntry("other", "1");
            assertThat(attributes.get("count")).hasToString("1");
            boolean tookEffect = loss == Loss.BEHIND_ITS_EFFECT;
            assertThat(attributes.get("list")).isEqualTo(tookEffect ? list("first") : list());
            assertThat(attributes.containsKey("text")).isEqualTo(!tookEffect);
        });
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void changesOfThreads_areThereOnce(Loss loss) {
        listOf(session.attributes(), "list").add("thread");
        session.attributes().put("new", list("1"));
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(session::commitUnattributed).isInstanceOf(StoreException.class);
        listOf(session.attributes(), "list").add("again");

        assertThat(session.commitUnattributed()).isTrue();

        assertStored("list", "thread", "again");
        b.request(b.load(id), attributes -> assertThat(attributes.get("new")).isEqualTo(list("1")));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void changesOfOtherNodesInBetween_areThereOnceToo(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");
        losesAnswer(first, loss);
        b.request(b.load(id), attributes -> listOf(attributes, "list").add("theirs"));
        add(second, "third");

        assertThat(second.end()).isTrue();

        b.request(
                b.load(id),
                attributes -> assertThat(listOf(attributes, "list"))
                        .containsExactlyInAnyOrder("first", "second", "third", "theirs"));
    }

    @Test
    void requestThatSeesTheRecordBeforeTheNextCommit_goesOnFromThat() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        b.request(b.load(id), attributes -> listOf(attributes, "list").add("theirs"));

        Request third = a.begin(session);
        third.work(attributes -> assertThat(attributes.get("list")).isEqualTo(list("first", "second", "theirs")));
        add(third, "third");
        add(second, "fourth");

        assertThat(third.end()).isTrue();
        assertThat(second.end()).isTrue();
        b.request(
                b.load(id),
                attributes -> assertThat(listOf(attributes, "list"))
                        .containsExactlyInAnyOrder("first", "second", "third", "fourth", "theirs"));
    }

    @Test
    void requestThatPutsWhatItHasMadeOfTheRecord_doesSoOnTopOfThat() {
        Request first = a.begin(session);
        first.work(attributes -> attributes.put("list", list("first")));
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        b.request(b.load(id), attributes -> listOf(attributes, "list").add("theirs"));

        a.request(session, attributes -> {
            List<String> made = new ArrayList<>(listOf(attributes, "list"));
            made.add("third");
            attributes.put("list", made);
        });

        assertStored("list", "first", "theirs", "third");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void requestsThatThreadsMayHaveToldWhatItPut_areRefusedToo() {
        Request first = a.begin(session);
        Request other = a.begin(session);
        putCopyWith(first, "first");
        listOf(session.attributes(), "list").add("thread of the other one");
        other.work(attributes -> attributes.put("other", "1"));
        losesAnswer(first, Loss.INSTEAD_OF_ITS_EFFECT);

        assertThatThrownBy(other::commit).isInstanceOf(StoreException.class);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void objectOfALostCommit_isNotStoredAnyMore_whoeverSetsIt(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        List<String> ours = list("first");
        first.work(attributes -> attributes.put("list", ours));
        second.work(attributes -> attributes.get("list"));
        losesAnswer(first, loss);
        second.work(attributes -> attributes.put("list", ours));
        Request third = a.begin(session);
        third.work(attributes -> attributes.get("list"));

        assertThatThrownBy(second::commit).isInstanceOf(StoreException.class);
        second.endRefused();
        assertThatThrownBy(third::commit).isInstanceOf(StoreException.class);
        third.endRefused();
        session.attributes().put("list", ours);
        ours.add("thread");
        session.commitUnattributed();

        assertThat(a.notStored).containsExactly("list");
        b.request(
                b.load(id),
                attributes -> assertThat(listOf(attributes, "list"))
                        .isEqualTo(loss == Loss.BEHIND_ITS_EFFECT ? list("first") : list()));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void newObject_madeOfWhatThereIsAgain_isMerged(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        putCopyWith(first, "first");
        losesAnswer(first, loss);
        putCopyWith(second, "second");

        assertThat(second.end()).isTrue();

        assertStored(loss, "first", "second");
    }

    @Test
    void lostCommit_thatMayStillBeUnderWay_isOvertakenFirst() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");
        losesAnswer(first, Loss.INSTEAD_OF_ITS_EFFECT);
        a.store.beforeNextCommit(() -> a.store.beforeNextCommit(() -> assertThat(version())
                .as("the version that the lost commit would make is taken")
                .isEqualTo(2)));

        second.end();

        assertThat(version()).isEqualTo(3);
    }

    @Test
    void lostCommit_thatTheRecordMayHaveForgotten_refusesWhoCannotTellWhatIsStored() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        Request other = a.begin(session);
        add(first, "first");
        add(second, "second");
        other.work(attributes -> attributes.put("other", "1"));
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        LiveSession onB = b.load(id);
        for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS; i++) {
            String text = "theirs " + i;
            b.request(onB, attributes -> attributes.put("text", text));
        }

        assertThatThrownBy(second::commit).isInstanceOf(StoreException.class);
        second.endRefused();
        assertThat(other.end()).isTrue();

        assertStored("list", "first", "second");
        b.request(b.load(id), attributes -> assertThat(attributes).containsEntry("other", "1"));
    }

    @Test
    void whatARefusedRequestDoesBehindItsCommit_isNotStored() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        List<List<String>> kept = new ArrayList<>();
        first.work(attributes -> kept.add(listOf(attributes, "list")));
        add(first, "first");
        second.work(attributes -> attributes.put("text", "new"));
        a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT);
        assertThatThrownBy(first::commit).isInstanceOf(StoreException.class);
        first.refuse();
        second.commit();

        kept.get(0).add("behind its refusal");
        add(second, "second");
        second.end();

        assertStored("list", "first", "second");
    }

    @Test
    void requestThatChangesNothing_asksNobody() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        int loads = a.store.loads.get();
        second.work(attributes -> attributes.get("text"));

        assertThat(second.end()).isTrue();

        assertThat(a.store.loads).hasValue(loads);
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void outageBehindALostAnswer_leavesItToTheNextCommit() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        a.store.loseNextAnswer(Loss.INSTEAD_OF_ITS_EFFECT);
        assertThatThrownBy(second::commit).isInstanceOf(StoreException.class);

        assertThat(second.end()).isTrue();

        assertStored("list", "first", "second");
    }

    @Test
    void sessionThatEndsBehindALostAnswer_hasEnded() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        add(second, "second");
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        b.load(id).end();

        assertThat(second.end()).isFalse();
        assertThat(a.dropped).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void lostCreation_isFoundByTheNextTry(Loss loss) {
        SessionId newId = TestNode.newId();
        LiveSession created = a.createLater(newId);
        created.attributes().put("list", list("first"));
        a.store.loseNextAnswer(loss);
        assertThatThrownBy(created::commitUnattributed).isInstanceOf(StoreException.class);
        listOf(created.attributes(), "list").add("second");

        assertThat(created.commitUnattributed()).isTrue();

        b.request(
                b.load(newId), attributes -> assertThat(attributes.get("list")).isEqualTo(list("first", "second")));
        assertCopyIsTheRecord(a, created, "behind a lost creation");
    }

    @Test
    void lostMerge_isReported() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        b.request(b.load(id), attributes -> listOf(attributes, "list").add("theirs"));
        Map<String, Object> kept = new HashMap<>();
        second.work(attributes -> kept.put("list", attributes.get("list")));
        a.store.beforeNextCommit(() -> a.store.beforeNextCommit(() -> a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT)));
        assertThatThrownBy(first::commit).isInstanceOf(StoreException.class);
        first.endRefused();
        add(second, "second");

        assertThat(second.end()).isTrue();

        b.request(
                b.load(id),
                attributes ->
                        assertThat(listOf(attributes, "list")).containsExactlyInAnyOrder("theirs", "first", "second"));
        assertThat(a.conflicts).hasSize(2);
    }

    private static void putCopyWith(Request request, String element) {
        request.work(attributes -> {
            List<String> copy = new ArrayList<>(listOf(attributes, "list"));
            copy.add(element);
            attributes.put("list", copy);
        });
    }

    /** All of these, or all but that of the first request, whose commit has not taken effect. */
    private void assertStored(Loss loss, String... elements) {
        List<String> stored = list(elements);
        if (loss == Loss.INSTEAD_OF_ITS_EFFECT) {
            stored.remove("first");
        }
        b.request(b.load(id), attributes -> assertThat(attributes.get("list")).isEqualTo(stored));
    }
}
