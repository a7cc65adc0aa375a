package io.holdfast.codec;

import static io.holdfast.codec.Codecs.roundTrip;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Arrays keep their type and their elements. */
class ArraysTest {
    @Test
    void arrays_keepTypeAndElements() {
        assertThat(roundTrip(new int[] {1, -2, Integer.MAX_VALUE})).containsExactly(1, -2, Integer.MAX_VALUE);
        assertThat(roundTrip(new byte[0])).isEmpty();
        assertThat(roundTrip(new long[] {Long.MIN_VALUE})).containsExactly(Long.MIN_VALUE);
        assertThat(roundTrip(new short[] {-1, 1})).containsExactly(-1, 1);
        assertThat(roundTrip(new char[] {'a', 'ß'})).containsExactly('a', 'ß');
        assertThat(roundTrip(new boolean[] {true, false})).containsExactly(true, false);
        assertThat(roundTrip(new float[] {0.5f})).containsExactly(0.5f);
        assertThat(roundTrip(new double[] {-0.5})).containsExactly(-0.5);
        assertThat(roundTrip(new String[] {"a", null})).containsExactly("a", null);
        assertThat(roundTrip(new int[][] {{1}, {}, null})).isDeepEqualTo(new int[][] {{1}, {}, null});
        assertThat(Arrays.deepEquals(
                        roundTrip(new Object[] {1, "two", new Object[] {3L}}),
                        new Object[] {1, "two", new Object[] {3L}}))
                .isTrue();
        assertThat(roundTrip(new DayOfWeek[] {DayOfWeek.MONDAY})).containsExactly(DayOfWeek.MONDAY);
        assertThat(roundTrip(new Thread[0])).isEmpty();
    }
}
