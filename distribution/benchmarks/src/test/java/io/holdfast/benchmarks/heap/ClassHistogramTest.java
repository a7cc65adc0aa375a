package io.holdfast.benchmarks.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassHistogramTest {
    private static final String TABLE = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         12345         678900  [B (java.base@17.0.15)
               2:             7            168  com.acme.Cart
            Total         12352         679068
            """;

    @Test
    void parse_takesBytesByClassAndNotTheirSum() {
        ClassHistogram histogram = ClassHistogram.parse(TABLE);

        assertThat(histogram.bytes()).isEqualTo(Map.of("[B", 678_900L, "com.acme.Cart", 168L));
        assertThat(histogram.total()).isEqualTo(679_068);
    }

    @Test
    void parse_thatFindsNoClass_fails() {
        assertThatThrownBy(() -> ClassHistogram.parse("Unknown command"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Unknown command");
    }

    @Test
    void since_tellsWhatHasComeAndWhatHasGone() {
        ClassHistogram earlier = new ClassHistogram(Map.of("A", 10L, "B", 10L));
        ClassHistogram later = new ClassHistogram(Map.of("A", 15L, "C", 2L));

        assertThat(later.since(earlier).bytes()).isEqualTo(Map.of("A", 5L, "B", -10L, "C", 2L));
    }
}
