package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.SessionStoreContract.committed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis away, silent, back again, or full: bounded waits, immediate answers, one report per outage, no repair by hand. */
class OutageTest {
    private static final int TIMEOUT_MILLIS = 500;
    private static final Duration AT_ONCE = Duration.ofMillis(150);

    private final RecordingEvents events = new RecordingEvents();

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        proxy = fixture.proxy();
        store = fixture.store(
                fixture.settings(proxy.uri()).set(Setting.COMMAND_TIMEOUT_MILLIS, String.valueOf(TIMEOUT_MILLIS)),
                events);
        other = fixture.store();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void opensWithoutRedis_andWorksOnceItIsThere() {
        try (LocalRedis redis = LocalRedis.start()) {
            redis.stop();
            RedisSessionStore early = fixture.store(fixture.settings(redis.uri()), events);
            assertThatThrownBy(() -> early.load(Records.newRecord())).isInstanceOf(StoreUnavailableException.class);

            redis.startAgain();

            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(early.load(Records.newRecord())).isEqualTo(new LoadResult.Absent()));
            assertThat(events.outages).containsExactly("down", "up");
        }
    }

    @Test
    void restartOfRedisBetweenTwoLoads_costsNoRequest() {
        try (LocalRedis redis = LocalRedis.start()) {
            RedisSessionStore patient = fixture.store(fixture.settings(redis.uri()), events);
            patient.load(Records.newRecord());

            redis.stop();
            redis.startAgain();

            assertThat(patient.load(Records.newRecord())).isEqualTo(new LoadResult.Absent());
            assertThat(events.outages).isEmpty();
        }
    }

    @Test
    void whileRedisIsDown_operationsFailAtOnce_andHealOnceItIsUp_withOneReportEach() {
        Known known = Known.create(store, Map.of());
        proxy.down();

        List<ThrowingCallable> operations = List.of(
                () -> store.load(known.record()),
                () -> store.commit(known.put("a", "1", 0)),
                () -> store.create(Records.newSession(Records.newRecord(), Map.of())),
                () -> store.ends().lease(known.record()),
                () -> store.end(known.record(), known.createdBy(), 0));
        for (int round = 0; round < 3; round++) {
            for (ThrowingCallable operation : operations) {
                long start = System.nanoTime();
                assertThatThrownBy(operation)
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(
                                "redis://127.0.0.1:" + URI.create(proxy.uri()).getPort());
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
            }
        }
        assertThat(events.outages).containsExactly("down");

        proxy.up();

        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(find(store, known.record()).version()).isEqualTo(1));
        await().ignoreExceptions().untilAsserted(() -> committed(store.commit(known.put("a", "1", 0))));
        assertThat(events.outages).containsExactly("down", "up");
    }

    @Test
    void whileRedisIsSilent_loadEndsWithinTheTimeOut() {
        Known known = Known.create(store, Map.of());
        store.load(known.record());
        proxy.freeze();

        assertEndsInTime(() -> store.load(known.record()), "did not answer within 500 ms", "commandTimeoutMillis");
        assertThat(events.outages).containsExactly("down");

        proxy.thaw();
        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(find(store, known.record()).version()).isEqualTo(1));
        assertThat(events.outages).containsExactly("down", "up");
    }

    @Test
    void whileRedisIsSilent_commitEndsWithinTheTimeOutAndNothingIsWrittenLater() {
        Known known = Known.create(store, Map.of());
        proxy.freeze();

        assertEndsInTime(() -> store.commit(known.put("a", "1", 0)), known.record(), "Nothing was written", "500 ms");

        proxy.thaw();
        await().ignoreExceptions().untilAsserted(() -> store.load(known.record()));
        assertThat(find(other, known.record()).version()).isEqualTo(1);
    }

    @Test
    void commitsBehindASilentOne_failWithItAndAreNotWrittenLater() throws Exception {
        RedisSessionStore oneLane = fixture.store(
                fixture.settings(proxy.uri())
                        .set(Setting.COMMAND_TIMEOUT_MILLIS, String.valueOf(TIMEOUT_MILLIS))
                        .set(Setting.COMMIT_LANES, "1"),
                events);
        List<Known> sessions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            sessions.add(Known.create(oneLane, Map.of()));
        }
        proxy.freeze();
        List<CompletableFuture<CommitResult>> commits = sessions.stream()
                .map(known -> inBackground(() -> oneLane.commit(known.put("a", "1", 0))))
                .toList();

        for (CompletableFuture<CommitResult> commit : commits) {
            assertThatThrownBy(() -> commit.get(10, SECONDS))
                    .cause()
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("Nothing was written");
        }
        proxy.thaw();
        await().ignoreExceptions().untilAsserted(() -> oneLane.ends().lease(Records.newRecord()));
        for (Known known : sessions) {
            assertThat(find(other, known.record()).version()).isEqualTo(1);
        }
    }

    @Test
    void commitWhoseAnswerWasLostInAnOutage_isFoundWhenRedisIsBackInTime() throws Exception {
        RedisSessionStore patient =
                fixture.store(fixture.settings(proxy.uri()).set(Setting.COMMAND_TIMEOUT_MILLIS, "5000"), events);
        Known known = Known.create(patient, Map.of());
        proxy.cutAfterSending("EXEC");
        Pause pause = proxy.pauseBefore("EXEC");
        CompletableFuture<CommitResult> ours = inBackground(() -> patient.commit(known.put("a", "1", 0)));
        pause.awaitReached();
        pause.release();
        while (find(other, known.record()).version() == 1) {
            Thread.onSpinWait();
        }
        proxy.down();
        Known unlucky = new Known(known.record(), known.metadata(), 2, false);
        assertThatThrownBy(() -> patient.load(unlucky.record())).isInstanceOf(StoreUnavailableException.class);
        proxy.up();

        assertThat(committed(ours.get(10, SECONDS)).version()).isEqualTo(2);
        assertThat(find(other, known.record()).version()).isEqualTo(2);
    }

    @Test
    void commitWhoseAnswerWasLostInALongOutage_failsAndSaysThatTheOutcomeIsUnknown() {
        Known known = Known.create(store, Map.of());
        Pause pause = proxy.pauseBefore("EXEC");
        CompletableFuture<CommitResult> ours = inBackground(() -> store.commit(known.put("a", "1", 0)));
        pause.awaitReached();
        proxy.down();

        assertThatThrownBy(() -> ours.get(10, SECONDS))
                .cause()
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll(known.record(), "not known");
        pause.release();
    }

    @Test
    void commitThatRedisRefuses_failsWithItsWords_andTheLaneGoesOn() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection raw = RespConnection.open(redis.uri())) {
            RedisSessionStore full =
                    fixture.store(fixture.settings(redis.uri()).set(Setting.COMMIT_LANES, "1"), events);
            Known known = Known.create(full, Map.of());
            raw.send("CONFIG", "SET", "maxmemory", "1");

            assertThatThrownBy(() -> full.commit(known.put("a", "1", 0)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(known.record(), "HSET", "OOM");

            raw.send("CONFIG", "SET", "maxmemory", "0");
            assertThat(committed(full.commit(known.put("a", "1", 0))).version()).isEqualTo(2);
            assertThat(attributes(full, known.record())).containsOnly(Map.entry("a", "1"));
            assertThat(events.outages).isEmpty();
        }
    }

    @Test
    void passwordAndUser_work_andAreNeverShown() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection raw = RespConnection.open(redis.uri())) {
            raw.send("ACL", "SETUSER", "holdfast", "on", ">s3cret:word", "~holdfast:*", "+@all");
            String address = "127.0.0.1:" + redis.port();
            RedisSessionStore allowed =
                    fixture.store(fixture.settings("redis://holdfast:s3cret%3Aword@" + address + "/1"), events);
            assertThat(committed(allowed.commit(Known.create(allowed, Map.of()).put("a", "1", 0)))
                            .version())
                    .isEqualTo(2);

            RedisSessionStore wrong = fixture.store(fixture.settings("redis://holdfast:wr0ng@" + address), events);
            await().untilAsserted(() -> assertThatThrownBy(() -> wrong.load(Records.newRecord()))
                    .as("on a busy machine the driver may notice first that it has closed the connection")
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContainingAll("redis://***@" + address, "WRONGPASS")
                    .hasMessageNotContaining("wr0ng"));
        }
    }

    @Test
    void interruptedCommit_restoresTheInterruptAndWritesNothingLater() throws Exception {
        Known known = Known.create(other, Map.of());
        Pause pause = proxy.pauseBefore("WATCH");
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread committer = new Thread(() -> {
            try {
                store.commit(known.put("a", "1", 0));
                interrupted.complete(false);
            } catch (StoreException e) {
                interrupted.complete(
                        Thread.currentThread().isInterrupted() && e.getMessage().contains("Nothing was written"));
            }
        });
        committer.start();
        pause.awaitReached();
        committer.interrupt();
        assertThat(interrupted.get(10, SECONDS)).isTrue();
        pause.release();

        assertThat(store.ends().lease(known.record())).isNotNull(); // the lane goes on
        assertThat(find(other, known.record()).version()).isEqualTo(1);
    }

    @Test
    void closedStore_refusesAndSaysSo() {
        Known known = Known.create(store, Map.of());
        store.close();
        store.close();

        assertThatThrownBy(() -> store.load(known.record()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> store.commit(known.put("a", "1", 0)))
                .hasMessageContaining("closed")
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isNothingDone()).isTrue());
        assertThat(events.outages).isEmpty();
    }

    @Test
    void closeWithACommitUnderWay_endsTheCommit() throws Exception {
        Known known = Known.create(store, Map.of());
        Pause pause = proxy.pauseBefore("WATCH");
        CompletableFuture<CommitResult> ours = inBackground(() -> store.commit(known.put("a", "1", 0)));
        pause.awaitReached();

        store.close();

        assertThatThrownBy(() -> ours.get(10, SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isNothingDone()).isTrue());
    }

    @Test
    void touches_whileRedisIsSilent_doNotPileUp_andEachIsReported() {
        Known known = Known.create(store, Map.of());
        proxy.freeze();

        for (int i = 0; i < 100; i++) {
            store.touch(known.record());
        }

        await().atMost(Duration.ofMillis(4 * TIMEOUT_MILLIS)).until(() -> events.touchFailures.size() == 100);
        proxy.thaw();
        await().ignoreExceptions().untilAsserted(() -> committed(store.commit(known.put("a", "1", 0))));
    }

    @Test
    void touch_whileRedisIsDown_isReported_andTheNextOneTakesEffectOnceItIsUp() {
        Known known = Known.create(store, Map.of());
        proxy.down();
        store.touch(known.record());
        await().until(() -> events.touchFailures.size() == 1);

        proxy.up();

        fixture.redis.send("PEXPIRE", fixture.key(known.record()), 60_000);
        await().untilAsserted(() -> {
            store.touch(known.record());
            assertThat(fixture.pttl(known.record())).isGreaterThan(1_000_000);
        });
    }

    @Test
    void close_leavesNoThreadBehind() {
        RedisSessionStore busy = fixture.store(fixture.settings(), events);
        Known known = Known.create(busy, Map.of());
        busy.commit(known.put("a", "1", 0));
        busy.touch(known.record());
        assertThat(threadsOfStores()).isNotEmpty().allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isSameAs(RedisSessionStore.class.getClassLoader());
        });

        store.close();
        other.close();
        busy.close();

        await().untilAsserted(() -> assertThat(threadsOfStores()).isEmpty());
    }

    private static List<Thread> threadsOfStores() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(StoreThreads.NAME_PREFIX)
                        || thread.getName().contains("lettuce")
                        || thread.getName().contains("netty"))
                .toList();
    }

    private static void assertEndsInTime(ThrowingCallable operation, String... words) {
        long start = System.nanoTime();
        assertThatThrownBy(operation)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll(words);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(TIMEOUT_MILLIS - 50), Duration.ofMillis(2L * TIMEOUT_MILLIS));
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "committer").start());
    }
}
