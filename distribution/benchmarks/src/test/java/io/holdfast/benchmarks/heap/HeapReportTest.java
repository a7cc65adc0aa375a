package io.holdfast.benchmarks.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.heap.HeapFigures.State;
import io.holdfast.benchmarks.http.Conditions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapReportTest {
    private static final HeapFigures FIGURES = new HeapFigures(
            Conditions.here(Map.of()),
            1_000,
            List.of(state("created", 0, 4_000_000), state("one", 1, 4_000_000), state("all", 2, 5_000_000)),
            List.of(
                    state("created", 0, 6_000_000),
                    state("one", 1, 7_000_000),
                    state("all", 2, 8_000_000),
                    state("elsewhere", 2, 9_000_000)),
            histogram(90_000_000));

    @Test
    void markdown_comparesEachStateWithTheSameInMemory() {
        assertThat(new HeapReport(FIGURES).markdown())
                .contains("| created | 4,000 | 6,000 | 1.50 |")
                .contains("| elsewhere | 5,000 | 9,000 | 1.80 |");
    }

    @Test
    void markdown_tellsWhatACrowdTakes() {
        assertThat(new HeapReport(FIGURES).markdown())
                .contains("85.8 MB")
                .contains("10,000: that makes 9,000 bytes each");
    }

    @Test
    void markdown_tellsWhichClassesTakeIt() {
        assertThat(new HeapReport(FIGURES).markdown()).contains("| `com.acme.Cart` | 5,000 | 8,000 |");
    }

    private static State state(String title, int number, long bytes) {
        return new State(title, number, histogram(bytes));
    }

    private static ClassHistogram histogram(long bytes) {
        return new ClassHistogram(Map.of("com.acme.Cart", bytes));
    }
}
