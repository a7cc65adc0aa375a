package io.holdfast.benchmarks.parts;

import static java.util.Objects.requireNonNull;

import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What one process found in a {@link StoreBenchmark}.
 *
 * @param operation which
 * @param threads that wait
 * @param storePerSecond operations of the store in a second that it had for itself
 * @param driverPerSecond those of the bare driver
 * @param storeCpuMicros processor time of the benchmark's own process for one operation of the store; that of Redis comes on top
 * @param driverCpuMicros that of the bare driver
 */
record StoreFigures(
        String operation,
        int threads,
        double storePerSecond,
        double driverPerSecond,
        double storeCpuMicros,
        double driverCpuMicros) {
    private static final double NANOS_PER_MICRO = 1_000;

    static Stream<StoreFigures> of(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String operation = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        int threads = result.getParams().getThreads();
        return result.getBenchmarkResults().stream().map(process -> of(operation, threads, process));
    }

    private static StoreFigures of(String operation, int threads, BenchmarkResult process) {
        double byStore = rate(process, "byStore");
        double byDriver = rate(process, "byDriver");
        return new StoreFigures(
                operation,
                threads,
                byStore / Turns.SHARE,
                byDriver / Turns.SHARE,
                rate(process, "cpuOfStore") / byStore / NANOS_PER_MICRO,
                rate(process, "cpuOfDriver") / byDriver / NANOS_PER_MICRO);
    }

    /** A counter of {@link Turns}, by second. */
    private static double rate(BenchmarkResult process, String counter) {
        return requireNonNull(process.getSecondaryResults().get(counter), counter)
                .getScore();
    }

    /** How many operations the store does while the driver does one. */
    double share() {
        return storePerSecond / driverPerSecond;
    }

    /** How many operations the store does with the processor time that the driver needs for one. */
    double shareByCpu() {
        return driverCpuMicros / storeCpuMicros;
    }
}
