package io.holdfast.redis;

import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.newRecord;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.Cut;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.EndLease;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A sweep that is held up between its look at a session and what it writes to the index, while another node commits a new
 * time-out or ends the session. No end is found late for that.
 */
class SlowSweepTest {
    private static final long SOON = 64_000;
    private static final long LEASE = 30_000;

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore held;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        proxy = fixture.proxy();
        held = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);
        other = fixture.store();
        held.warmUp();
        other.warmUp();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shorterTimeoutThatIsCommittedBehindTheLook_isNotPutOffToTheOldEnd() throws Exception {
        Known known = due(Known.create(other, Map.of()));

        sweepWhile(() -> other.commit(known.metadata(new MetadataChange(60, null))));
        assertThat(fixture.score(known.record())).as("the next sweep looks").isNegative();

        Fixture.sweep(other);
        assertThat(fixture.score(known.record()) - fixture.redisMillis()).isBetween(SOON - 14_000, SOON);
    }

    @Test
    void shorterTimeoutWhoseCommitIsHeldUpOverAWholeSweep_isNotPutOffToTheOldEnd() throws Exception {
        Known known = due(Known.create(other, Map.of()));
        Pause commit = proxy.pauseBefore("HSET");
        CompletableFuture<?> committed = CompletableFuture.runAsync(
                () -> held.commit(known.metadata(new MetadataChange(60, null))),
                task -> new Thread(task, "committer").start());
        commit.awaitReached();

        Fixture.sweep(other);
        assertThat(fixture.score(known.record()) - fixture.redisMillis())
                .as("the old end")
                .isGreaterThan(SOON);
        commit.release();
        committed.get(10, SECONDS);

        assertThat(fixture.score(known.record())).isNegative();
    }

    @Test
    void timeoutThatANeverEndingSessionGetsBehindTheLook_staysInTheIndex() throws Exception {
        String record = dueThoughItNeverEnds();

        sweepWhile(() -> other.commit(Known.of(other, record).metadata(new MetadataChange(60, null))));

        assertThat(fixture.entries(record)).hasSize(1);
        Fixture.sweep(other);
        assertThat(fixture.score(record) - fixture.redisMillis()).isBetween(SOON - 14_000, SOON);
    }

    @Test
    void sessionThatIsEndedBehindTheLook_isTakenOverWhenItsLeaseRunsOut() throws Exception {
        Known known = due(Known.create(other, Map.of()));

        sweepWhile(() -> other.end(known.record(), known.createdBy(), 0));
        Fixture.sweep(other);

        assertThat(fixture.score(known.record()) - fixture.redisMillis()).isBetween(1L, LEASE);
    }

    @Test
    void neverEndingSessionThatIsEndedBehindTheLook_isTakenOverWhenItsLeaseRunsOut() throws Exception {
        String record = dueThoughItNeverEnds();

        sweepWhile(() -> other.end(record, Known.of(other, record).createdBy(), 0));
        Fixture.sweep(other);

        assertThat(fixture.score(record) - fixture.redisMillis()).isBetween(1L, LEASE);
    }

    @Test
    void sessionWhoseEndIsHeldUpOverAWholeSweep_isTakenOverWhenItsLeaseRunsOut() throws Exception {
        Known known = due(Known.create(other, Map.of()));
        Pause rename = proxy.pauseBefore("RENAME");
        CompletableFuture<?> end = CompletableFuture.runAsync(
                () -> held.end(known.record(), known.createdBy(), 0), task -> new Thread(task, "ending").start());
        rename.awaitReached();
        fixture.makeDue(known.record());

        Fixture.sweep(other);
        assertThat(fixture.score(known.record()) - fixture.redisMillis())
                .as("alive")
                .isGreaterThan(SOON);
        rename.release();
        end.get(10, SECONDS);
        Fixture.sweep(other);

        assertThat(fixture.score(known.record()) - fixture.redisMillis()).isBetween(1L, LEASE);
    }

    @Test
    void endThatIsGivenBackBehindTheLook_isTakenOverAtOnce() throws Exception {
        Known known = Known.create(other, Map.of());
        EndLease lease = SessionStoreContract.leased(other.end(known.record(), known.createdBy(), 0));
        fixture.makeDue(known.record());

        sweepWhile(() -> other.ends().giveBack(lease));

        assertThat(Fixture.sweep(other)).hasSize(1);
    }

    @Test
    void endThatIsGivenBackWhileASweepFindsItStillLeased_isTakenOverAtOnce() throws Exception {
        Known known = Known.create(other, Map.of());
        EndLease lease = SessionStoreContract.leased(other.end(known.record(), known.createdBy(), 0));
        FaultProxy givingProxy = fixture.proxy();
        RedisSessionStore giving = fixture.store(fixture.settings(givingProxy.uri()), SessionEvents.NONE);
        giving.warmUp();
        Pause givenBack = givingProxy.pauseBefore("EVAL");
        CompletableFuture<?> giveBack = CompletableFuture.runAsync(
                () -> giving.ends().giveBack(lease), task -> new Thread(task, "giving back").start());
        givenBack.awaitReached();

        sweepWhile(() -> {
            givenBack.release();
            giveBack.join();
        });

        assertThat(Fixture.sweep(other)).hasSize(1);
    }

    @Test
    void shorterTimeoutThatASweepDoesNotSeeWhichThenDies_isLookedAtWhileTheRecordIsThere() throws Exception {
        Known known = due(Known.create(other, Map.of()));

        sweepAndDieWhile(() -> other.commit(known.metadata(new MetadataChange(60, null))));

        assertThat(fixture.score(known.record()) - fixture.redisMillis()).isLessThan(fixture.pttl(known.record()));
    }

    @Test
    void firstTimeoutThatASweepDoesNotSeeWhichThenDies_isInTheIndex() throws Exception {
        String record = dueThoughItNeverEnds();

        sweepAndDieWhile(() -> other.commit(Known.of(other, record).metadata(new MetadataChange(60, null))));

        assertThat(fixture.entries(record)).hasSize(1);
        assertThat(fixture.score(record) - fixture.redisMillis()).isLessThan(fixture.pttl(record));
    }

    @Test
    void sessionWhoseTimeWentOnWhileTheAnswerWasOnItsWay_isPutOffToItsRealEnd() throws Exception {
        Known known = due(Known.create(other, Map.of()));
        Pause lastAnswer = proxy.pauseBefore(
                command -> command.get(0).equals("PTTL") && command.get(1).contains(":ended:"));
        CompletableFuture<List<EndLease>> sweep = sweepInBackground();
        lastAnswer.awaitReached();
        long left = fixture.pttl(known.record()) - Fixture.GRACE_SECONDS * 1_000;
        long looked = fixture.redisMillis();
        while (fixture.redisMillis() < looked + 300) {
            Thread.onSpinWait();
        }
        lastAnswer.release();
        sweep.get(10, SECONDS);

        assertThat(fixture.score(known.record())).isLessThan(looked + left + 100);
    }

    @Test
    void touchOfANodeThatKnowsALongerTimeout_putsNothingOff() {
        Known known = Known.create(other, Map.of());
        held.load(known.record());
        other.commit(known.metadata(new MetadataChange(60, null)));
        Pause touch = proxy.pauseBefore("EXEC");
        held.touch(known.record());
        touch.awaitReached();

        Fixture.sweep(other);
        touch.release();
        Fixture.awaitLane(held, known.record());

        assertThat(fixture.pttl(known.record())).isLessThan(SOON + Fixture.GRACE_SECONDS * 1_000);
        assertThat(fixture.score(known.record()) - fixture.redisMillis()).isLessThan(SOON);
    }

    private Known due(Known known) {
        fixture.makeDue(known.record());
        return known;
    }

    private String dueThoughItNeverEnds() {
        String record = newRecord();
        other.create(new NewSession(record, 0, 60, SECRET, Map.of(), Map.of()));
        other.commit(Known.of(other, record).metadata(new MetadataChange(-1, null)));
        fixture.makeDue(record);
        return record;
    }

    /** Like {@link #sweepWhile}; the node dies when it has written. */
    private void sweepAndDieWhile(Runnable work) throws Exception {
        Pause pause = proxy.pauseBefore(Fixture::isNoteOfASweep);
        Cut death = proxy.cutAfterSending(Fixture::isNoteOfASweep);
        CompletableFuture<List<EndLease>> sweep = sweepInBackground();
        pause.awaitReached();
        work.run();
        pause.release();
        death.awaitDone();
        proxy.down();
        assertThat(sweep.handle((leases, failure) -> true).get(10, SECONDS)).isTrue();
    }

    /** A sweep through the proxy; right before it writes to the index, the other does its work. */
    private void sweepWhile(Runnable work) throws Exception {
        Pause pause = proxy.pauseBefore(Fixture::isNoteOfASweep);
        CompletableFuture<List<EndLease>> sweep = sweepInBackground();
        pause.awaitReached();
        work.run();
        pause.release();
        assertThat(sweep.get(10, SECONDS)).isEmpty();
    }

    private CompletableFuture<List<EndLease>> sweepInBackground() {
        return CompletableFuture.supplyAsync(() -> Fixture.sweep(held), task -> new Thread(task, "sweep").start());
    }
}
