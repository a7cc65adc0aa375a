package io.holdfast.benchmarks.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapBenchmarkTest {
    @Test
    void sessions_areAsManyAsTheArgumentsSay() {
        assertThat(HeapBenchmark.sessions()).isEqualTo(9_000);
        assertThat(HeapBenchmark.sessions("--sessions", "1000")).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "--sessions", "--sessions 99", "--sessions 9501", "--sessions many"})
    void otherArguments_areRefused(String arguments) {
        assertThatThrownBy(() -> HeapBenchmark.sessions(arguments.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--sessions <100..9500>");
    }
}
