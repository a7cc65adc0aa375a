package io.holdfast.redis;

import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.value;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.Reply;
import io.holdfast.localredis.Tamper;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.NewSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The time of a session runs out behind the look of a transaction and before its EXEC. Nobody has changed the record then, so
 * a WATCH has nothing to notice: whoever is first to write, decides. If Redis itself drops the record, because the grace is over
 * too, that does break the WATCH, since Redis 6.0.9, whether or not it has come to remove the key by then.
 */
class TimeRunsOutTest {
    private static final long GRACE = Fixture.GRACE_SECONDS * 1_000L;

    /** Enough for a look on a busy machine; then it is waited for. */
    private static final long LEFT = 1_000;

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
    void commitBehindWhichNobodyLooked_bringsTheSessionThrough_andItEndsOnceLater() throws Exception {
        Known known = create();

        CommitResult result = whileHeld("MULTI", known, () -> held.commit(known.put("a", "late")), () -> {
            awaitOver(known);
            assertThat(other.load(known.record())).isEqualTo(new LoadResult.Ended());
        });

        assertThat(result).isInstanceOf(CommitResult.Committed.class);
        assertThat(other.ends().lease(known.record())).isEqualTo(new EndResult.Alive());
        fixture.makeDue(known.record());
        assertThat(Fixture.sweep(other)).isEmpty();
        fixture.letEnd(known.record());
        fixture.makeDue(known.record());
        assertThat(Fixture.sweep(other))
                .singleElement()
                .satisfies(lease -> assertThat(text(lease)).isEqualTo("late"));
    }

    @Test
    void commitThatASweepOvertakes_isDropped_andTheEndIsToldWithoutIt() throws Exception {
        Known known = create();
        fixture.makeDue(known.record());

        CommitResult result = whileHeld("MULTI", known, () -> held.commit(known.put("a", "late")), () -> {
            awaitOver(known);
            assertThat(Fixture.sweep(other))
                    .singleElement()
                    .satisfies(lease -> assertThat(text(lease)).isEqualTo("1"));
        });

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
        fixture.makeDue(known.record());
        assertThat(Fixture.sweep(held)).isEmpty();
    }

    @Test
    void touchBehindWhichNobodyLooked_bringsTheSessionThrough() throws Exception {
        Known known = create();

        touchWhileHeld(known, () -> awaitOver(known));

        assertThat(other.load(known.record())).isInstanceOf(LoadResult.Found.class);
        fixture.makeDue(known.record());
        assertThat(Fixture.sweep(other)).isEmpty();
        assertThat(fixture.score(known.record())).isGreaterThan(fixture.redisMillis());
    }

    @Test
    void touchThatASweepOvertakes_bringsNothingBack() throws Exception {
        Known known = create();
        fixture.makeDue(known.record());

        touchWhileHeld(known, () -> {
            awaitOver(known);
            assertThat(Fixture.sweep(other)).hasSize(1);
        });

        assertThat(fixture.exists(known.record())).isFalse();
        assertThat(fixture.redis
                        .send("PTTL", fixture.endedKeys(known.record()).get(0))
                        .number())
                .isBetween(GRACE, GRACE + 30_000);
    }

    @Test
    void commitWhoseRecordRedisDropsMeanwhile_isGone_andMakesNoRecordOfItsChangesAlone() throws Exception {
        Known known = createLongHeldUp();

        CommitResult result =
                whileHeld("MULTI", known, () -> held.commit(known.put("a", "late")), () -> awaitDropped(known));

        assertThat(result).isEqualTo(new CommitResult.Gone());
        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void touchWhoseRecordRedisDropsMeanwhile_doesNothing() throws Exception {
        Known known = createLongHeldUp();

        touchWhileHeld(known, () -> awaitDropped(known));

        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void endOfARecordThatRedisDropsMeanwhile_isNobodys() throws Exception {
        Known known = createLongHeldUp();

        EndResult result = whileHeld(
                "RENAME", known, () -> held.end(known.record(), known.createdBy(), 0), () -> awaitDropped(known));

        assertThat(result).isEqualTo(new EndResult.Absent());
        assertThat(fixture.endedKeys(known.record())).isEmpty();
    }

    /** A session with little time left. */
    private Known create() {
        String record = newRecord();
        other.create(new NewSession(record, 0, 60, SECRET, Map.of("a", value("1")), Map.of()));
        Known known = Known.of(other, record);
        fixture.redis.send("PEXPIRE", fixture.key(record), GRACE + LEFT);
        return known;
    }

    /** A record that Redis drops soon, though the node that is held up saw it alive: as if it was held up for the whole grace. */
    private Known createLongHeldUp() {
        String record = newRecord();
        other.create(new NewSession(record, 0, 60, SECRET, Map.of("a", value("1")), Map.of()));
        Known known = Known.of(other, record);
        proxy.tamper(new Tamper() {
            @Override
            public Reply reply(List<String> command, Reply reply) {
                boolean asked = command.get(0).equals("PTTL") && reply.number() > 0;
                return asked ? new Reply.Numeric(reply.number() + GRACE + LEFT) : reply;
            }
        });
        fixture.redis.send("PEXPIRE", fixture.key(record), LEFT);
        return known;
    }

    private void awaitOver(Known known) {
        while (fixture.pttl(known.record()) > GRACE) {
            Thread.onSpinWait();
        }
        assertThat(fixture.pttl(known.record())).isPositive();
    }

    /** By the clock: a look at the key would itself have Redis drop it. */
    private void awaitDropped(Known known) {
        long left = fixture.pttl(known.record()); // before the clock, or what passes in between is missing
        long end = fixture.redisMillis() + left;
        while (fixture.redisMillis() <= end) {
            Thread.onSpinWait();
        }
    }

    private void touchWhileHeld(Known known, Runnable otherWork) throws Exception {
        whileHeld(
                "MULTI",
                known,
                () -> {
                    held.touch(known.record());
                    Fixture.awaitLane(held, known.record());
                    return known;
                },
                otherWork);
    }

    /** Does ours through the proxy; right before that sends its next such command, the other does its work. */
    private <T> T whileHeld(String command, Known known, Supplier<T> ours, Runnable otherWork) throws Exception {
        Pause pause = proxy.pauseBefore(command);
        CompletableFuture<T> running = CompletableFuture.supplyAsync(ours, task -> new Thread(task, "ours").start());
        pause.awaitReached();
        assertThat(fixture.pttl(known.record())).as("still there").isPositive();
        otherWork.run();
        pause.release();
        return running.get(10, SECONDS);
    }

    private static String text(EndLease lease) {
        return Records.text(lease.snapshot().attributes().get("a").value());
    }
}
