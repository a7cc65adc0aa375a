package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.CommitId;
import io.holdfast.session.EndLease;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionEnds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Stores, proxies and raw connections of one test, on a namespace of its own; closed behind it. */
final class Fixture implements AutoCloseable {
    static final int GRACE_SECONDS = 10;

    final String namespace = "test-" + UUID.randomUUID();
    final RespConnection redis = RespConnection.open(TestRedis.shared().uri());

    private final boolean large;
    private final Deque<Runnable> closings = new ArrayDeque<>();

    Fixture() {
        this(false);
    }

    /** {@code large}: all sessions are, from their creation on. */
    Fixture(boolean large) {
        this.large = large;
    }

    /** Settings on the shared Redis. */
    HoldfastSettings.Builder settings() {
        return settings(TestRedis.shared().uri());
    }

    HoldfastSettings.Builder settings(String uri) {
        return HoldfastSettings.builder()
                .set(Setting.REDIS_URI, uri)
                .set(Setting.NAMESPACE, namespace)
                .set(Setting.EXPIRY_GRACE_SECONDS, String.valueOf(GRACE_SECONDS))
                .set(Setting.LARGE_SESSION_BYTES, large ? "0" : "1000");
    }

    RedisSessionStore store() {
        return store(settings(), SessionEvents.NONE);
    }

    RedisSessionStore store(HoldfastSettings.Builder settings, SessionEvents events) {
        RedisSessionStore store = RedisSessionStore.open(settings.build(), events);
        closings.push(store::close);
        return store;
    }

    FaultProxy proxy() {
        FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
        closings.push(proxy::close);
        return proxy;
    }

    String key(String record) {
        return "holdfast:" + namespace + ":{" + record + "}";
    }

    boolean exists(String record) {
        return redis.send("EXISTS", key(record)).number() == 1;
    }

    long pttl(String record) {
        return redis.send("PTTL", key(record)).number();
    }

    /** Matches the EXEC of a transaction that writes to a record, and not one of the index; to be used once. */
    static Predicate<List<String>> execOfARecord() {
        AtomicBoolean writes = new AtomicBoolean();
        return command -> {
            if (command.get(0).equals("HSET")) {
                writes.set(true);
            }
            return command.get(0).equals("EXEC") && writes.get();
        };
    }

    /** Matches the script by which a sweep writes to the index what it has found. */
    static boolean isNoteOfASweep(List<String> command) {
        return command.get(0).equals("EVAL") && command.get(1).contains("ZSCORE");
    }

    /** Makes a session look as if nobody had used it for its time-out. */
    void letEnd(String record) {
        redis.send("PEXPIRE", key(record), GRACE_SECONDS * 1_000 - 1);
    }

    /** Key of the bucket of the index in which a record is. */
    String bucket(String record) {
        return "holdfast:" + namespace + ":expiry:" + record.charAt(0);
    }

    /** Members of the index for a record, one for each session of that name. */
    List<String> entries(String record) {
        return redis.send("ZRANGE", bucket(record), 0, -1).texts().stream()
                .filter(member -> member.startsWith(record))
                .toList();
    }

    /** The time at which the index says that a record's session may end, in milliseconds by Redis's clock. */
    long score(String record) {
        String score =
                redis.send("ZSCORE", bucket(record), entries(record).get(0)).text();
        return (long) Double.parseDouble(score);
    }

    /** Has the next sweep look at a record. */
    void makeDue(String record) {
        entries(record).forEach(member -> redis.send("ZADD", bucket(record), 0, member));
    }

    /** Keys of ended sessions of a record's name. */
    List<String> endedKeys(String record) {
        return redis.send("KEYS", key(record) + ":ended:*").texts();
    }

    /** What a node leases that sweeps the whole index now. */
    static List<EndLease> sweep(RedisSessionStore store) {
        List<EndLease> leases = new ArrayList<>();
        store.ends().readClock();
        for (int bucket = 0; bucket < SessionEnds.BUCKETS; bucket++) {
            store.ends().sweep(bucket, leases::add, () -> true);
        }
        return leases;
    }

    /** Waits until a store is through with what it does to a record on its lane, such as a touch. Changes nothing. */
    static void awaitLane(RedisSessionStore store, String record) {
        CommitId nobody = new CommitId(0, 0);
        store.commit(new SessionDelta(record, nobody, 1, Map.of(), Map.of(), MetadataChange.NONE));
    }

    /** Redis's clock, in milliseconds. */
    long redisMillis() {
        List<String> time = redis.send("TIME").texts();
        return Long.parseLong(time.get(0)) * 1_000 + Long.parseLong(time.get(1)) / 1_000;
    }

    /** Makes Redis itself drop a record, and waits for that. */
    void letExpire(String record) {
        redis.send("PEXPIRE", key(record), 1);
        while (exists(record)) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
        for (String key : redis.send("KEYS", "holdfast:" + namespace + ":*").texts()) {
            redis.send("DEL", key);
        }
        redis.close();
    }
}
