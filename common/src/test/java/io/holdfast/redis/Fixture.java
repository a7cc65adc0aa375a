package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Stores, proxies and raw connections of one test, on a namespace of its own; closed behind it. */
final class Fixture implements AutoCloseable {
    static final int GRACE_SECONDS = 10;

    final String namespace = "test-" + UUID.randomUUID();
    final RespConnection redis = RespConnection.open(TestRedis.shared().uri());

    private final Deque<Runnable> closings = new ArrayDeque<>();

    /** Settings on the shared Redis. */
    HoldfastSettings.Builder settings() {
        return settings(TestRedis.shared().uri());
    }

    HoldfastSettings.Builder settings(String uri) {
        return HoldfastSettings.builder()
                .set(Setting.REDIS_URI, uri)
                .set(Setting.NAMESPACE, namespace)
                .set(Setting.EXPIRY_GRACE_SECONDS, String.valueOf(GRACE_SECONDS))
                .set(Setting.LARGE_SESSION_BYTES, "1000");
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

    /** Makes a session look as if nobody had used it for its time-out. */
    void letEnd(String record) {
        redis.send("PEXPIRE", key(record), GRACE_SECONDS * 1_000 - 1);
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
