package io.holdfast.benchmarks;

import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * How long an operation took: the median of all its samples, and the lowest and the highest median of the processes that
 * ran it. These differ with what the JIT compiler happened to do, and with what else the machine did.
 */
record Timing(double medianMicros, double lowestMicros, double highestMicros) {
    private static final double NANOS_PER_MICRO = 1_000;

    static Timing of(RunResult result) {
        double[] medians = result.getBenchmarkResults().stream()
                .mapToDouble(process -> median(process.getPrimaryResult().getStatistics()))
                .sorted()
                .toArray();
        return new Timing(median(result.getPrimaryResult().getStatistics()), medians[0], medians[medians.length - 1]);
    }

    private static double median(Statistics nanos) {
        return nanos.getPercentile(50) / NANOS_PER_MICRO;
    }

    @Override
    public String toString() {
        return lowestMicros == highestMicros
                ? String.format(Locale.ROOT, "%.1f", medianMicros)
                : String.format(Locale.ROOT, "%.1f (%.1f–%.1f)", medianMicros, lowestMicros, highestMicros);
    }
}
