package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NodeMemoryTest {
    private static final List<List<Candidate>> TOGETHER = List.of(
            List.of(Candidate.MEMORY, Candidate.HOLDFAST, Candidate.REDISSON), List.of(Candidate.JETTY_HOLDFAST));

    @Test
    void warning_whereThereIsLessThanTheNodesTake_saysBoth() {
        assertThat(NodeMemory.warning(TOGETHER, memory(4_000_000)))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("3 candidates", "4.8 GB", "4.1 GB are free", "--candidates"));
    }

    @Test
    void warning_whereThereIsEnough_orTheSystemDoesNotTell_isEmpty() {
        assertThat(NodeMemory.warning(TOGETHER, memory(5_000_000))).isEmpty();
        assertThat(NodeMemory.warning(TOGETHER, "MemTotal: 1 kB\n")).isEmpty();
    }

    private static String memory(long availableKibibytes) {
        return "MemTotal:       24000000 kB\nMemAvailable:   " + availableKibibytes + " kB\nBuffers: 1 kB\n";
    }
}
