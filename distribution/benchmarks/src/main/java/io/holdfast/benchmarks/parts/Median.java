package io.holdfast.benchmarks.parts;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What one process found in a benchmark that takes samples.
 *
 * @param benchmark its class and method
 * @param parameters by name
 * @param nanos that one operation took, in the median
 */
record Median(String benchmark, Map<String, String> parameters, double nanos) {
    private static final int HALF = 50;

    static Stream<Median> of(RunResult result) {
        BenchmarkParams benchmark = result.getParams();
        Map<String, String> parameters = new TreeMap<>();
        benchmark.getParamsKeys().forEach(key -> parameters.put(key, benchmark.getParam(key)));
        String[] name = benchmark.getBenchmark().split("\\.", -1);
        String shortName = name[name.length - 2] + "." + name[name.length - 1];
        return result.getBenchmarkResults().stream()
                .map(process -> new Median(
                        shortName,
                        parameters,
                        process.getPrimaryResult().getStatistics().getPercentile(HALF)));
    }
}
