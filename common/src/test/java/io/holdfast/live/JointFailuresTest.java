package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.live.HookedStore.Loss;
import io.holdfast.live.TestNode.Request;
import io.holdfast.session.StoreException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fails of commits that are made as one is a failure of those alone whose it is. */
class JointFailuresTest extends JointCommits {
    @ParameterizedTest
    @EnumSource(Loss.class)
    void lostAnswer_isOneForAllWhoKnowWhatItWasToWrite(Loss loss) throws Exception {
        Request leads = begin(attributes -> list(attributes).add("first"));
        Request adds = begin(attributes -> list(attributes).add("second"));
        Request reads = begin(attributes -> attributes.get("count"));
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request knowsMore = begin(attributes -> attributes.put("made of it", attributes.get("more") + "er"));

        List<Commit> commits = waitFor(a, () -> loseAnswerToNext(loss), holder(), leads, adds, reads, puts);

        assertThat(commits).extracting(Commit::isStored).containsExactly(true, false, true, true, false);
        assertThatThrownBy(knowsMore::commit).isInstanceOf(StoreException.class);
        knowsMore.endRefused();
        a.request(session, attributes -> list(attributes).add("third"));
        assertThat(list(stored())).doesNotHaveDuplicates().contains("second", "third");
        assertThat(stored().containsKey("more")).isEqualTo(loss == Loss.BEHIND_ITS_EFFECT);
    }

    @Test
    void lostAnswer_isNoneForWhoReads_andHasTheLock() throws Exception {
        Request reads = begin(attributes -> attributes.get("text"));
        Request puts = begin(attributes -> attributes.put("more", "new"));

        List<Commit> commits = waitFor(a, () -> loseAnswerToNext(Loss.BEHIND_ITS_EFFECT), holder(), reads, puts);

        assertThat(commits).extracting(Commit::isStored).containsExactly(true, true, false);
    }

    @Test
    void lostAnswer_toPutsThatChangeNothing_isNoneForWhoReadsThat() throws Exception {
        Request reads = begin(attributes -> attributes.get("list"));
        Request leads = begin(attributes -> {
            attributes.put("list", list(attributes));
            attributes.put("more", "new");
        });
        Request putsAgain = begin(attributes -> attributes.put("list", list(attributes)));

        List<Commit> commits = waitFor(a, () -> loseAnswerToNext(Loss.BEHIND_ITS_EFFECT), holder(), leads, putsAgain);

        assertThat(commits.get(1).failure).isInstanceOf(StoreException.class);
        assertThat(reads.commit()).isTrue();
    }

    @Test
    void failureThatLeavesNoDoubt_isOfOneAlone() throws Exception {
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request adds = begin(attributes -> list(attributes).add("first"));
        Runnable failOnce = () -> {
            throw new StoreException("out of order");
        };

        List<Commit> commits = waitFor(a, () -> a.store.beforeNextCommit(failOnce), holder(), puts, adds);

        assertThat(commits).extracting(Commit::isStored).containsExactly(true, false, true);
    }

    @Test
    void storeOutOfOrder_isNoFailureOfWhoReads() throws Exception {
        Request reads = begin(attributes -> attributes.get("text"));
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request readsToo = begin(attributes -> attributes.get("count"));
        Runnable fail = () -> {
            throw new StoreException("out of order");
        };

        List<Commit> commits = waitFor(a, () -> a.store.beforeEachCommit(fail), holder(), reads, puts, readsToo);

        assertThat(commits).extracting(Commit::isStored).containsExactly(true, true, false, true);
    }

    @Test
    void mergeThatIsOvertaken_failsForItsRequestAlone() throws Exception {
        try (TestNode hasty = new TestNode(namespace, Map.of(Setting.COMMIT_ATTEMPTS, "1"))) {
            session = hasty.load(id);
            Request holder = begin(hasty, attributes -> attributes.put("held", "yes"));
            Request puts = begin(hasty, attributes -> attributes.put("more", "new"));
            Request merges = begin(hasty, attributes -> list(attributes).add("here"));
            b.request(b.load(id), attributes -> list(attributes).add("there"));

            List<Commit> commits = waitFor(hasty, holder, puts, merges);

            assertThat(commits).extracting(Commit::isStored).containsExactly(true, true, false);
        }
    }

    @Test
    void objectThatCannotBeEncodedForAnError_failsItsRequestAlone() throws Exception {
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request fails = begin(attributes -> attributes.put("bad", new OutOfMemory()));

        List<Commit> commits = waitFor(holder(), puts, fails);

        assertThat(commits.get(1).isStored()).isTrue();
        assertThat(commits.get(2).failure).isInstanceOf(OutOfMemoryError.class);
        assertThat(stored()).containsKeys("held", "more");
    }

    @Test
    void errorWhileOthersAreTakenAlong_leavesNobodyTaken() {
        WaitingCommits waiting = new WaitingCommits();
        WaitingCommits.Waiting first = waiting.enter(session.begin());
        waiting.enter(session.begin());
        List<WaitingCommits.Waiting> taken = new ArrayList<>();

        assertThatThrownBy(() -> waiting.takeAlong(session.begin(), taken, (use, others) -> {
                    if (others.size() > 1) {
                        throw new StackOverflowError("no room");
                    }
                    return true;
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(taken).containsExactly(first);
    }

    @Test
    void commitWhoseWaitHasEnded_isNotBegun() {
        WaitingCommits waiting = new WaitingCommits();
        WaitingCommits.Waiting other = waiting.enter(session.begin());
        waiting.takeAlong(session.begin(), new ArrayList<>(), (use, others) -> true);

        assertThat(other.isLeft()).isTrue();
        assertThat(other.begin()).isFalse();
    }

    @Test
    void conflict_namesTheRequestsOfTheCommit() throws Exception {
        Request puts = begin(attributes -> attributes.put("more", "new"));
        puts.setPath("/one");
        Request conflicts = begin(attributes -> attributes.put("text", "here"));
        conflicts.setPath("/other");
        b.request(b.load(id), attributes -> attributes.put("text", "there"));

        List<Commit> commits = waitFor(holder(), puts, conflicts);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(a.conflicts)
                .extracting(conflict -> conflict.ours().requestUri())
                .containsExactly("/one + /other");
    }

    private void loseAnswerToNext(Loss loss) {
        a.store.beforeNextCommit(() -> a.store.loseNextAnswer(loss));
    }

    private static final class OutOfMemory implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new OutOfMemoryError("of the application's own");
        }
    }
}
