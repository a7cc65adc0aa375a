package io.holdfast.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.redis.RedisSessionStore;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionIds;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopWhileARequestTellsTest {
    @Test
    void endThatARequestTellsWhileItsNodeStops_hasTheSameFiveSeconds() throws Exception {
        String namespace = "test-" + UUID.randomUUID();
        HoldfastSettings settings = HoldfastSettings.builder()
                .set(Setting.REDIS_URI, TestRedis.shared().uri())
                .set(Setting.NAMESPACE, namespace)
                .build();
        try (RedisSessionStore store = RedisSessionStore.open(settings, SessionEvents.NONE);
                RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            String record = SessionIds.create(new SecureRandom()::nextBytes).record();
            store.create(new NewSession(record, 0, 1_800, SecretHash.of("secret"), Map.of(), Map.of()));
            LoadResult.Found found = (LoadResult.Found) store.load(record);
            EndLease lease = ((EndResult.Leased)
                            store.end(record, found.snapshot().metadata().createdBy()))
                    .lease();
            Reaper reaper = new Reaper(store.ends(), Duration.ofDays(1));
            HeldEnd held = reaper.hold(lease); // the request has begun to tell

            CompletableFuture<Void> stop = CompletableFuture.runAsync(reaper::close);
            Thread.sleep(300); // its listeners take a moment
            held.told();
            stop.join();

            assertThat(redis.send("KEYS", "holdfast:" + namespace + ":{*").texts())
                    .isEmpty();
        }
    }
}
