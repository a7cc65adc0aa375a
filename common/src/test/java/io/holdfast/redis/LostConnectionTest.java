package io.holdfast.redis;

import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.leased;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.StoreException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that break before, behind and amid a transaction: everything is applied once or not at all. */
class LostConnectionTest {
    private final RecordingEvents events = new RecordingEvents();

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        proxy = fixture.proxy();
        store = fixture.store(fixture.settings(proxy.uri()), events);
        other = fixture.store();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void create_whoseAnswerWasLost_isCreated() {
        String record = newRecord();
        proxy.cutAfterSending(Fixture.execOfARecord());

        CreateResult result = store.create(newSession(record, Map.of("a", value("1"))));

        assertThat(result)
                .isEqualTo(new CreateResult.Created(find(other, record).metadata()));
        assertThat(find(other, record).version()).isEqualTo(1);
    }

    @Test
    void create_whoseAnswerWasLost_isLookedAtByTheNextSweep_becauseItsTimeRunsSinceTheFirstTry() {
        String record = newRecord();
        store.ends().readClock();
        proxy.cutAfterSending(Fixture.execOfARecord());

        store.create(newSession(record, Map.of()));

        assertThat(fixture.score(record)).isNegative();
    }

    @Test
    void create_whoseExecNeverArrived_isCreated() {
        String record = newRecord();
        proxy.cutInsteadOfSending(Fixture.execOfARecord());

        assertThat(store.create(newSession(record, Map.of()))).isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.pttl(record)).isPositive();
    }

    @Test
    void lease_whoseAnswerWasLost_isFoundToBeOurs() {
        Known known = Known.create(other, Map.of("a", value("1")));
        fixture.letEnd(known.record());
        proxy.cutAfterSending(Fixture.execOfARecord());

        EndResult result = store.ends().lease(known.record());

        assertThat(leased(result).snapshot().attributes()).containsKey("a");
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void lease_whoseAnswerWasLost_isNotTakenForOursWhenAnotherNodeHasIt() throws Exception {
        Known known = Known.create(other, Map.of());
        fixture.letEnd(known.record());
        proxy.cutInsteadOfSending(Fixture.execOfARecord());
        Pause firstLook = proxy.pauseBefore("WATCH");
        CompletableFuture<EndResult> ours = inBackground(() -> store.ends().lease(known.record()));
        firstLook.awaitReached();
        Pause secondLook = proxy.pauseBefore("WATCH");
        firstLook.release();
        secondLook.awaitReached();
        leased(other.ends().lease(known.record()));
        secondLook.release();

        assertThat(ours.get(10, SECONDS)).isEqualTo(new EndResult.Absent());
    }

    @Test
    void end_whoseAnswerWasLost_isFoundToBeOurs() {
        Known known = Known.create(other, Map.of());
        proxy.cutAfterSending(Fixture.execOfARecord());

        leased(store.end(known.record(), known.createdBy(), 0));
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leaseThatIsNotReachedBeforeAnOutage_isThereForTheNextSweepOfAnotherNode(boolean takenOver) throws Exception {
        Known known = Known.create(other, Map.of());
        if (takenOver) {
            other.ends().giveBack(leased(other.end(known.record(), known.createdBy(), 0)));
        } else {
            fixture.letEnd(known.record());
        }
        fixture.makeDue(known.record());
        Pause pause = proxy.pauseBefore("MULTI");
        CompletableFuture<List<EndLease>> sweep = inBackground(() -> Fixture.sweep(store));
        pause.awaitReached();
        proxy.down();
        assertThatThrownBy(() -> sweep.get(10, SECONDS)).hasCauseInstanceOf(StoreException.class);

        assertThat(Fixture.sweep(other)).hasSize(1);
    }

    @Test
    void noticedEndThatIsNotReachedBeforeAnOutage_isThereForTheNextSweepOfAnotherNode() throws Exception {
        Known known = Known.create(other, Map.of());
        store.ends().readClock();
        fixture.letEnd(known.record());
        fixture.makeDue(known.record());
        Pause pause = proxy.pauseBefore("RENAME");
        CompletableFuture<EndResult> end = inBackground(() -> store.ends().lease(known.record()));
        pause.awaitReached();
        proxy.down();
        assertThatThrownBy(() -> end.get(10, SECONDS)).hasCauseInstanceOf(StoreException.class);

        assertThat(Fixture.sweep(other)).hasSize(1);
    }

    @Test
    void forgetting_overABrokenConnection_isRepeatedAtOnce() throws Exception {
        Known known = Known.create(store, Map.of());
        EndLease lease = leased(store.end(known.record(), known.createdBy(), 0));
        proxy.cutInsteadOfSending("DEL");

        store.ends().forget(lease).toCompletableFuture().get(10, SECONDS);

        assertThat(fixture.endedKeys(known.record())).isEmpty();
        assertThat(fixture.entries(known.record())).isEmpty();
    }

    @Test
    void givingBack_whoseAnswerWasLost_leavesTheLeaseOfWhoHasTakenOver() throws Exception {
        Known known = Known.create(other, Map.of());
        EndLease lease = leased(store.end(known.record(), known.createdBy(), 0));
        other.ends().readClock();
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger sentAgain = new AtomicInteger();
        proxy.cutAfterSending(command -> command.get(0).equals("ZADD") && sent.incrementAndGet() == 2);
        Pause again = proxy.pauseBefore(command -> command.get(0).equals("ZADD") && sentAgain.incrementAndGet() == 3);
        CompletableFuture<?> givingBack = inBackground(() -> {
            store.ends().giveBack(lease);
            return true;
        });
        again.awaitReached();
        assertThat(Fixture.sweep(other)).hasSize(1);
        again.release();
        givingBack.get(10, SECONDS);

        assertThat(Fixture.sweep(other)).as("it is being told").isEmpty();
    }

    @Test
    void load_overABrokenConnection_isAskedAgain() {
        Known known = Known.create(other, Map.of());
        proxy.cutInsteadOfSending("HGETALL");
        assertThat(find(store, known.record()).version()).isEqualTo(1);

        proxy.cutAfterSending("PTTL");
        assertThat(find(store, known.record()).version()).isEqualTo(1);
        assertThat(events.outages).isEmpty();
    }

    @Test
    void touch_whoseConnectionIsLost_takesEffectAllTheSame() {
        Known known = Known.create(other, Map.of());
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), 60_000);
        proxy.cutInsteadOfSending("PEXPIRE");

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());

        assertThat(fixture.pttl(known.record())).isGreaterThan(1_000_000);
        assertThat(events.touchFailures).isEmpty();
    }

    @Test
    void touch_whoseAnswerIsLostTwice_isReported_andTheNextOneTakesEffect() throws Exception {
        Known known = Known.create(other, Map.of());
        AtomicInteger touches = new AtomicInteger();
        proxy.cutInsteadOfSending("PEXPIRE");
        proxy.cutInsteadOfSending(command -> command.get(0).equals("PEXPIRE") && touches.incrementAndGet() == 2);

        store.touch(known.record());

        assertThat(events.touchFailures.poll(10, SECONDS)).hasMessageContaining("which of the two is not known");
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), 60_000);
        store.touch(known.record());
        Fixture.awaitLane(store, known.record());
        assertThat(fixture.pttl(known.record())).isGreaterThan(1_000_000);
        assertThat(events.touchFailures).isEmpty();
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "committer").start());
    }
}
