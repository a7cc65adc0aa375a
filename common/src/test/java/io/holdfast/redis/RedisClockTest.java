package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Redis's time, whatever the machine thinks. */
class RedisClockTest {
    private final AtomicLong stopWatch = new AtomicLong(-7_000_000_000_000L);
    private final RedisClock clock = new RedisClock(stopWatch::get);

    @Test
    void beforeRedisHasToldTheTime_itIsNotKnown() {
        assertThat(clock.isKnown()).isFalse();
        assertThat(clock.millis()).isZero();
    }

    @Test
    void afterThat_itGoesOnByTheStopWatch() {
        clock.heard(List.of(text("1750000000"), text("250999")));
        assertThat(clock.millis()).isEqualTo(1_750_000_000_250L);

        stopWatch.addAndGet(1_500_000_000L);
        assertThat(clock.millis()).isEqualTo(1_750_000_001_750L);
    }

    @Test
    void eachAnswer_correctsIt() {
        clock.heard(List.of(text("1750000000"), text("0")));
        stopWatch.addAndGet(60_000_000_000L);
        clock.heard(List.of(text("1749999000"), text("5000")));

        assertThat(clock.millis()).isEqualTo(1_749_999_000_005L);
    }

    private static byte[] text(String text) {
        return text.getBytes(US_ASCII);
    }
}
