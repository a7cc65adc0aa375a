package io.holdfast.redis;

import static io.holdfast.redis.Records.copy;
import static io.holdfast.redis.Records.copyOfAnotherCommit;
import static io.holdfast.redis.Records.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.NetworkBytes;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each operation costs, counted by a Redis that nobody else uses: commands, and reads from the socket, i.e. flushes. */
class StoreCostTest {
    private static final Writer WRITER = new Writer("node-1", "/shop/cart/add");

    private static LocalRedis redis;

    private Fixture fixture;
    private RedisSessionStore store;
    private RespConnection raw;

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void open() {
        fixture = new Fixture();
        raw = RespConnection.open(redis.uri());
        store = fixture.store(fixture.settings(redis.uri()).set(Setting.COMMIT_LANES, "1"), SessionEvents.NONE);
        Known warmUp = Known.create(store, Map.of());
        store.commit(warmUp.put("a", "1", 0)); // ends with a finished EXEC: nothing is watched
        store.load(warmUp.record());
        store.load(warmUp.record(), copy(store, warmUp.record(), 1_000_000)); // now Redis knows the script
    }

    @Test
    void firstLoadOfALargeKnownCopy_sinceRedisWasStarted_costsTwoFlushes() {
        Known known = Known.create(store, Map.of("a", value("x".repeat(40_000))));
        KnownCopy copy = copy(store, known.record(), 1_000_000);
        raw.send("SCRIPT", "FLUSH");

        CommandCounts first = cost(() -> store.load(known.record(), copy));
        CommandCounts second = cost(() -> store.load(known.record(), copy));

        assertThat(first.calls()).contains(entry("evalsha", 1L), entry("eval", 1L));
        assertThat(first.reads()).isEqualTo(2);
        assertThat(second.reads()).isEqualTo(1);
    }

    @AfterEach
    void close() {
        raw.close();
        fixture.close();
    }

    @Test
    void load_costsOneFlush() {
        Known known = Known.create(store, Map.of("a", value("1")));

        CommandCounts cost = cost(() -> store.load(known.record()));

        assertThat(cost.calls()).containsOnly(entry("hgetall", 1L), entry("pttl", 1L));
        assertThat(cost.reads()).isEqualTo(1);
    }

    @Test
    void loadOfLargeKnownCopy_costsOneFlushWithoutTheAttributes() {
        Known known = Known.create(store, Map.of("a", value("x".repeat(40_000))));

        KnownCopy copy = copy(store, known.record(), 1_000_000);

        CommandCounts cost = cost(() -> store.load(known.record(), copy));

        assertThat(cost.calls()).containsOnly(entry("evalsha", 1L), entry("hmget", 1L), entry("pttl", 1L));
        assertThat(cost.reads()).isEqualTo(1);
    }

    @Test
    void loadOfSmallOutdatedCopy_costsOneFlush() {
        Known known = Known.create(store, Map.of("a", value("1")));
        KnownCopy copy = copy(store, known.record(), 999);
        store.commit(known.put("a", "2"));

        CommandCounts cost = cost(() -> store.load(known.record(), copy));

        assertThat(cost.calls()).containsOnly(entry("hgetall", 1L), entry("pttl", 1L));
        assertThat(cost.reads()).isEqualTo(1);
    }

    @Test
    void loadOfLargeOutdatedCopy_costsOneFlush() {
        Known known = Known.create(store, Map.of("a", value("1")));
        KnownCopy copy = copy(store, known.record(), 1_000_000);
        store.commit(known.large(true).put("a", "2"));

        CommandCounts cost = cost(() -> store.load(known.record(), copy));

        assertThat(cost.calls())
                .containsOnly(entry("evalsha", 1L), entry("hmget", 3L), entry("hlen", 1L), entry("pttl", 1L));
        assertThat(cost.reads()).isEqualTo(1);
    }

    @Test
    void loadOfLargeOutdatedCopy_whoseChangesAreNotNoted_costsTwoFlushes() {
        Known known = Known.create(store, Map.of("a", value("1")));
        KnownCopy copy = copy(store, known.record(), 1_000_000);
        store.commit(known.put("a", "2"));

        CommandCounts cost = cost(() -> store.load(known.record(), copy));

        assertThat(cost.calls()).contains(entry("hgetall", 1L));
        assertThat(cost.reads()).isEqualTo(2);
    }

    @Test
    void changeOfALargeSession_movesWhatChanged_atTheCommitAndToTheOtherNode() {
        String filler = "x".repeat(1_024);
        Map<String, EncodedValue> attributes = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            attributes.put("attribute" + i, value(filler + i));
        }
        Known known = Known.create(store, attributes);
        for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS; i++) { // as many remembered commits as there can be
            change(known, "attribute0", filler);
        }
        KnownCopy copy = copy(store, known.record(), 400 * 1_024);
        NetworkBytes whole = bytes(() -> store.load(known.record()));
        SessionDelta delta = Known.of(store, known.record()).large(true).putUndecided("attribute7", filler, WRITER);

        NetworkBytes commit = bytes(() -> store.commit(delta));
        NetworkBytes newer =
                bytes(() -> assertThat(store.load(known.record(), copy)).isInstanceOf(LoadResult.Newer.class));

        assertThat(whole.fromRedis()).isGreaterThan(400 * 1_024);
        assertThat(commit.toRedis()).isGreaterThan(1_024);
        assertThat(commit.toRedis() + commit.fromRedis()).isLessThan(2_048);
        assertThat(newer.fromRedis()).isBetween(1_024L, 2_048L);
        assertThat(newer.toRedis()).isLessThan(1_024);
    }

    @Test
    void repeatedLoadOfAnUnchangedLargeSession_movesNextToNothing() {
        RedisSessionStore shop = fixture.store(
                fixture.settings(redis.uri()).set(Setting.NAMESPACE, "localhost/shop"), SessionEvents.NONE);
        Known created = Known.create(shop, Map.of("a", value("x".repeat(400 * 1_024))));
        for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS; i++) { // as many remembered commits as there can be
            shop.commit(Known.of(shop, created.record()).large(true).putUndecided("b", "x", WRITER));
        }
        KnownCopy copy = copy(shop, created.record(), 400 * 1_024);

        NetworkBytes bytes =
                bytes(() -> assertThat(shop.load(created.record(), copy)).isInstanceOf(LoadResult.Current.class));

        assertThat(bytes.toRedis() + bytes.fromRedis()).isLessThan(200);
    }

    private void change(Known known, String name, String text) {
        store.commit(Known.of(store, known.record()).large(true).putUndecided(name, text, WRITER));
    }

    @Test
    void loadOfLargeCopyOfAnUnknownState_costsTwoFlushes() {
        Known known = Known.create(store, Map.of("a", value("1")));

        KnownCopy copy = copyOfAnotherCommit(store, known.record(), 1_000_000);

        CommandCounts cost = cost(() -> store.load(known.record(), copy));

        assertThat(cost.calls()).contains(entry("hgetall", 1L), entry("evalsha", 1L));
        assertThat(cost.reads()).isEqualTo(2);
    }

    @Test
    void conflict_costsTwoFlushesToFindAndTwoToWriteWhatWasDecided() {
        Known known = Known.create(store, Map.of("a", value("1")));
        store.commit(known.put("a", "theirs"));

        CommandCounts found = cost(() -> store.commit(known.putUndecided("a", "ours", Writer.UNKNOWN)));
        assertThat(found.calls()).contains(entry("watch", 1L), entry("hmget", 2L), entry("pttl", 1L));
        assertThat(found.calls()).doesNotContainKeys("multi", "hset", "exec");
        assertThat(found.reads()).isEqualTo(2);

        Known later = Known.of(store, known.record());
        CommandCounts decided = cost(() -> store.commit(later.putUndecided("a", "both", Writer.UNKNOWN)));
        assertThat(decided.calls()).contains(entry("hmget", 1L), entry("exec", 1L));
        assertThat(decided.reads()).isEqualTo(2);

        KnownCopy copyBefore = copy(store, known.record(), 1_000_000);
        store.commit(Known.of(store, known.record()).put("a", "theirs again"));
        SessionDelta large = Known.of(store, known.record()).putUndecided("a", "all", Writer.UNKNOWN);
        assertThat(cost(() -> store.commit(large.withLargeCopy(copyBefore))).reads())
                .isEqualTo(2);
    }

    @Test
    void commit_costsTwoFlushes() {
        Known known = Known.create(store, Map.of("a", value("1")));

        CommandCounts cost = cost(() -> store.commit(new SessionDelta(
                known.record(),
                known.createdBy(),
                1,
                Map.of("a", new Change.Remove(1), "b", new Change.Put(value("2"), 0)),
                Map.of(),
                MetadataChange.NONE)));

        assertThat(cost.calls())
                .containsOnly(
                        entry("watch", 1L),
                        entry("hmget", 1L),
                        entry("pttl", 1L),
                        entry("multi", 1L),
                        entry("hset", 1L),
                        entry("hdel", 1L),
                        entry("pexpire", 1L),
                        entry("exec", 1L));
        assertThat(cost.reads()).isEqualTo(2);
    }

    @Test
    void commitOfALargeRecord_costsTwoFlushesToo_andOneMoreIfItIsNotAsExpected() {
        Known created = Known.create(store, Map.of("a", value("1"))).large(true);
        CommandCounts unknown = cost(() -> store.commit(created.put("a", "2"))); // it has just become large
        Known known = Known.of(store, created.record()).large(true);

        CommandCounts expected = cost(() -> store.commit(known.put("a", "3")));
        CommandCounts outdated = cost(() -> store.commit(known.put("b", "1", 0)));

        assertThat(expected.calls())
                .containsOnlyKeys("watch", "hmget", "pttl", "multi", "hset", "pexpire", "exec")
                .allSatisfy((command, calls) -> assertThat(calls).isOne());
        assertThat(expected.reads()).isEqualTo(2);
        assertThat(unknown.reads()).isEqualTo(3);
        assertThat(unknown.calls()).containsEntry("hmget", 2L);
        assertThat(outdated.reads()).isEqualTo(3);
        assertThat(outdated.calls()).containsEntry("hmget", 3L);
        assertThat(cost(() -> store.commit(known.metadata(MetadataChange.NONE))).reads())
                .isEqualTo(2);
        store.end(known.record(), known.createdBy(), 0);
        assertThat(cost(() -> store.commit(known.put("a", "4"))).reads()).isEqualTo(1);
    }

    @Test
    void commitOnAnOutdatedBase_costsOneFlushMore() {
        Known known = Known.create(store, Map.of("a", value("1")));
        store.commit(known.put("b", "1", 0));

        CommandCounts cost = cost(() -> store.commit(known.put("a", "2")));

        assertThat(cost.calls()).contains(entry("hmget", 2L)).doesNotContainKey("hdel");
        assertThat(cost.reads()).isEqualTo(3);
    }

    @Test
    void commitOfAGoneSession_costsOneFlush_andIsUnwatchedWithTheNext() {
        Known known = Known.create(store, Map.of());
        store.end(known.record(), known.createdBy(), 0);

        CommandCounts cost = cost(() -> store.commit(known.put("a", "1")));

        assertThat(cost.calls()).containsOnly(entry("watch", 1L), entry("hmget", 1L), entry("pttl", 1L));
        assertThat(cost.reads()).isEqualTo(1);

        CommandCounts next = cost(() -> store.commit(known.put("a", "1")));
        assertThat(next.calls()).contains(entry("unwatch", 1L));
        assertThat(next.reads()).isEqualTo(1);
    }

    @Test
    void create_costsTwoFlushes() {
        String first = Records.newRecord();
        store.create(Records.newSession(first, Map.of()));
        String sameBucket = Stream.generate(Records::newRecord)
                .filter(record -> record.charAt(0) == first.charAt(0))
                .findFirst()
                .orElseThrow();

        CommandCounts cost = cost(() -> store.create(Records.newSession(sameBucket, Map.of())));

        assertThat(cost.calls())
                .containsOnly(
                        entry("watch", 1L),
                        entry("pttl", 2L),
                        entry("eval", 1L),
                        entry("zadd", 1L),
                        entry("multi", 1L),
                        entry("hset", 1L),
                        entry("pexpire", 1L),
                        entry("exec", 1L));
        assertThat(cost.reads()).isEqualTo(2);
    }

    @Test
    void touch_costsTwoFlushes() {
        Known known = Known.create(store, Map.of());

        CommandCounts cost = cost(() -> {
            CommandCounts before = CommandCounts.of(raw);
            store.touch(known.record());
            await().until(() -> CommandCounts.of(raw).since(before).calls("exec") == 1);
        });

        assertThat(cost.calls())
                .containsOnly(
                        entry("watch", 1L),
                        entry("hmget", 1L),
                        entry("pttl", 1L),
                        entry("multi", 1L),
                        entry("pexpire", 1L),
                        entry("exec", 1L));
        assertThat(cost.reads()).isEqualTo(2);
    }

    @Test
    void commitOfANewTimeout_costsTwoFlushesToo() {
        Known known = Known.create(store, Map.of());

        CommandCounts cost = cost(() -> store.commit(known.metadata(new MetadataChange(60, null))));

        assertThat(cost.calls()).contains(entry("zadd", 1L));
        assertThat(cost.reads()).isEqualTo(2);
    }

    @Test
    void end_costsTwoFlushes_andOneNobodyWaitsFor() {
        Known known = Known.create(store, Map.of());

        CommandCounts cost = cost(() ->
                store.ends().forget(SessionStoreContract.leased(store.end(known.record(), known.createdBy(), 0))));

        assertThat(cost.calls())
                .containsEntry("rename", 1L)
                .containsEntry("zadd", 1L)
                .containsEntry("hgetall", 1L)
                .doesNotContainKey("hget");
        assertThat(cost.reads()).isBetween(2L, 3L);
    }

    @Test
    void sweep_costsARoundTripForEachBucketAndOneForTheTime_andTwoMoreForSessionsThatMayBeOver() {
        Fixture.sweep(store); // puts off what was created before the time was known
        CommandCounts nothingToDo = cost(() -> Fixture.sweep(store));
        Known known = Known.create(store, Map.of());
        String member = known.record() + ":" + RedisKeys.creation(known.createdBy());
        raw.send("ZADD", fixture.bucket(known.record()), "0", member);
        CommandCounts oneToPutOff = cost(() -> Fixture.sweep(store));

        assertThat(nothingToDo.reads()).isBetween(17L, 18L); // nobody waits for what keeps a bucket
        assertThat(oneToPutOff.reads()).isBetween(19L, 21L);
    }

    private NetworkBytes bytes(Runnable operation) {
        NetworkBytes before = NetworkBytes.of(raw);
        operation.run();
        return NetworkBytes.of(raw).since(before);
    }

    private CommandCounts cost(Runnable operation) {
        CommandCounts before = CommandCounts.of(raw);
        operation.run();
        return CommandCounts.of(raw).since(before);
    }
}
