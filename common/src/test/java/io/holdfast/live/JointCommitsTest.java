package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictException;
import io.holdfast.live.TestNode.Request;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.StoreException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that wait for another one of their session are made as one, and come out as if each had been made by itself. */
class JointCommitsTest extends JointCommits {
    @Test
    void waitingCommits_areOne() throws Exception {
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request removes = begin(attributes -> attributes.remove("text"));
        Request adds = begin(attributes -> list(attributes).add("first"));
        Request addsToo = begin(attributes -> list(attributes).add("second"));
        Request reads = begin(attributes -> attributes.get("count"));
        int before = a.commits.get();

        List<Commit> commits = waitFor(holder(), puts, removes, adds, addsToo, reads);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(a.commits).hasValue(before + 2);
        assertThat(stored())
                .containsEntry("list", List.of("first", "second"))
                .containsEntry("more", "new")
                .doesNotContainKey("text");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void oneObject_thatEachPutsAgain_isPutOnce() throws Exception {
        List<Request> counts = List.of(begin(this::countAndSet), begin(this::countAndSet), begin(this::countAndSet));
        int before = a.commits.get();

        List<Commit> commits = waitFor(holder(), counts.toArray(new Request[0]));

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(a.commits).hasValue(before + 2);
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void twoPutsOfOneAttribute_areTwoCommits() throws Exception {
        Request first = begin(attributes -> attributes.put("text", "first"));
        Request second = begin(attributes -> attributes.put("text", "second"));
        Request other = begin(attributes -> attributes.put("more", "other"));
        int before = a.commits.get();

        List<Commit> commits = waitFor(holder(), first, second, other);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(a.commits).hasValue(before + 3);
        assertThat(stored()).containsEntry("text", "second").containsEntry("more", "other");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void putOfWhatAnotherReads_isACommitOfItsOwn(boolean putLeads) throws Exception {
        Request reads =
                begin(attributes -> attributes.put("more", list(attributes).size()));
        Request puts = begin(attributes -> attributes.put("list", new ArrayList<>(List.of("put"))));

        assertTwoCommits(putLeads, puts, reads);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void removalOfWhatAnotherReads_isACommitOfItsOwn(boolean removalLeads) throws Exception {
        Request reads = begin(attributes -> attributes.put("more", attributes.get("text") + "er"));
        Request removes = begin(attributes -> attributes.remove("text"));

        assertTwoCommits(removalLeads, removes, reads);
    }

    private void assertTwoCommits(boolean firstLeads, Request first, Request second) throws Exception {
        int before = a.commits.get();

        List<Commit> commits = firstLeads ? waitFor(holder(), first, second) : waitFor(holder(), second, first);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(a.commits).hasValue(before + 3);
    }

    /** As a thread may do that still works for a request. */
    @Test
    void whatOnePutsWhileAllAreEncoded_isNotLost() throws Exception {
        Request late = begin(attributes -> attributes.put("other", "new"));
        Request leads = begin(attributes -> {
            attributes.put("more", "first");
            attributes.put("hook", new Hook());
        });
        AtomicBoolean together = new AtomicBoolean();
        Runnable whileTogether = () -> {
            together.set(isUnderWay("captureJointly"));
            late.work(attributes -> attributes.put("more", "second"));
        };

        List<Commit> commits = waitFor(a, () -> Hook.next = () -> Hook.next = whileTogether, holder(), leads, late);

        assertThat(together).isTrue();
        assertThat(commits).allMatch(Commit::isStored);
        assertThat(stored()).containsEntry("more", "second").containsEntry("other", "new");
    }

    @Test
    void whatAnotherNodeHasWritten_isMergedWithAllOfThem() throws Exception {
        Request adds = begin(attributes -> list(attributes).add("here"));
        Request addsToo = begin(attributes -> list(attributes).add("here too"));
        Request counts = begin(this::countAndSet);
        Request holder = holder();
        b.request(b.load(id), attributes -> {
            list(attributes).add("there");
            countAndSet(attributes);
        });

        List<Commit> commits = waitFor(holder, adds, addsToo, counts);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(list(stored())).containsExactlyInAnyOrder("there", "here", "here too");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void objectsOfDifferentAge_areMerged() throws Exception {
        Request older = begin(attributes -> list(attributes).add("older"));
        b.request(b.load(id), attributes -> list(attributes).add("there"));
        Request newer = begin(attributes -> list(attributes).add("newer"));

        List<Commit> commits = waitFor(holder(), older, newer);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(list(stored())).containsExactlyInAnyOrder("older", "there", "newer");
    }

    @Test
    void oneThatAPolicyLetsFail_failsAlone() throws Exception {
        try (TestNode strict = new TestNode(namespace, Map.of(Setting.CONFLICT_POLICY, "merge; text=fail"))) {
            session = strict.load(id);
            Request holder = begin(strict, attributes -> attributes.put("held", "yes"));
            Request fails = begin(strict, attributes -> attributes.put("text", "here"));
            Request adds = begin(strict, attributes -> list(attributes).add("first"));
            Request addsToo = begin(strict, attributes -> list(attributes).add("second"));
            b.request(b.load(id), attributes -> attributes.put("text", "there"));

            List<Commit> commits = waitFor(strict, holder, fails, adds, addsToo);

            assertThat(commits.get(1).failure).isInstanceOf(ConflictException.class);
            assertThat(commits).filteredOn(Commit::isStored).hasSize(3);
            assertThat(stored()).containsEntry("text", "there").containsEntry("list", List.of("first", "second"));
            assertThat(strict.conflicts).hasSize(1);
        }
    }

    @Test
    void sessionThatHasEnded_isSoForAllOfThem() throws Exception {
        Request adds = begin(attributes -> list(attributes).add("first"));
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request holder = holder();
        b.load(id).end();

        List<Commit> commits = waitFor(holder, adds, puts);

        assertThat(commits).allSatisfy(commit -> {
            assertThat(commit.failure).isNull();
            assertThat(commit.lives).isFalse();
        });
    }

    @Test
    void requestThatIsRefusedWhileItWaits_isNotStoredWithOthers() throws Exception {
        Request refused = begin(attributes -> attributes.put("refused", "yes"));
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request putsToo = begin(attributes -> attributes.put("yet more", "new"));

        List<Commit> commits = waitFor(a, refused::refuse, holder(), refused, puts, putsToo);

        assertThat(commits.get(1).failure).isInstanceOf(StoreException.class);
        assertThat(commits).filteredOn(Commit::isStored).hasSize(3);
        assertThat(stored()).containsKeys("more", "yet more").doesNotContainKey("refused");
    }

    @Test
    void requestWithALease_commitsByItself() throws Exception {
        Request exclusive = begin(attributes -> attributes.put("exclusive", "yes"));
        exclusive.guard(new LeaseToken(1, 1));
        Request puts = begin(attributes -> attributes.put("more", "new"));

        List<Commit> commits = waitFor(holder(), exclusive, puts);

        assertThat(commits.get(1).failure).isInstanceOf(ConflictException.class); // nobody holds that lease
        assertThat(commits.get(2).isStored()).isTrue();
    }

    @Test
    void requestWhoseApplicationIsNotThrough_commitsByItself() throws Exception {
        how = Request::commit; // the application may hold locks that the encoding of its objects needs
        Request puts = begin(attributes -> attributes.put("more", "new"));
        Request putsToo = begin(attributes -> attributes.put("yet more", "new"));
        int before = a.commits.get();

        List<Commit> commits = waitFor(holder(), puts, putsToo);

        assertThat(commits).allMatch(Commit::isStored);
        assertThat(a.commits).hasValue(before + 3);
    }

    @Test
    void commitThatWaitsTooLong_isNotTakenAlong() throws Exception {
        try (TestNode hasty = new TestNode(namespace, Map.of(Setting.COMMAND_TIMEOUT_MILLIS, "250"))) {
            session = hasty.load(id);
            Request holder = begin(hasty, attributes -> attributes.put("held", "yes"));
            Request leads = begin(hasty, attributes -> attributes.put("slow", new Slow()));
            Request follows = begin(hasty, attributes -> attributes.put("more", "new"));

            List<Commit> commits =
                    waitFor(hasty, () -> {}, started -> Slow.follower = started.get(1), holder, leads, follows);

            assertThat(commits.get(1).isStored()).isTrue();
            assertThat(commits.get(2).failure).isInstanceOf(StoreException.class);
            assertThat(stored()).containsKeys("held", "slow").doesNotContainKey("more");
        }
    }

    @Test
    void commitThatWaitsTooLong_butHasBeenTakenAlong_waitsForWhatBecomesOfIt() throws Exception {
        try (TestNode hasty = new TestNode(namespace, Map.of(Setting.COMMAND_TIMEOUT_MILLIS, "250"))) {
            session = hasty.load(id);
            Request holder = begin(hasty, attributes -> attributes.put("held", "yes"));
            Request leads = begin(hasty, attributes -> attributes.put("more", "new"));
            Request follows = begin(hasty, attributes -> attributes.put("yet more", "new"));
            CompletableFuture<Thread> follower = new CompletableFuture<>();

            List<Commit> commits = waitFor(
                    hasty,
                    () -> hasty.store.beforeNextCommit(() -> await().until(() -> awaitsEnd(follower))),
                    started -> follower.complete(started.get(1)),
                    holder,
                    leads,
                    follows);

            assertThat(commits).allMatch(Commit::isStored);
            assertThat(stored()).containsKeys("held", "more", "yet more");
            assertThat(hasty.failures).isEmpty();
        }
    }

    private static boolean awaitsEnd(CompletableFuture<Thread> follower) {
        return follower.isDone()
                && Stream.of(follower.join().getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("awaitEnd"));
    }

    private static boolean isUnderWay(String method) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(method)));
    }

    /** Something happens when it is encoded next. */
    private static final class Hook implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile Runnable next = () -> {};

        private void writeObject(ObjectOutputStream out) throws IOException {
            Runnable now = next;
            next = () -> {};
            now.run();
            out.defaultWriteObject();
        }
    }

    /** Takes long to be encoded. */
    private static final class Slow implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile @Nullable Thread follower;

        private void writeObject(ObjectOutputStream out) throws IOException {
            Thread thread = follower;
            if (thread != null) {
                await().until(() -> !thread.isAlive());
            }
            out.defaultWriteObject();
        }
    }
}
