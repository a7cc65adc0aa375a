package com.example.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadTotalsTest {
    private final ThreadTotals totals = new ThreadTotals();

    @Test
    void update_isTheSumOfAllThreads() {
        assertThat(totals.update(new long[] {1, 2}, new long[] {100, 20})).isEqualTo(120);
        assertThat(totals.update(new long[] {1, 2, 3}, new long[] {150, 20, 5})).isEqualTo(175);
    }

    @Test
    void update_afterAThreadHasEnded_keepsWhatWasLastSeenOfIt() {
        totals.update(new long[] {1, 2}, new long[] {100, 20});

        assertThat(totals.update(new long[] {2}, new long[] {21})).isEqualTo(121);
    }

    @Test
    void update_whileAThreadEnds_keepsWhatWasLastSeenOfIt() {
        totals.update(new long[] {1}, new long[] {100});

        assertThat(totals.update(new long[] {1, 2}, new long[] {-1, -1})).isEqualTo(100);
    }
}
