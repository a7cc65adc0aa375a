package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunSettingsTest {
    @Test
    void noArguments_measureThoroughlyWithOneThread() {
        assertThat(RunSettings.of()).isEqualTo(new RunSettings(false, 1));
    }

    @Test
    void allArguments_areUnderstood() {
        assertThat(RunSettings.of("--quick", "--threads", "2")).isEqualTo(new RunSettings(true, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--threads", "--threads 0", "--threads two"})
    void otherArguments_areRefusedWithTheUsage(String arguments) {
        assertThatThrownBy(() -> RunSettings.of(arguments.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(RunSettings.USAGE);
    }
}
