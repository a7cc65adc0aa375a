package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.SessionStoreContract.committed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.localredis.Cut;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.Tamper;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndResult;
import io.holdfast.session.MetadataChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Commits of different sessions that wait for the same lane go together: one WATCH, one MULTI and EXEC. What other nodes, the connection and
 * Redis do in between.
 */
class CommitsTogetherOnALaneTest extends BusyLane {
    @Test
    void commitsThatWait_needOneWatchAndOneExec() throws Exception {
        for (Waiter<CommitResult> waiter : together(puts())) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }

        assertThat(named("WATCH")).containsExactly(List.of("WATCH", key(a), key(b), key(c)));
        assertThat(named("EXEC")).hasSize(2); // that of the one before, too
        assertAllHaveOurs();
        assertThat(events.retries).isEmpty();
    }

    @Test
    void anotherNodeCommitsOneOfThem_allAreWrittenAgain() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        other.commit(b.put("theirs", "2", 0));
        joint.release();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        assertAllHaveOurs();
        assertThat(attributes(other, b.record())).containsEntry("theirs", "2");
        assertThat(events.retries).as("only of the one that was overtaken").containsExactly(1);
        assertThat(named("EXEC")).as("the one before, all, all again").hasSize(3);
    }

    @Test
    void anotherNodeEndsOneOfThem_itIsGone_andTheOthersAreWritten() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        assertThat(other.end(b.record(), b.createdBy(), 0)).isInstanceOf(EndResult.Leased.class);
        joint.release();

        assertThat(waiters.get(1).get()).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(b.record())).isFalse();
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    /** A touch changes nothing that is looked at, so nobody can tell whose record it was. */
    @Test
    void anotherNodeTouchesOneOfThemAgainAndAgain_fewerAndFewerGoTogether_andThenEachAlone() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());
        touchBeforeEach(joint, () -> proxy.pauseBefore(this::isJointExec)).release();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
        assertThat(named("EXEC")).as("the one before, those that failed, each").hasSize(1 + 5 + 3);
        assertThat(named("WATCH").stream().map(watch -> watch.size() - 1).toList())
                .containsExactly(3, 3, 3, 3, 2, 1, 1, 1);
        assertThat(events.retries).isEmpty();
    }

    @Test
    void anotherNodeCommitsOneThatGoesAloneInTheEnd_thatIsOneAttempt() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());
        Pause alone = touchBeforeEach(joint, () -> proxy.pauseBefore(command -> isExecOf(a, command)));

        alone.awaitReached();
        other.commit(a.put("theirs", "2", 0));
        alone.release();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        assertThat(events.retries).containsExactly(1);
    }

    /**
     * Touches a record before each EXEC of several, until all of them go alone.
     *
     * @param last what to hold then
     */
    private Pause touchBeforeEach(Pause first, Supplier<Pause> last) {
        Pause joint = first;
        for (int most = CommitLane.MOST_TOGETHER; most > 1; most /= 2) {
            joint.awaitReached();
            touch(a);
            Pause next = most > 2 ? proxy.pauseBefore(this::isJointExec) : last.get();
            joint.release();
            joint = next;
        }
        return joint;
    }

    /** A transaction that answers without writing is watched like the others. */
    @Test
    void anotherNodeCommitsWhatWasOnlyLookedAt_theRestIsNotTakenForOvertaken() throws Exception {
        hold();
        Known notThisOne = new Known(b.record(), a.metadata(), 1, false);
        Waiter<CommitResult> gone = new Waiter<>(() -> store.commit(notThisOne.put("ours", "1", 0)));
        Waiter<CommitResult> ours = new Waiter<>(() -> store.commit(a.put("ours", "1", 0)));
        Pause exec = proxy.pauseBefore(command -> command.get(0).equals("EXEC") && contains("HSET", a));
        release();
        exec.awaitReached();
        other.commit(b.put("theirs", "2", 0));
        exec.release();

        assertThat(gone.get()).isEqualTo(new CommitResult.Gone());
        assertThat(committed(ours.get()).version()).isEqualTo(2);
        assertThat(named("EXEC")).as("the one before, ours twice").hasSize(3);
        assertThat(events.retries).isEmpty();
    }

    @Test
    void connectionLostTwiceBeforeTheLook_eachIsWritten() throws Exception {
        Cut first = proxy.cutInsteadOfSending(this::isJointWatch);
        hold();
        List<Waiter<CommitResult>> waiters = new ArrayList<>();
        puts().forEach(delta -> waiters.add(new Waiter<>(() -> store.commit(delta))));
        Cut second = proxy.cutInsteadOfSending(command -> command.equals(List.of("WATCH", key(a))));
        release();
        first.awaitDone();
        second.awaitDone();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
    }

    @Test
    void largeValues_goAlone() throws Exception {
        hold();
        Waiter<CommitResult> large = new Waiter<>(() -> store.commit(a.put("ours", "1".repeat(40_000), 0)));
        Waiter<CommitResult> small = new Waiter<>(() -> store.commit(b.put("ours", "1", 0)));
        Waiter<EndResult> end = new Waiter<>(() -> store.end(c.record(), c.createdBy(), 40_000));
        release();

        assertThat(committed(large.get()).version()).isEqualTo(2);
        assertThat(committed(small.get()).version()).isEqualTo(2);
        assertThat(end.get()).isInstanceOf(EndResult.Leased.class);
        assertThat(named("WATCH").stream().map(watch -> watch.get(1)).toList()).containsExactly(key(a), key(b), key(c));
    }

    @Test
    void answerLostBehindTheExec_eachFindsThatItIsWritten() throws Exception {
        Cut cut = proxy.cutAfterSending(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        cut.awaitDone();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
        assertThat(other.load(a.record())).isNotNull();
        assertThat(Known.of(other, a.record()).version()).as("once").isEqualTo(2);
    }

    @Test
    void connectionLostBeforeTheExec_eachIsWrittenOnce() throws Exception {
        Cut cut = proxy.cutInsteadOfSending(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        cut.awaitDone();

        for (Waiter<CommitResult> waiter : waiters) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertAllHaveOurs();
    }

    /** The EXEC whose answer is lost is held on its connection until another node has written one of the records. */
    @Test
    void anotherNodeCommitsOneOfThem_whileTheConnectionIsLost_noneIsLost() throws Exception {
        Pause joint = proxy.pauseBefore(this::isJointExec);
        Cut cut = proxy.cutAfterSending(this::isJointExec);
        List<Waiter<CommitResult>> waiters = together(puts());

        joint.awaitReached();
        other.commit(b.put("theirs", "2", 0));
        joint.release();
        cut.awaitDone();

        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(1).get()).version()).isEqualTo(3);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
        assertAllHaveOurs();
        assertThat(attributes(other, b.record())).containsEntry("theirs", "2");
    }

    @Test
    void redisRefusesToQueueWhatOneOfThemWrites_theOthersAreWritten() throws Exception {
        proxy.tamper(forging("HSET", b, List.of("HSET", key(b))));

        List<Waiter<CommitResult>> waiters = together(puts());

        assertRefused(waiters.get(1), "HSET");
        assertThat(attributes(other, b.record())).isEmpty();
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    @Test
    void redisFailsWithWhatOneOfThemWrites_onlyThatIsTold() throws Exception {
        proxy.tamper(forging("PEXPIRE", b, List.of("PEXPIRE", key(b), "never")));

        List<Waiter<CommitResult>> waiters = together(puts());

        assertRefused(waiters.get(1), "EXEC");
        assertThat(committed(waiters.get(0).get()).version()).isEqualTo(2);
        assertThat(committed(waiters.get(2).get()).version()).isEqualTo(2);
    }

    /** As a cluster does where keys belong to several slots. */
    @Test
    void redisRefusesToWatchSeveralRecords_eachGoesAlone_fromThenOn() throws Exception {
        proxy.tamper(new Tamper() {
            @Override
            public List<String> command(List<String> command) {
                return command.get(0).equals("WATCH") && command.size() > 2 ? List.of("WATCH") : command;
            }
        });

        for (Waiter<CommitResult> waiter : together(puts())) {
            assertThat(committed(waiter.get()).version()).isEqualTo(2);
        }
        assertThat(named("WATCH")).hasSize(4);
        held = Known.of(other, held.record());
        List<Waiter<CommitResult>> again = together(List.of(a, b, c).stream()
                .map(known -> Known.of(other, known.record()).put("ours", "2"))
                .toList());
        for (Waiter<CommitResult> waiter : again) {
            assertThat(committed(waiter.get()).version()).isEqualTo(3);
        }
        assertThat(named("WATCH")).allMatch(watch -> watch.size() == 2);
    }

    @Test
    void oneThatCannotLook_failsByItself() throws Exception {
        Known noRecord = new Known("none", a.metadata(), 1, false);
        hold();
        Waiter<CommitResult> ours = new Waiter<>(() -> store.commit(a.put("ours", "1", 0)));
        Waiter<CommitResult> bad = new Waiter<>(() -> store.commit(noRecord.metadata(new MetadataChange(60, null))));
        release();

        assertThatThrownBy(bad::get).cause().hasMessageContaining("A bug in Holdfast");
        assertThat(committed(ours.get()).version()).isEqualTo(2);
        assertThatThrownBy(() -> store.commit(noRecord.metadata(new MetadataChange(60, null))))
                .hasMessageContaining("A bug in Holdfast");
        assertThat(committed(store.commit(b.put("ours", "1", 0))).version()).isEqualTo(2);
    }

    @Test
    void touchAndCommitOfOneRecord_goOneAfterTheOther() throws Exception {
        hold();
        Waiter<CommitResult> ours = new Waiter<>(() -> store.commit(a.put("ours", "1", 0)));
        store.touch(a.record());
        Waiter<CommitResult> more = new Waiter<>(() -> store.commit(b.put("ours", "1", 0)));
        release();

        assertThat(committed(ours.get()).version()).isEqualTo(2);
        assertThat(committed(more.get()).version()).isEqualTo(2);
        Fixture.awaitLane(store, a.record());
        assertThat(named("WATCH").subList(0, 2))
                .containsExactly(List.of("WATCH", key(a), key(b)), List.of("WATCH", key(a)));
    }

    @Test
    void creations_goTogether_eachEnteredInTheIndexBefore() throws Exception {
        List<String> records = IntStream.range(0, 3).mapToObj(i -> newRecord()).toList();
        hold();
        List<Waiter<CreateResult>> waiters = new ArrayList<>();
        for (String record : records) {
            waiters.add(new Waiter<>(() -> store.create(newSession(record, Map.of("x", Records.value("1"))))));
        }
        release();

        for (Waiter<CreateResult> waiter : waiters) {
            assertThat(waiter.get()).isInstanceOf(CreateResult.Created.class);
        }
        records.forEach(record -> assertThat(fixture.entries(record)).hasSize(1));
        assertThat(named("EXEC")).hasSize(2);
        List<String> names = commands.stream().map(command -> command.get(0)).toList();
        assertThat(names.lastIndexOf("EVAL"))
                .isGreaterThan(names.indexOf("WATCH"))
                .isLessThan(names.lastIndexOf("MULTI"));
    }
}
