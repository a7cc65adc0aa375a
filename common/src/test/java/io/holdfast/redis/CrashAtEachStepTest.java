package io.holdfast.redis;

import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.SessionStoreContract.leased;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.EndLease;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.StoreException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node dies before each single command of what it does, one after the other. Whatever it leaves behind has a time to live,
 * each session is in the index, and a surviving node tells each end and clears up.
 */
class CrashAtEachStepTest {
    private Fixture fixture;
    private RedisSessionStore survivor;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        survivor = fixture.store();
        survivor.warmUp();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** What a node does to a record, until it dies. */
    private interface Work {
        void on(RedisSessionStore doomed, String record) throws Exception;
    }

    @Test
    void creation() throws Exception {
        int steps = crashAtEachStep(record -> {}, (doomed, record) -> doomed.create(newSession(record, Map.of())));

        assertThat(steps).as("WATCH, the index, the look, MULTI to EXEC").isGreaterThanOrEqualTo(8);
    }

    @Test
    void creationUnderANameWhoseSessionHasEnded() throws Exception {
        crashAtEachStep(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    fixture.letEnd(record);
                    fixture.makeDue(record);
                },
                (doomed, record) -> doomed.create(newSession(record, Map.of())));
    }

    @Test
    void endByARequest() throws Exception {
        int steps = crashAtEachStep(record -> survivor.create(newSession(record, Map.of())), (doomed, record) -> {
            Known known = Known.of(survivor, record);
            EndLease lease = leased(doomed.end(record, known.createdBy(), 0));
            doomed.ends().forget(lease).toCompletableFuture().get(10, SECONDS);
        });

        assertThat(steps).isGreaterThanOrEqualTo(12);
    }

    @Test
    void endByARequest_ofASessionThatNeverEnds() throws Exception {
        crashAtEachStep(
                record -> survivor.create(new NewSession(record, 0, -1, SECRET, Map.of(), Map.of())),
                (doomed, record) ->
                        doomed.end(record, Known.of(survivor, record).createdBy(), 0));
    }

    @Test
    void endByARequest_ofASessionThatEndsBeforeALeaseWould() throws Exception {
        crashAtEachStep(
                record -> survivor.create(new NewSession(record, 0, 1, SECRET, Map.of(), Map.of())),
                (doomed, record) ->
                        doomed.end(record, Known.of(survivor, record).createdBy(), 0));
    }

    @Test
    void endByASweep() throws Exception {
        int steps = crashAtEachStep(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    fixture.letEnd(record);
                    fixture.makeDue(record);
                },
                this::sweepAndForget);

        assertThat(steps).isGreaterThanOrEqualTo(17);
    }

    @Test
    void takeOver() throws Exception {
        crashAtEachStep(
                record -> {
                    survivor.create(newSession(record, Map.of()));
                    Known known = Known.of(survivor, record);
                    survivor.ends().giveBack(leased(survivor.end(record, known.createdBy(), 0)));
                },
                this::sweepAndForget);
    }

    @Test
    void givingBack() throws Exception {
        crashAtEachStep(record -> survivor.create(newSession(record, Map.of())), (doomed, record) -> {
            Known known = Known.of(survivor, record);
            doomed.ends().giveBack(leased(doomed.end(record, known.createdBy(), 0)));
        });
    }

    @Test
    void sweepOfAnEntryThatStandsForNothing() throws Exception {
        crashAtEachStep(
                record -> {
                    fixture.redis.send("ZADD", fixture.bucket(record), 0, record + ":0000000000000001-1");
                    fixture.redis.send("PEXPIRE", fixture.bucket(record), 60_000);
                },
                this::sweepAndForget);
    }

    @Test
    void firstTimeoutOfASessionThatNeverEnds() throws Exception {
        crashAtEachStep(
                record -> survivor.create(new NewSession(record, 0, -1, SECRET, Map.of(), Map.of())),
                (doomed, record) -> doomed.commit(Known.of(survivor, record).metadata(new MetadataChange(60, null))));
    }

    private void sweepAndForget(RedisSessionStore doomed, String record) throws Exception {
        for (EndLease lease : Fixture.sweep(doomed)) {
            doomed.ends().forget(lease).toCompletableFuture().get(10, SECONDS);
        }
    }

    private int crashAtEachStep(Consumer<String> before, Work work) throws Exception {
        int step = 0;
        while (crashAt(step, before, work)) {
            step++;
        }
        return step;
    }

    /** Whether the node came to that step at all. */
    private boolean crashAt(int step, Consumer<String> before, Work work) throws Exception {
        String record = newRecord();
        before.accept(record);
        boolean reached;
        FaultProxy proxy = fixture.proxy();
        try (RedisSessionStore doomed = fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE)) {
            doomed.warmUp();
            AtomicInteger commands = new AtomicInteger();
            CompletableFuture<Boolean> arrived = new CompletableFuture<>();
            proxy.pauseBefore(command -> commands.getAndIncrement() == step && arrived.complete(true));
            CompletableFuture<Boolean> through = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            work.on(doomed, record);
                        } catch (StoreException died) {
                            return true;
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        return false;
                    },
                    task -> new Thread(task, "doomed").start());
            reached = (boolean) CompletableFuture.anyOf(arrived, through).get(10, SECONDS);
            proxy.close(); // so it dies
        }
        new AfterACrash(fixture, survivor).assertNothingIsLost("step " + step, record);
        return reached;
    }
}
