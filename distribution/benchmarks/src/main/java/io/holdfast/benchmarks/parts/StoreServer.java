package io.holdfast.benchmarks.parts;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.Reply;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.RedisSessionStore;
import java.util.Map;

/** A Redis that nobody else uses, a store on it with one lane, and the driver by itself with as many connections. */
final class StoreServer implements AutoCloseable {
    private static final String NAMESPACE = "parts";

    private final LocalRedis redis = LocalRedis.start();
    private final RedisSessionStore store;
    private final BareDriver driver;

    StoreServer() {
        HoldfastSettings settings = HoldfastSettings.builder()
                .set(Setting.REDIS_URI, redis.uri())
                .set(Setting.NAMESPACE, NAMESPACE)
                .set(Setting.COMMIT_LANES, "1")
                .set(Setting.COMMAND_TIMEOUT_MILLIS, "10000") // a busy machine shall not end the measurement
                .build();
        store = RedisSessionStore.open(settings, SessionEvents.NONE);
        driver = new BareDriver(redis.uri());
    }

    String uri() {
        return redis.uri();
    }

    RedisSessionStore store() {
        return store;
    }

    BareDriver driver() {
        return driver;
    }

    /** The same session, for the driver by itself. */
    BareRecord bare(StoredSession session) {
        String key = "holdfast:" + NAMESPACE + ":{" + session.record() + "}";
        String written = "@" + StoredSession.WRITTEN;
        try (RespConnection connection = RespConnection.open(redis.uri())) {
            Map<String, Reply> fields = connection.send("HGETALL", key).fields();
            Reply value = fields.get(written);
            if (value == null) {
                throw new IllegalStateException(key + " has no field " + written);
            }
            return new BareRecord(
                    key, written, value.bytes(), connection.send("PTTL", key).number());
        }
    }

    @Override
    public void close() {
        store.close();
        driver.close();
        redis.close();
    }
}
