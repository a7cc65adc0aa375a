package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import org.junit.jupiter.api.Test;

class RedisFiguresTest {
    @Test
    void since_isWhatOthersHadRedisDo() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection observer = RespConnection.open(redis.uri());
                RespConnection client = RespConnection.open(redis.uri())) {
            RedisFigures before = RedisFigures.of(observer);

            client.send("SET", "key", "x".repeat(1_000));
            client.send("GET", "key");
            RedisFigures work = RedisFigures.of(observer).since(before);

            assertThat(work.calls()).containsOnly(entry("set", 1L), entry("get", 1L));
            assertThat(work.commands()).isEqualTo(2);
            assertThat(work.reads()).isEqualTo(2);
            assertThat(work.bytesIn()).isBetween(1_000L, 2_000L);
            assertThat(work.bytesOut()).isGreaterThan(1_000L);
            assertThat(work.cpuMicros()).isNotNegative();
        }
    }
}
