package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When an access is told to Redis, by the JVM's stop watch. */
class TouchThrottleTest {
    private static final int TIMEOUT_SECONDS = 1_800;

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1); // stop watches may overflow
    private final TouchThrottle throttle = new TouchThrottle(
            HoldfastSettings.builder()
                    .set(Setting.REDIS_URI, "redis://localhost")
                    .set(Setting.NAMESPACE, "shop")
                    .build(),
            nanoTime::get);

    @Test
    void access_isDueOncePerInterval_whoeverToldTheLastOne() {
        pass(Duration.ofSeconds(29));
        assertThat(throttle.isDue(TIMEOUT_SECONDS)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(throttle.isDue(TIMEOUT_SECONDS)).isTrue();

        throttle.touched(20_000);
        assertThat(throttle.isDue(TIMEOUT_SECONDS)).isFalse();
        pass(Duration.ofSeconds(10));
        assertThat(throttle.isDue(TIMEOUT_SECONDS)).isTrue();
    }

    @Test
    void session_mayHaveEnded_whenNobodyTouchedItForItsTimeout() {
        pass(Duration.ofSeconds(TIMEOUT_SECONDS - 1));
        assertThat(throttle.mayHaveEnded(TIMEOUT_SECONDS)).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(throttle.mayHaveEnded(TIMEOUT_SECONDS)).isTrue();
        assertThat(throttle.mayHaveEnded(-1)).isFalse();
    }

    private void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }
}
