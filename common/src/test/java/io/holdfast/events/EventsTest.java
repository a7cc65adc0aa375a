package io.holdfast.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.Conflict;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import io.holdfast.session.Writer;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final String RECORD = "0123456789abcdef";
    private final NotEncodableException notStorable =
            new NotEncodableException("java.lang.Thread", "it does not implement java.io.Serializable", null);

    @Test
    void counters_countEachKind() {
        EventCounters counters = new EventCounters();

        counters.committed(RECORD, 3);
        counters.commitRetried(RECORD, 1);
        counters.conflict(RECORD, report("cart", 1, 2));
        counters.conflict(RECORD, report("cart", 2, 3));
        counters.commitDropped(RECORD);
        counters.commitFailed(RECORD, new StoreUnavailableException("down"));
        counters.exclusiveWaited(RECORD, 5);
        counters.exclusiveTimedOut(RECORD, 100);
        counters.leaseLost(RECORD);
        counters.attributeUnreadable(RECORD, "cart", new UnreadableAttributeException("Cart", "gone", null));
        counters.attributeNotStored(RECORD, "thread", "java.lang.Thread", notStorable);
        counters.operationFailed(new StoreException("refused"));
        counters.storeDown("redis://localhost", new IllegalStateException());

        assertThat(counters.commits()).isEqualTo(1);
        assertThat(counters.retries()).isEqualTo(1);
        assertThat(counters.conflicts()).isEqualTo(2);
        assertThat(counters.conflictsByAttribute()).isEqualTo(Map.of("cart", 2L));
        assertThat(counters.dropped()).isEqualTo(1);
        assertThat(counters.failed()).isEqualTo(1);
        assertThat(counters.exclusiveWaits()).isEqualTo(1);
        assertThat(counters.exclusiveTimeouts()).isEqualTo(1);
        assertThat(counters.lostLeases()).isEqualTo(1);
        assertThat(counters.unreadable()).isEqualTo(1);
        assertThat(counters.notStored()).isEqualTo(1);
        assertThat(counters.failedOperations()).isEqualTo(1);
        assertThat(counters.outages()).isEqualTo(1);
    }

    @Test
    void counters_rememberABoundedNumberOfAttributeNames() {
        EventCounters counters = new EventCounters();
        for (int i = 0; i < 1_500; i++) {
            counters.conflict(RECORD, report("attribute" + i, 1, 2));
        }

        assertThat(counters.conflictsByAttribute()).hasSize(1_001).containsEntry("(others)", 500L);
    }

    @Test
    void everyEvent_isPassedOnToAllListeners() throws Exception {
        for (Method event : SessionEvents.class.getMethods()) {
            assertThat(AllEvents.class
                            .getMethod(event.getName(), event.getParameterTypes())
                            .getDeclaringClass())
                    .as(event.getName())
                    .isEqualTo(AllEvents.class);
        }
        EventCounters one = new EventCounters();
        EventCounters other = new EventCounters();
        new AllEvents(List.of(one, other)).committed(RECORD, 1);
        assertThat(one.commits()).isEqualTo(1);
        assertThat(other.commits()).isEqualTo(1);
    }

    @Test
    void log_warnsOncePerAttributeAndClass() {
        try (LogCatcher log = new LogCatcher()) {
            EventLog events = new EventLog("localhost/shop");
            events.attributeNotStored(RECORD, "thread", "java.lang.Thread", notStorable);
            events.attributeNotStored(RECORD, "thread", "java.lang.Thread", notStorable);
            events.attributeNotStored(RECORD, "other", "java.lang.Thread", notStorable);

            assertThat(log.messages).hasSize(2);
            assertThat(log.messages.get(0)).contains("localhost/shop", RECORD, "\"thread\"", "java.lang.Thread");
        }
    }

    @Test
    void log_showsNoStackTraceOfOurOwn_butThatOfTheValue() {
        try (LogCatcher log = new LogCatcher()) {
            EventLog events = new EventLog("localhost/shop");
            IllegalStateException ofTheValue = new IllegalStateException("thrown by its writeObject");
            events.attributeNotStored(RECORD, "thread", "java.lang.Thread", notStorable);
            events.attributeNotStored(RECORD, "cart", "Cart", new NotEncodableException("Cart", "failed", ofTheValue));
            events.commitFailed(RECORD, new StoreUnavailableException("Redis does not answer"));
            events.commitFailed(RECORD, ofTheValue);

            assertThat(log.thrown).containsExactly(null, ofTheValue, null, ofTheValue);
            assertThat(log.messages.get(0)).contains("it does not implement java.io.Serializable");
            assertThat(log.messages.get(2)).contains("changes were not stored", "Redis does not answer");
        }
    }

    @Test
    void log_tellsFailuresOfOneKindOnceAMinute() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE);
        try (LogCatcher log = new LogCatcher()) {
            EventLog events = new EventLog("localhost/shop", now::get);
            events.operationFailed(new StoreException("Redis refused HSET.", new StoreException("its cause")));
            events.operationFailed(new StoreException("Redis refused HGETALL."));
            events.operationFailed(new CommitContentionException("Overtaken."));
            now.addAndGet(Duration.ofSeconds(59).toNanos());
            events.operationFailed(new StoreException("Redis refused HSET."));
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            events.operationFailed(new StoreException("Redis refused EXEC."));

            assertThat(log.messages).hasSize(3);
            assertThat(log.messages.get(0)).contains("localhost/shop", "Redis refused HSET.");
            assertThat(log.messages.get(1)).contains("Overtaken.");
            assertThat(log.messages.get(2)).contains("Redis refused EXEC.");
            assertThat(log.thrown).containsOnlyNulls();
        }
    }

    @Test
    void log_tellsConflictsOfTheSameRequestsOnceAMinute() {
        AtomicLong now = new AtomicLong();
        try (LogCatcher log = new LogCatcher(Level.INFO)) {
            EventLog events = new EventLog("localhost/shop", now::get);
            events.conflict(RECORD, report("cart", 1, 2));
            events.conflict("another", report("cart", 7, 9));
            events.conflict(RECORD, report("user", 1, 2));
            events.conflict(RECORD, by("/checkout", null));
            events.conflict(RECORD, by("/checkout", "one entry was lost"));
            events.conflict(RECORD, by("/search", null));
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            events.conflict(RECORD, report("cart", 3, 4));

            assertThat(log.messages).hasSize(6);
            assertThat(log.messages.get(0)).contains("localhost/shop", RECORD, "\"cart\"", "version 1", "version 2");
            assertThat(log.messages.get(1)).contains("\"user\"");
            assertThat(log.messages.get(2)).contains("/checkout");
            assertThat(log.messages.get(3)).contains("/checkout", "one entry was lost");
            assertThat(log.messages.get(4)).contains("/search");
            assertThat(log.messages.get(5)).contains("\"cart\"", "version 3");
        }
    }

    @Test
    void log_tellsTheOtherConflictsAtDebug() {
        try (LogCatcher log = new LogCatcher(Level.FINE)) {
            EventLog events = new EventLog("localhost/shop");
            events.conflict(RECORD, report("cart", 1, 2));
            events.conflict("another", report("cart", 7, 9));

            assertThat(log.messages).singleElement().asString().contains("another", "version 7");
        }
    }

    @Test
    void log_tellsABoundedNumberOfConflictsAMinute() {
        try (LogCatcher log = new LogCatcher(Level.INFO)) {
            EventLog events = new EventLog("localhost/shop");
            for (int i = 0; i < 1_000; i++) {
                events.conflict(RECORD, report("attribute" + i, 1, 2));
            }

            assertThat(log.messages).hasSize(100);
        }
    }

    /** What is logged at one level while it is open. */
    private static final class LogCatcher extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("io.holdfast");
        private final List<String> messages = new ArrayList<>();
        private final List<Throwable> thrown = new ArrayList<>();
        private final Level level;

        LogCatcher() {
            this(Level.WARNING);
        }

        LogCatcher(Level level) {
            this.level = level;
            logger.setLevel(level);
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord logRecord) {
            if (logRecord.getLevel().equals(level)) {
                messages.add(logRecord.getMessage());
                thrown.add(logRecord.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setLevel(null);
            logger.setUseParentHandlers(true);
        }
    }

    private static ConflictReport by(String path, @Nullable String note) {
        return new ConflictReport(
                new Conflict("cart", 1, 2),
                "java.util.HashMap",
                new Writer("a", path),
                Writer.UNKNOWN,
                ConflictPolicy.MERGE,
                ConflictReport.Outcome.MERGED,
                note);
    }

    private static ConflictReport report(String attribute, long base, long found) {
        return new ConflictReport(
                new Conflict(attribute, base, found),
                "java.lang.String",
                Writer.UNKNOWN,
                Writer.UNKNOWN,
                ConflictPolicy.MERGE,
                ConflictReport.Outcome.OVERWRITTEN,
                null);
    }
}
