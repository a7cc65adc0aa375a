package io.holdfast.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandCountsTest {

    @Test
    void since_countsWhatHappenedBetweenAndNotItself() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection client = RespConnection.open(redis.uri());
                RespConnection observer = RespConnection.open(redis.uri())) {
            client.send("SET", "before", "1");
            CommandCounts before = CommandCounts.of(observer);
            client.send("SET", "key", "1");
            client.send("INCR", "key");
            client.send("INCR", "key");
            CommandCounts between = CommandCounts.of(observer).since(before);

            assertThat(between.calls()).containsOnly(entry("set", 1L), entry("incr", 2L));
            assertThat(between.calls("INCR")).isEqualTo(2);
            assertThat(between.calls("GET")).isZero();
            assertThat(between.reads()).isEqualTo(3);
        }
    }

    @Test
    void since_nothingHappened_isEmpty() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection observer = RespConnection.open(redis.uri())) {
            CommandCounts before = CommandCounts.of(observer);
            CommandCounts.of(observer);
            assertThat(CommandCounts.of(observer).since(before)).isEqualTo(new CommandCounts(Map.of(), 0));
        }
    }
}
