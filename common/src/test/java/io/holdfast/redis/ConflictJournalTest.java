package io.holdfast.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.Cut;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.RespConnection;
import io.holdfast.session.Conflict;
import io.holdfast.session.Writer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators find the conflicts of all nodes in one stream, which does not grow for ever. */
class ConflictJournalTest {
    static final ConflictReport REPORT = new ConflictReport(
            new Conflict("cart", 3, 5),
            "com.acme.Cart",
            new Writer("app-1", "/shop/add"),
            new Writer("app-2", "/shop/remove"),
            ConflictPolicy.MERGE,
            ConflictReport.Outcome.OVERWRITTEN,
            "there is no merger for com.acme.Cart");

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void entry_saysWhoDidWhatToWhich_butNoValue() {
        SessionEvents journal = fixture.store().conflictJournal();

        journal.conflict("record1", REPORT);
        await(fixture.redis, fixture.namespace, 1);

        assertThat(fixture.redis
                        .send("XRANGE", key(), "-", "+")
                        .elements()
                        .get(0)
                        .elements()
                        .get(1)
                        .texts())
                .containsExactly(
                        "session", "record1",
                        "attribute", "cart",
                        "class", "com.acme.Cart",
                        "policy", "merge",
                        "outcome", "overwritten",
                        "note", "there is no merger for com.acme.Cart",
                        "node", "app-1",
                        "uri", "/shop/add",
                        "otherNode", "app-2",
                        "otherUri", "/shop/remove");
        assertThat(fixture.redis.send("PTTL", key()).number()).isPositive();
    }

    @Test
    void whatIsNotKnown_isLeftOut() {
        SessionEvents journal = fixture.store().conflictJournal();

        journal.conflict(
                "record1",
                new ConflictReport(
                        new Conflict("cart", 3, 5),
                        null,
                        new Writer("app-1", ""),
                        Writer.UNKNOWN,
                        ConflictPolicy.LAST_WRITE_WINS,
                        ConflictReport.Outcome.OVERWRITTEN,
                        null));
        await(fixture.redis, fixture.namespace, 1);

        assertThat(fixture.redis
                        .send("XRANGE", key(), "-", "+")
                        .elements()
                        .get(0)
                        .elements()
                        .get(1)
                        .texts())
                .containsExactly(
                        "session", "record1",
                        "attribute", "cart",
                        "policy", "last-write-wins",
                        "outcome", "overwritten",
                        "node", "app-1");
    }

    @Test
    void oldEntries_areDropped() {
        SessionEvents journal = fixture.store(
                        fixture.settings().set(Setting.CONFLICT_JOURNAL_ENTRIES, "100"), SessionEvents.NONE)
                .conflictJournal();

        IntStream.range(0, 1_000).forEach(i -> journal.conflict("record" + i, REPORT));

        Awaitility.await().untilAsserted(() -> assertThat(lastSession()).isEqualTo("record999"));
        assertThat(fixture.redis.send("XLEN", key()).number()).isBetween(100L, 300L);
    }

    @Test
    void thoseThatComeWhileOthersAreOnTheirWay_goTogether_inOrder() {
        FaultProxy proxy = fixture.proxy();
        SessionEvents journal = through(proxy);
        List<String> sent = new CopyOnWriteArrayList<>();
        proxy.pauseBefore(command -> {
            sent.add(command.get(0));
            return false;
        });
        Pause pause = proxy.pauseBefore("XADD");

        journal.conflict("first", REPORT);
        pause.awaitReached();
        IntStream.range(0, ConflictJournal.MOST_TOGETHER).forEach(i -> journal.conflict("record" + i, REPORT));
        pause.release();

        await(fixture.redis, fixture.namespace, 1 + ConflictJournal.MOST_TOGETHER);
        assertThat(sessions()).startsWith("first", "record0", "record1").endsWith("record99");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(sent.stream().filter("PEXPIRE"::equals)).hasSize(2));
    }

    @Test
    void ifTooManyWait_theOldestAreGivenUp() {
        FaultProxy proxy = fixture.proxy();
        SessionEvents journal = through(proxy);
        Pause pause = proxy.pauseBefore("XADD");

        journal.conflict("first", REPORT);
        pause.awaitReached();
        int last = ConflictJournal.MOST_WAITING + 10;
        IntStream.rangeClosed(1, last).forEach(i -> journal.conflict("record" + i, REPORT));
        pause.release();

        await(fixture.redis, fixture.namespace, 1 + ConflictJournal.MOST_WAITING);
        assertThat(sessions())
                .hasSize(1 + ConflictJournal.MOST_WAITING)
                .startsWith("first", "record11")
                .endsWith("record" + last);
    }

    @Test
    void connectionIsLostWithAnEntry_thoseThatWaitAreWritten() {
        FaultProxy proxy = fixture.proxy();
        SessionEvents journal = through(proxy);
        Pause pause = proxy.pauseBefore("XADD");
        Cut cut = proxy.cutInsteadOfSending(command -> command.contains("lost"));

        journal.conflict("lost", REPORT);
        pause.awaitReached();
        journal.conflict("waiting", REPORT);
        pause.release();
        cut.awaitDone();

        await(fixture.redis, fixture.namespace, 1);
        assertThat(sessions()).containsExactly("waiting");
    }

    /** As where the heap is full. */
    @Test
    void endOfSendingIsLost_laterEntriesAreSentAllTheSame() {
        BlockingQueue<List<RedisCall>> sent = new LinkedBlockingQueue<>();
        Duration longest = Duration.ofMillis(50);
        SessionEvents journal = new ConflictJournal(
                (record, calls) -> {
                    sent.add(calls);
                    return new CompletableFuture<>();
                },
                new RedisKeys("shop"),
                100,
                longest);

        journal.conflict("first", REPORT);
        journal.conflict("second", REPORT);
        assertThat(sent).hasSize(1);

        Awaitility.await().pollDelay(longest.plusMillis(1)).untilAsserted(() -> {
            journal.conflict("third", REPORT);
            assertThat(sent).hasSizeGreaterThan(1);
        });
    }

    @Test
    void switchedOff_writesNothing() {
        assertThat(fixture.store(fixture.settings().set(Setting.CONFLICT_JOURNAL_ENTRIES, "0"), SessionEvents.NONE)
                        .conflictJournal())
                .isSameAs(SessionEvents.NONE);
    }

    /** Waits until the journal of {@code namespace} has so many entries. */
    static void await(RespConnection redis, String namespace, int entries) {
        Awaitility.await()
                .until(() -> redis.send("XLEN", "holdfast:" + namespace + ":conflicts")
                                .number()
                        >= entries);
    }

    private SessionEvents through(FaultProxy proxy) {
        return fixture.store(fixture.settings(proxy.uri()), SessionEvents.NONE).conflictJournal();
    }

    private List<String> sessions() {
        return fixture.redis.send("XRANGE", key(), "-", "+").elements().stream()
                .map(entry -> entry.elements().get(1).texts().get(1))
                .toList();
    }

    private String lastSession() {
        var last =
                fixture.redis.send("XREVRANGE", key(), "+", "-", "COUNT", "1").elements();
        return last.isEmpty() ? "" : last.get(0).elements().get(1).texts().get(1);
    }

    private String key() {
        return "holdfast:" + fixture.namespace + ":conflicts";
    }
}
