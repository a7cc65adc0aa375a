package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OtherWorkTest {
    private static final String BEFORE = """
            cpu  1000 10 500 8000 20 0 5 1 7 0
            cpu0 500 5 250 4000 10 0 3 1 4 0
            cpu1 500 5 250 4000 10 0 2 0 3 0
            intr 123456
            """;

    @Test
    void busyProcessors_whenAQuarterOfTheTimeWasUsed_isHalfAProcessorOfTwo() {
        // 30 user and 20 system of 200, of which 140 idle and 10 waiting for a disk; guest time is in user time already
        String after = BEFORE.replace("cpu  1000 10 500 8000 20 0 5 1 7 0", "cpu  1030 10 520 8140 30 0 5 1 37 0");

        assertThat(OtherWork.busyProcessors(BEFORE, after)).isEqualTo(0.5);
    }

    @Test
    void without_leavesWhatIsNotOurs() {
        long second = 1_000_000_000;

        assertThat(OtherWork.without(Duration.ofMillis(300), 0.5, second)).isCloseTo(0.2, within(1e-9));
        assertThat(OtherWork.without(Duration.ofMillis(700), 0.5, second)).isZero();
    }

    @Test
    void busyProcessors_whenNoTimeHasPassed_isZero() {
        assertThat(OtherWork.busyProcessors(BEFORE, BEFORE)).isZero();
    }
}
