package io.holdfast.redis;

import static io.holdfast.redis.Records.HALF_AN_HOUR;
import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.leased;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one node does in the very moment in which another one ends the session. */
class InterleavedEndTest {
    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore held; // its commands can be held
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
    void commitThatIsOvertakenByALease_isDropped() throws Exception {
        Known known = Known.create(other, Map.of());

        CommitResult result = whileHeld("MULTI", () -> held.commit(known.put("a", "late")), () -> lease(known));

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void idChangeThatIsOvertakenByALease_isDropped() throws Exception {
        Known known = Known.create(other, Map.of());
        MetadataChange newSecret = new MetadataChange(null, SecretHash.of("after login"));

        CommitResult result = whileHeld("MULTI", () -> held.commit(known.metadata(newSecret)), () -> lease(known));

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void idChangeInTheMomentOfLeasing_savesTheSession() throws Exception {
        Known known = Known.create(other, Map.of());
        fixture.letEnd(known.record());

        EndResult result = whileHeld("RENAME", () -> held.ends().lease(known.record()), () -> {
            // the touch of the request that changes the id, whose look was in time
            fixture.redis.send("PEXPIRE", fixture.key(known.record()), HALF_AN_HOUR * 1_000);
            other.commit(known.metadata(new MetadataChange(null, SecretHash.of("after login"))));
        });

        assertThat(result).isEqualTo(new EndResult.Alive());
        assertThat(find(other, known.record()).metadata().secretHash()).isEqualTo(SecretHash.of("after login"));
        assertThat(fixture.score(known.record()))
                .as("looked at by the next sweep")
                .isLessThanOrEqualTo(0);
    }

    @Test
    void sessionThatIsSavedInTheMomentOfLeasing_andEndsBeforeTheLeaseWouldHave_isLookedAtInTime() throws Exception {
        String record = newRecord();
        other.create(new NewSession(record, 0, 1, SECRET, Map.of("a", value("1")), Map.of()));
        Known known = Known.of(other, record);
        fixture.letEnd(record);
        fixture.makeDue(record);

        List<EndLease> leases = whileHeld("RENAME", () -> Fixture.sweep(held), () -> {
            fixture.redis.send("PEXPIRE", fixture.key(record), Fixture.GRACE_SECONDS * 1_000 + 1_000);
            other.commit(known.put("a", "2"));
        });

        assertThat(leases).isEmpty();
        Fixture.sweep(other);
        assertThat(fixture.score(record) - fixture.redisMillis()).isLessThan(fixture.pttl(record));
    }

    @Test
    void touchThatIsOvertakenByALease_bringsNothingBack() {
        Known known = Known.create(other, Map.of());
        Pause touch = proxy.pauseBefore("PEXPIRE");
        held.touch(known.record());
        touch.awaitReached();

        lease(known);
        touch.release();
        Fixture.awaitLane(held, known.record());

        assertThat(fixture.exists(known.record())).isFalse();
        assertThat(fixture.redis
                        .send("PTTL", fixture.endedKeys(known.record()).get(0))
                        .number())
                .isLessThanOrEqualTo(30_000 + Fixture.GRACE_SECONDS * 1_000);
    }

    @Test
    void touchThatIsOvertaken_leavesTheRecordAlone_andIsNoFailure() {
        RecordingEvents events = new RecordingEvents();
        RedisSessionStore tryingOnce =
                fixture.store(fixture.settings(proxy.uri()).set(Setting.COMMIT_ATTEMPTS, "1"), events);
        Known known = Known.create(other, Map.of());
        Pause touch = proxy.pauseBefore("PEXPIRE");
        tryingOnce.touch(known.record());
        touch.awaitReached();

        long left = Fixture.GRACE_SECONDS * 1_000 + 20_000;
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), left);
        touch.release();
        Fixture.awaitLane(tryingOnce, known.record());

        assertThat(fixture.pttl(known.record())).isLessThanOrEqualTo(left);
        assertThat(events.touchFailures).isEmpty();
    }

    @Test
    void loadAmidWhichTheNameOfTheEndedSessionIsTakenAnew_doesNotFindTheEndedOne() throws Exception {
        Known known = Known.create(other, Map.of());
        fixture.letEnd(known.record());
        AtomicInteger commands = new AtomicInteger();
        Pause second = proxy.pauseBefore(command -> commands.incrementAndGet() == 2);
        CompletableFuture<LoadResult> load = CompletableFuture.supplyAsync(
                () -> held.load(known.record()), task -> new Thread(task, "loading").start());
        second.awaitReached();

        other.create(newSession(known.record(), Map.of()));
        second.release();

        assertThat(load.get(10, SECONDS)).isEqualTo(new LoadResult.Ended());
    }

    @Test
    void twoSweepsAtOnce_leaseEachSessionOnce() throws Exception {
        ended();

        List<EndLease> ours = whileHeld(
                "HSET",
                () -> Fixture.sweep(held),
                () -> assertThat(Fixture.sweep(other)).hasSize(1));

        assertThat(ours).isEmpty();
    }

    @Test
    void twoTakeOversAtOnce_leaseTheSessionOnce() throws Exception {
        Known known = Known.create(other, Map.of());
        other.ends().giveBack(lease(known));

        List<EndLease> ours = whileHeld(
                "HSET",
                () -> Fixture.sweep(held),
                () -> assertThat(Fixture.sweep(other)).hasSize(1));

        assertThat(ours).isEmpty();
    }

    @Test
    void takeOverWhoseAnswerWasLost_isFoundToBeOurs() {
        Known known = Known.create(other, Map.of());
        other.ends().giveBack(lease(known));
        proxy.cutAfterSending(Fixture.execOfARecord());

        assertThat(Fixture.sweep(held)).hasSize(1);
    }

    @Test
    void creationThatIsHeldUpUntilItsEntryIsDropped_entersTheIndexAgain() throws Exception {
        String record = newRecord();

        CreateResult result = whileHeld("HSET", () -> held.create(newSession(record, Map.of())), () -> {
            fixture.makeDue(record);
            Fixture.sweep(other);
            assertThat(fixture.entries(record)).isEmpty();
        });

        assertThat(result).isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.entries(record)).hasSize(1);
    }

    @Test
    void creationThatEntersTheIndexAgainRightBeforeItsEntryIsDropped_isInTheIndexAfterAll() throws Exception {
        RedisSessionStore creator = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE);
        creator.warmUp();
        String record = newRecord();
        Pause firstTry = proxy.pauseBefore("HSET");
        CompletableFuture<CreateResult> creation =
                inBackground(() -> creator.create(newSession(record, Map.of("a", value("1")))));
        firstTry.awaitReached();
        fixture.makeDue(record);
        Pause removal = proxy.pauseBefore(Fixture::isNoteOfASweep);
        CompletableFuture<List<EndLease>> sweep = inBackground(() -> Fixture.sweep(held));
        removal.awaitReached();
        Pause secondTry = proxy.pauseBefore(command -> command.get(0).equals("HSET")
                && command.get(1).equals(fixture.key(record))); // has entered the index again by then
        firstTry.release();
        secondTry.awaitReached();
        removal.release();
        assertThat(sweep.get(10, SECONDS)).isEmpty();
        secondTry.release();

        assertThat(creation.get(10, SECONDS)).isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.entries(record)).hasSize(1);
    }

    @Test
    void creationThatIsThroughRightBeforeItsEntryIsDropped_isInTheIndexAfterAll() throws Exception {
        String record = newRecord();
        NewSession session = newSession(record, Map.of());
        fixture.redis.send("ZADD", fixture.bucket(record), 0, record + ":0000000000000001-1");
        CompletableFuture<List<EndLease>> sweep;
        Pause removal = proxy.pauseBefore(Fixture::isNoteOfASweep);
        sweep = inBackground(() -> Fixture.sweep(held));
        removal.awaitReached();
        other.create(session);
        removal.release();

        assertThat(sweep.get(10, SECONDS)).isEmpty();
        Known known = Known.of(other, record);
        assertThat(fixture.entries(record)).contains(record + ":" + RedisKeys.creation(known.createdBy()));
    }

    @Test
    void creationThatIsOvertakenByAnotherOneOfTheName_leavesNoEntryForGood() throws Exception {
        String record = newRecord();

        CreateResult result = whileHeld("HSET", () -> held.create(newSession(record, Map.of())), () -> {
            other.create(newSession(record, Map.of()));
            fixture.makeDue(record);
            assertThat(Fixture.sweep(other)).isEmpty();
            assertThat(fixture.entries(record)).hasSize(1);
        });
        fixture.makeDue(record);
        Fixture.sweep(other);

        assertThat(result).isInstanceOf(CreateResult.Exists.class);
        assertThat(fixture.entries(record))
                .containsExactly(record + ":"
                        + RedisKeys.creation(Known.of(other, record).createdBy()));
    }

    @Test
    void creationUnderTheNameOfASessionThatIsOver_isInTheIndex_thoughItsEntryWasSweptInBetween() throws Exception {
        Known first = Known.create(other, Map.of());
        String record = first.record();
        fixture.letEnd(record);
        fixture.redis.send("ZREM", fixture.bucket(record), record + ":" + RedisKeys.creation(first.createdBy()));

        CreateResult result = whileHeld("HSET", () -> held.create(newSession(record, Map.of())), () -> {
            fixture.makeDue(record);
            assertThat(Fixture.sweep(other)).isEmpty();
        });

        assertThat(result).isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.entries(record))
                .containsExactly(record + ":"
                        + RedisKeys.creation(Known.of(other, record).createdBy()));
    }

    @Test
    void newTimeout_thatIsOvertakenByASweep_isInTheIndexBehindTheCommit() throws Exception {
        String record = newRecord();
        other.create(new NewSession(record, 0, -1, SECRET, Map.of(), Map.of()));
        Known known = Known.of(other, record);

        whileHeld("HSET", () -> held.commit(known.metadata(new MetadataChange(60, null))), () -> {
            Fixture.sweep(other);
            assertThat(fixture.entries(record))
                    .as("it still never ends, so it leaves the index")
                    .isEmpty();
        });

        assertThat(fixture.entries(record)).hasSize(1);
        Fixture.sweep(other);
        assertThat(fixture.score(record)).isBetween(fixture.redisMillis() + 55_000, fixture.redisMillis() + 63_000);
    }

    @Test
    void creationOfTheSameNameInTheMomentOfLeasing_isAnotherSession_andBothAreThere() throws Exception {
        Known first = ended();

        EndResult result = whileHeld(
                "RENAME",
                () -> held.ends().lease(first.record()),
                () -> other.create(newSession(first.record(), Map.of("a", value("second")))));

        assertThat(result).isEqualTo(new EndResult.Absent());
        assertThat(other.load(first.record())).isInstanceOf(LoadResult.Found.class);
        fixture.makeDue(first.record());
        assertThat(Fixture.sweep(other))
                .singleElement()
                .satisfies(lease -> assertThat(lease.createdBy()).isEqualTo(first.createdBy()));
    }

    private Known ended() {
        Known known = Known.create(other, Map.of());
        fixture.letEnd(known.record());
        fixture.makeDue(known.record());
        return known;
    }

    private EndLease lease(Known known) {
        return leased(other.end(known.record(), known.createdBy(), 0));
    }

    /** Does ours through the proxy; right before that sends its next such command, the other does its work. */
    private <T> T whileHeld(String command, Supplier<T> ours, Runnable otherWork) throws Exception {
        Pause pause = proxy.pauseBefore(command);
        CompletableFuture<T> running = inBackground(ours);
        pause.awaitReached();
        otherWork.run();
        pause.release();
        return running.get(10, SECONDS);
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "ours").start());
    }
}
