package io.holdfast.redis;

import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.SessionStoreContract.leased;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitId;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.StoreException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node writes a record and dies right behind its EXEC, while another one sweeps. The first is held up before each single command
 * up to that, the sweep before each single command of its own, in all pairs. Whatever they have seen of each other, the next sweep
 * finds the session in time.
 */
class SweepOverDyingNodeTest {
    private Fixture fixture;
    private RedisSessionStore survivor;
    private FaultProxy slowProxy;
    private RedisSessionStore slow;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        survivor = fixture.store();
        survivor.warmUp();
        slowProxy = fixture.proxy();
        slow = fixture.store(fixture.settings(slowProxy.uri()), SessionEvents.NONE);
        slow.warmUp();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** What a node does to a record, until it dies. */
    private interface Work {
        void on(RedisSessionStore doomed, String record);
    }

    /** Work that is held before one of its commands. */
    private record Held(Pause pause, CompletableFuture<Boolean> arrived, CompletableFuture<Boolean> through) {
        static Held before(int step, FaultProxy proxy, Runnable work) {
            AtomicInteger commands = new AtomicInteger();
            CompletableFuture<Boolean> arrived = new CompletableFuture<>();
            Pause pause = proxy.pauseBefore(command -> commands.getAndIncrement() == step && arrived.complete(true));
            return new Held(pause, arrived, inBackground(work));
        }

        /** Whether it came to that step; false: it is through. */
        boolean isReached() throws Exception {
            return (boolean) CompletableFuture.anyOf(arrived, through).get(10, SECONDS);
        }
    }

    /** Where Redis's clock is not known yet, the new session is due at once. */
    @Test
    void creation() throws Exception {
        inAllPairsOfSteps(record -> {}, (doomed, record) -> doomed.create(newSession(record, Map.of())));
    }

    @Test
    void shorterTimeout() throws Exception {
        inAllPairsOfSteps(
                record -> survivor.create(newSession(record, Map.of())),
                (doomed, record) -> doomed.commit(Known.of(survivor, record).metadata(new MetadataChange(60, null))));
    }

    @Test
    void firstTimeoutOfASessionThatNeverEnds() throws Exception {
        inAllPairsOfSteps(
                record -> survivor.create(new NewSession(record, 0, -1, SECRET, Map.of(), Map.of())),
                (doomed, record) -> doomed.commit(Known.of(survivor, record).metadata(new MetadataChange(60, null))));
    }

    @Test
    void endByARequest() throws Exception {
        inAllPairsOfSteps(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    fixture.makeDue(record);
                },
                (doomed, record) ->
                        doomed.end(record, Known.of(survivor, record).createdBy(), 0));
    }

    @Test
    void endThatARequestHasNoticed() throws Exception {
        inAllPairsOfSteps(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    fixture.letEnd(record);
                    fixture.makeDue(record);
                },
                (doomed, record) -> doomed.ends().lease(record));
    }

    @Test
    void creationUnderANameWhoseSessionHasEnded() throws Exception {
        inAllPairsOfSteps(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    fixture.letEnd(record);
                    fixture.makeDue(record);
                },
                (doomed, record) -> doomed.create(newSession(record, Map.of())));
    }

    @Test
    void takeOver() throws Exception {
        inAllPairsOfSteps(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    CommitId createdBy = Known.of(survivor, record).createdBy();
                    survivor.ends().giveBack(leased(survivor.end(record, createdBy, 0)));
                },
                SweepOverDyingNodeTest::sweep);
    }

    private void inAllPairsOfSteps(Consumer<String> before, Work work) throws Exception {
        int pairs = 0;
        boolean worked = true;
        for (int step = 0; worked; step++) {
            boolean swept = true;
            for (int stepOfSweep = 0; worked && swept; stepOfSweep++) {
                String record = newRecord();
                before.accept(record);
                Steps reached = run(step, stepOfSweep, record, work);
                new AfterACrash(fixture, survivor)
                        .assertNothingIsLost("step " + step + ", sweep's step " + stepOfSweep, record);
                worked = reached.ofWork;
                swept = reached.ofSweep;
                pairs++;
            }
        }
        assertThat(pairs).as("the sweep has looked at the session").isGreaterThan(20);
    }

    /** Whether the node that dies, and the sweep, came to their steps at all. */
    private record Steps(boolean ofWork, boolean ofSweep) {}

    private Steps run(int step, int stepOfSweep, String record, Work work) throws Exception {
        try (FaultProxy doomedProxy = fixture.proxy();
                RedisSessionStore doomed = fixture.store(fixture.settings(doomedProxy.uri()), SessionEvents.NONE)) {
            Fixture.awaitLane(doomed, record);
            Fixture.awaitLane(slow, record);
            Held working = Held.before(step, doomedProxy, () -> work.on(doomed, record));
            boolean workReached = working.isReached();
            Held sweeping = Held.before(stepOfSweep, slowProxy, () -> sweep(slow, record));
            boolean sweepReached = sweeping.isReached();

            CompletableFuture<Boolean> written = new CompletableFuture<>();
            doomedProxy.pauseBefore(behindExec(() -> written.complete(true)));
            working.pause.release();
            CompletableFuture.anyOf(written, working.through).get(10, SECONDS);
            doomedProxy.down();
            sweeping.pause.release();
            sweeping.through.get(10, SECONDS);
            return new Steps(workReached, sweepReached);
        }
    }

    /** Matches what is sent along with the EXEC that has written the record, if anything is. */
    private static Predicate<List<String>> behindExec(Runnable onMatch) {
        Predicate<List<String>> exec = Fixture.execOfARecord();
        AtomicBoolean executed = new AtomicBoolean();
        return command -> {
            boolean next =
                    executed.getAndSet(exec.test(command)) && !command.get(0).contains("WATCH");
            if (next) {
                onMatch.run();
            }
            return next;
        };
    }

    private static void sweep(RedisSessionStore store, String record) {
        store.ends().sweep(Character.digit(record.charAt(0), 16), lease -> {}, () -> true);
    }

    /** The result is false. */
    private static CompletableFuture<Boolean> inBackground(Runnable work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        work.run();
                    } catch (StoreException died) {
                        return false;
                    }
                    return false;
                },
                task -> new Thread(task, "background").start());
    }
}
