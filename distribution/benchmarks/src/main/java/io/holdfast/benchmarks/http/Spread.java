package io.holdfast.benchmarks.http;

import java.util.Arrays;
import java.util.Collection;

/** Several figures of the same thing: the one in the middle, the lowest and the highest. */
public record Spread(double median, double lowest, double highest) {

    /**
     * Of at least one figure.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return new Spread(median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    /** Of an even number, the mean of the two in the middle. */
    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
