package io.holdfast.localredis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkBytesTest {

    @Test
    void since_countsWhatWasMovedBetweenAndNotItself() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection client = RespConnection.open(redis.uri());
                RespConnection observer = RespConnection.open(redis.uri())) {
            client.send("SET", "key", "12345");
            NetworkBytes before = NetworkBytes.of(observer);
            client.send("GET", "key");
            NetworkBytes between = NetworkBytes.of(observer).since(before);

            assertThat(between.toRedis()).isEqualTo("*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n".length());
            assertThat(between.fromRedis()).isEqualTo("$5\r\n12345\r\n".length());
        }
    }

    @Test
    void since_nothingHappened_isZero() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection observer = RespConnection.open(redis.uri())) {
            NetworkBytes before = NetworkBytes.of(observer);

            assertThat(NetworkBytes.of(observer).since(before)).isEqualTo(new NetworkBytes(0, 0, 0, 0));
        }
    }
}
