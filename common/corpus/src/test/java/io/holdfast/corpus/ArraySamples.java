package io.holdfast.corpus;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

/** Arrays of all kinds. */
@SuppressWarnings("JavaUtilDate") // applications use it
final class ArraySamples {
    private ArraySamples() {}

    static List<Sample> all() {
        return new SampleList("array")
                .add("boolean[]", () -> new boolean[] {true, false})
                .add("byte[]", () -> new byte[] {1, -1, 0, Byte.MIN_VALUE})
                .add("byte[], empty", () -> new byte[0])
                .add("byte[], 100 kB", () -> new byte[100_000])
                .add("short[]", () -> new short[] {1, Short.MIN_VALUE})
                .add("char[]", () -> new char[] {'a', '\uffff'})
                .add("int[]", () -> new int[] {0, Integer.MIN_VALUE, 1_000})
                .add("int[], 1,000", () -> IntStream.range(0, 1_000).toArray())
                .add("long[]", () -> new long[] {Long.MAX_VALUE, -1})
                .add("float[]", () -> new float[] {-0.0f, Float.MIN_VALUE})
                .add("double[]", () -> new double[] {Double.NaN, 1.5, Double.POSITIVE_INFINITY})
                .add("int[][], ragged with null", () -> new int[][] {{1, 2}, {}, null, {3}})
                .add("byte[][][]", () -> new byte[][][] {{{1}, {2, 3}}, {}})
                .add("String[]", () -> new String[] {"a", null, "a"})
                .add("String[][]", () -> new String[][] {{"row", "1"}, {"row", "2"}})
                .add("Integer[]", () -> new Integer[] {1, null, 300})
                .add("Object[] of all kinds", () -> new Object[] {"a", 1, 2L, null, new int[] {3}, new Date(4), 'c'})
                .add("Object[], empty", () -> new Object[0])
                .add("Serializable[]", () -> new Serializable[] {"a", new ArrayList<>(List.of(1))})
                .add("enum[]", DayOfWeek::values)
                .add("Date[]", () -> new Date[] {new Date(1), null})
                .add("List<?>[]", () -> new List<?>[] {new ArrayList<>(List.of("a")), List.of()})
                .add("Customer[]", () -> new OwnClassSamples.Customer[] {OwnClassSamples.customer(), null})
                .add("Object[] with one part twice", ArraySamples::onePartTwice)
                .add("Object[] that holds itself", ArraySamples::holdsItself)
                .toList();
    }

    private static Object[] onePartTwice() {
        int[] part = {1, 2};
        return new Object[] {part, part, part.clone()};
    }

    private static Object[] holdsItself() {
        Object[] array = new Object[2];
        array[0] = array;
        array[1] = "end";
        return array;
    }
}
