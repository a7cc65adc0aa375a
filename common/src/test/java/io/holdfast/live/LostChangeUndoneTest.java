package io.holdfast.live;

import static io.holdfast.live.CopyIsTheRecord.assertCopyIsTheRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.live.HookedStore.Loss;
import io.holdfast.live.TestNode.Request;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The answer to a commit is lost, and another request of that node leaves what Redis held before. Going by the local copy there is
 * nothing to write; Redis may hold something else.
 */
class LostChangeUndoneTest extends LostAnswers {
    private static final int TIME_OUT = 1_800;

    @ParameterizedTest
    @EnumSource(Loss.class)
    void removalOfWhatALostCommitHasAdded_isStored(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        second.work(attributes -> attributes.get("list"));
        losesAnswer(first, loss);
        second.work(attributes -> listOf(attributes, "list").clear());

        assertThat(second.end()).isTrue();

        assertStored("list");
        assertThat(session.isSettled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void valueThatWasThereBeforeALostCommit_isStoredIfItIsPutAgain(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> attributes.put("text", "new"));
        losesAnswer(first, loss);
        second.work(attributes -> attributes.put("text", "old"));

        assertThat(second.end()).isTrue();

        b.request(b.load(id), attributes -> assertThat(attributes.get("text")).isEqualTo("old"));
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void timeOutBeforeALostCommit_isStoredIfItIsSetAgain(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> session.setMaxInactiveSeconds(77));
        losesAnswer(first, loss);
        assertThat(session.maxInactiveSeconds()).isEqualTo(TIME_OUT);
        second.work(attributes -> session.setMaxInactiveSeconds(TIME_OUT));

        assertThat(second.end()).isTrue();

        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(TIME_OUT);
        assertThat(session.isSettled()).isTrue();
    }

    /** The conflict is told when the lost commit is found, and before the local copy has its time-out. */
    @Test
    void timeOutThatIsSetBackWhileALostCommitIsFound_isStored() {
        Request first = a.begin(session);
        Request second = a.begin(session);
        Request third = a.begin(session);
        add(first, "first");
        first.work(attributes -> session.setMaxInactiveSeconds(77));
        theirs("theirs");
        a.store.beforeNextCommit(() -> a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT));
        assertThatThrownBy(first::commit).isInstanceOf(StoreException.class);
        first.endRefused();
        third.work(attributes -> attributes.put("text", "new"));
        AtomicInteger told = new AtomicInteger();
        a.duringConflict.set(() -> {
            told.incrementAndGet();
            second.work(attributes -> session.setMaxInactiveSeconds(TIME_OUT));
        });

        assertThat(third.end()).isTrue();

        assertThat(told).hasValue(1);
        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(77);
        assertThat(second.end()).isTrue();
        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(TIME_OUT);
        assertThat(session.isSettled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void timeOutAsItIs_isNotWorthACommit_onceTheLostOneIsFound(Loss loss) {
        Request first = a.begin(session);
        first.work(attributes -> session.setMaxInactiveSeconds(77));
        losesAnswer(first, loss);
        a.request(session, attributes -> attributes.put("text", "new"));
        long before = version();

        a.request(session, attributes -> session.setMaxInactiveSeconds(session.maxInactiveSeconds()));

        assertThat(version()).isEqualTo(before);
    }

    @Test
    void timeOutAndUserAsTheyAre_areNoReasonToLookForACommitThatWasToWriteNeither() {
        a.request(session, attributes -> session.containerState().set("user", "anna"));
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> attributes.put("text", "new"));
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        long before = version();
        int loads = a.store.loads.get();
        second.work(attributes -> {
            session.setMaxInactiveSeconds(TIME_OUT);
            session.containerState().set("user", "anna");
        });

        assertThat(second.end()).isTrue();

        assertThat(a.store.loads).hasValue(loads);
        assertThat(version()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void timeOutOfALostCreation_isSetBack(Loss loss) {
        SessionId newId = TestNode.newId();
        LiveSession created = a.createLater(newId);
        Request first = a.begin(created);
        Request second = a.begin(created);
        first.work(attributes -> created.setMaxInactiveSeconds(77));
        losesAnswer(first, loss);
        second.work(attributes -> created.setMaxInactiveSeconds(TIME_OUT));

        assertThat(second.end()).isTrue();

        assertThat(b.load(newId).maxInactiveSeconds()).isEqualTo(TIME_OUT);
    }

    /** Null: there was no user before. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "anna")
    void userBeforeALostLogin_isStoredIfItIsSetAgain(@Nullable String before) {
        a.request(session, attributes -> session.containerState().set("user", before));
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> session.containerState().set("user", "berta"));
        losesAnswer(first, Loss.BEHIND_ITS_EFFECT);
        second.work(attributes -> session.containerState().set("user", before));

        assertThat(second.end()).isTrue();

        assertThat(b.load(id).containerState().get("user")).isEqualTo(before);
        assertThat(session.isSettled()).isTrue();
    }

    @Test
    void userBeforeALoginThatTookNoEffect_isLeftAsItIs() {
        a.request(session, attributes -> session.containerState().set("user", "anna"));
        Request first = a.begin(session);
        Request second = a.begin(session);
        first.work(attributes -> session.containerState().set("user", "berta"));
        losesAnswer(first, Loss.INSTEAD_OF_ITS_EFFECT);
        second.work(attributes -> session.containerState().set("user", "anna"));

        assertThat(second.end()).isTrue();

        assertThat(b.load(id).containerState().get("user")).isEqualTo("anna");
        assertThat(session.isSettled()).isTrue();
        assertCopyIsTheRecord(a, session, "behind a lost login");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void otherNodeThatCommitsDuringTheLook_isMergedWith(Loss loss) {
        Request second = undoneAddition(loss);
        a.store.beforeNextCommit(() -> theirs("before the version is made"));
        a.store.beforeNextLoad(() -> theirs("before it is loaded"));

        assertThat(second.end()).isTrue();

        assertStored("list", "before the version is made", "before it is loaded");
        assertCopyIsTheRecord(a, session, "behind the look for a lost commit");
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void otherNodeThatEndsTheSessionDuringTheLook_hasEndedIt(Loss loss) {
        Request second = undoneAddition(loss);
        a.store.beforeNextLoad(() -> b.load(id).end());

        assertThat(second.end()).isFalse();

        assertThat(session.hasEnded()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void otherNodeThatChangesTheIdDuringTheLook_hasChangedIt(Loss loss) {
        SessionId renewed = new SessionId(id.record(), TestNode.newId().secret());
        Request second = undoneAddition(loss);
        a.store.beforeNextCommit(() -> b.load(id).changeId(renewed));

        assertThat(second.end()).isTrue();

        assertStored("list");
        assertThat(session.accepts(renewed)).isTrue();
        assertThat(session.accepts(id)).isFalse();
    }

    /** A request that is about to commit, and has removed what the lost commit has added. */
    private Request undoneAddition(Loss loss) {
        Request first = a.begin(session);
        Request second = a.begin(session);
        add(first, "first");
        second.work(attributes -> attributes.get("list"));
        losesAnswer(first, loss);
        second.work(attributes -> listOf(attributes, "list").remove("first"));
        return second;
    }

    private void theirs(String element) {
        b.request(b.load(id), attributes -> listOf(attributes, "list").add(element));
    }
}
