package io.holdfast.redis;

import static io.holdfast.redis.SessionStoreContract.leased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.SessionEvents;
import io.holdfast.expiry.EndTeller;
import io.holdfast.expiry.Reaper;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.EndLease;
import io.holdfast.session.LoadResult;
import io.holdfast.session.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis whose memory is full takes no data and no transactions, but sessions live on and can be ended. */
class FullMemoryTest {
    private Fixture fixture;
    private LocalRedis full;
    private RespConnection admin;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private final RecordingEvents events = new RecordingEvents();

    @BeforeEach
    void open() {
        fixture = new Fixture();
        full = LocalRedis.start();
        admin = RespConnection.open(full.uri());
        proxy = FaultProxy.before(full.uri());
        store = fixture.store(fixture.settings(proxy.uri()), events);
    }

    @AfterEach
    void close() {
        fixture.close();
        proxy.close();
        admin.close();
        full.close();
    }

    @Test
    void whatNeedsMemory_failsWithWhatToDo() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");

        assertThatThrownBy(() -> store.commit(known.put("a", "1"))).satisfies(FullMemoryTest::saysWhatToDo);
        assertThatThrownBy(() -> store.create(Records.newSession(Records.newRecord(), Map.of())))
                .satisfies(FullMemoryTest::saysWhatToDo);
    }

    @Test
    void whatRedisRefuses_isNotDone_andIsToldAsAnEvent() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");

        assertThatThrownBy(() -> store.create(Records.newSession(Records.newRecord(), Map.of())))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isNothingDone()).isTrue());

        assertThat(events.failures).singleElement().satisfies(FullMemoryTest::saysWhatToDo);
        assertThat(events.outages).isEmpty();
        store.load(known.record());
        assertThat(events.failures).hasSize(1);
    }

    @Test
    void scriptOfAnOlderRedis_isSeenToLackMemoryToo() {
        RedisError error = new RedisError("ERR Error running script (call to f_0): @user_script:1: @user_script: 1: "
                + "-OOM command not allowed when used memory > 'maxmemory'.");

        assertThat(error.isMemoryFull()).isTrue();
    }

    @Test
    void log_saysWhyListenersAreNotTold_andWhatToDo() {
        Known known = Known.create(store, Map.of());
        admin.send("PEXPIRE", fixture.key(known.record()), Fixture.GRACE_SECONDS * 1_000 - 1);
        admin.send("CONFIG", "SET", "maxmemory", "1");

        try (LogOf log = new LogOf(Reaper.class);
                Reaper reaper = new Reaper(store.ends(), Duration.ofMillis(50))) {
            reaper.start(new NobodyToTell());

            await().untilAsserted(
                            () -> assertThat(log.warnings()).singleElement().satisfies(FullMemoryTest::saysWhatToDo));
        }
    }

    @Test
    void log_saysWhyAConflictIsNotInTheJournal_andWhatToDo() {
        admin.send("CONFIG", "SET", "maxmemory", "1");

        try (LogOf log = new LogOf(ConflictJournal.class)) {
            store.conflictJournal().conflict(Records.newRecord(), ConflictJournalTest.REPORT);

            await().untilAsserted(
                            () -> assertThat(log.warnings()).singleElement().satisfies(FullMemoryTest::saysWhatToDo));
        }
    }

    @Test
    void log_saysWhyAConflictIsNotInTheJournal_alsoBehindAnOutage() {
        try (LogOf log = new LogOf(ConflictJournal.class)) {
            proxy.down();
            SessionEvents journal = store.conflictJournal();
            journal.conflict(Records.newRecord(), ConflictJournalTest.REPORT);
            proxy.up();
            admin.send("CONFIG", "SET", "maxmemory", "1");

            await().untilAsserted(() -> {
                journal.conflict(Records.newRecord(), ConflictJournalTest.REPORT);
                assertThat(log.warnings()).singleElement().satisfies(FullMemoryTest::saysWhatToDo);
            });
        }
    }

    @Test
    void sessionInUse_staysAlive() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");
        admin.send("PEXPIRE", fixture.key(known.record()), 60_000);

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());
        store.load(known.record());

        assertThat(admin.send("PTTL", fixture.key(known.record())).number()).isGreaterThan(1_000_000);
        assertThat(events.touchFailures).isEmpty();
    }

    @Test
    void sessionWhoseTimeIsOver_isNotBroughtBack() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");
        admin.send("PEXPIRE", fixture.key(known.record()), Fixture.GRACE_SECONDS * 1_000 - 1);

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());

        assertThat(store.load(known.record())).isEqualTo(new LoadResult.Ended());
    }

    @Test
    void endWhoseAnswerIsLost_isToldHere() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");
        proxy.cutAfterSending("DEL");

        leased(store.end(known.record(), known.createdBy(), 0));

        assertThat(store.load(known.record())).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void sessionWhoseTimeIsOver_isToldOnceThereIsMemoryAgain() {
        Known known = Known.create(store, Map.of());
        admin.send("PEXPIRE", fixture.key(known.record()), Fixture.GRACE_SECONDS * 1_000 - 1);
        admin.send("CONFIG", "SET", "maxmemory", "1");
        assertThatThrownBy(() -> Fixture.sweep(store)).isInstanceOf(StoreException.class);

        admin.send("CONFIG", "SET", "maxmemory", "0");

        assertThat(Fixture.sweep(store)).hasSize(1);
    }

    private static void saysWhatToDo(Throwable failure) {
        assertThat(failure).isInstanceOf(StoreException.class);
        saysWhatToDo(failure.getMessage());
    }

    private static void saysWhatToDo(String message) {
        assertThat(message)
                .contains("The memory of Redis is full. ", "OOM", "Raise maxmemory", "maxmemory-policy noeviction");
    }

    private static final class NobodyToTell implements EndTeller {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void tell(EndLease lease) {}

        @Override
        public void looked(String record, boolean alive) {}
    }

    /** What a class logs as a warning, from now until it is closed. */
    private static final class LogOf extends Handler implements AutoCloseable {
        private final Logger logger;
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        LogOf(Class<?> type) {
            logger = Logger.getLogger(type.getName());
            logger.addHandler(this);
        }

        List<String> warnings() {
            return warnings;
        }

        @Override
        public void publish(LogRecord logged) {
            if (logged.getLevel().equals(Level.WARNING)) {
                warnings.add(logged.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
