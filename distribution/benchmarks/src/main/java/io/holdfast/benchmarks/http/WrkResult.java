package io.holdfast.benchmarks.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What wrk saw.
 *
 * @param requests answered, also with an error
 * @param micros that it took
 * @param statusErrors answers with a status from 400 on
 * @param socketErrors connections refused or broken, and answers that took longer than the time-out
 * @param p50Micros half of the answers came within that time
 * @param p99Micros 99 % did
 * @param p999Micros 99.9 % did
 */
record WrkResult(
        long requests,
        long micros,
        long statusErrors,
        long socketErrors,
        double p50Micros,
        double p99Micros,
        double p999Micros) {
    /** What the line begins with that our script has wrk print. */
    private static final String LINE = "result ";

    private static final double MICROS_PER_SECOND = 1_000_000;

    /**
     * Finds the result in what wrk printed.
     *
     * @throws IllegalStateException if it is not there, with all that wrk printed
     */
    static WrkResult parse(String output) {
        String line = output.lines()
                .filter(candidate -> candidate.startsWith(LINE))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk gave no result; it printed:\n" + output));
        Map<String, Double> values = Stream.of(line.substring(LINE.length()).split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));
        return new WrkResult(
                count(values, "requests"),
                count(values, "micros"),
                count(values, "status"),
                count(values, "connect") + count(values, "read") + count(values, "write") + count(values, "timeout"),
                value(values, "p50"),
                value(values, "p99"),
                value(values, "p999"));
    }

    private static long count(Map<String, Double> values, String name) {
        return Math.round(value(values, name));
    }

    private static double value(Map<String, Double> values, String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("wrk's result lacks " + name + ": " + values);
        }
        return value;
    }

    @JsonProperty
    double requestsPerSecond() {
        return requests * MICROS_PER_SECOND / micros;
    }

    long errors() {
        return statusErrors + socketErrors;
    }
}
