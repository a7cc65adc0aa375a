package io.holdfast.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineupTest {
    @Test
    void beginningWith_turnsTheRow() {
        List<String> row = List.of("memory", "holdfast", "redisson");

        assertThat(Lineup.beginningWith(0, row)).containsExactly("memory", "holdfast", "redisson");
        assertThat(Lineup.beginningWith(1, row)).containsExactly("holdfast", "redisson", "memory");
        assertThat(Lineup.beginningWith(5, row)).containsExactly("redisson", "memory", "holdfast");
    }
}
