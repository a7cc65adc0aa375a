package io.holdfast.benchmarks.http;

import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.RespConnection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a Redis tells of its work since it started, or between two moments.
 *
 * @param commands executed, also within transactions and scripts
 * @param reads from its sockets; commands that a client sends at once need one
 * @param bytesIn received
 * @param bytesOut sent
 * @param cpuMicros processor time of its process
 * @param calls by command
 */
record RedisFigures(long commands, long reads, long bytesIn, long bytesOut, long cpuMicros, Map<String, Long> calls) {
    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final int TRIPS = 500;

    static RedisFigures of(RespConnection redis) {
        Map<String, String> info = info(redis);
        CommandCounts counts = CommandCounts.of(redis);
        double cpuSeconds = Double.parseDouble(info.getOrDefault("used_cpu_sys", "0"))
                + Double.parseDouble(info.getOrDefault("used_cpu_user", "0"));
        return new RedisFigures(
                sum(counts.calls()),
                counts.reads(),
                Long.parseLong(info.getOrDefault("total_net_input_bytes", "0")),
                Long.parseLong(info.getOrDefault("total_net_output_bytes", "0")),
                Math.round(cpuSeconds * MICROS_PER_SECOND),
                counts.calls());
    }

    /** Which Redis this is. */
    static String version(RespConnection redis) {
        return info(redis).getOrDefault("redis_version", "unknown");
    }

    /** How long a question and its answer take, in microseconds: the median of some {@code PING}, one after the other. */
    static double tripMicros(RespConnection redis) {
        IntStream.range(0, TRIPS).forEach(i -> redis.send("PING")); // for the compilers
        double[] nanos = IntStream.range(0, TRIPS)
                .mapToDouble(i -> {
                    long start = System.nanoTime();
                    redis.send("PING");
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        return nanos[TRIPS / 2] / NANOS_PER_MICRO;
    }

    private static Map<String, String> info(RespConnection redis) {
        return parse(redis.send("INFO", "all").text());
    }

    /** The lines {@code name:value} of an answer to {@code INFO}. */
    static Map<String, String> parse(String info) {
        Map<String, String> values = new TreeMap<>();
        info.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                values.put(line.substring(0, colon), line.substring(colon + 1));
            }
        });
        return values;
    }

    /** What happened after {@code earlier} was taken; our own questions are no part of the commands. */
    RedisFigures since(RedisFigures earlier) {
        CommandCounts between = new CommandCounts(calls, reads).since(new CommandCounts(earlier.calls, earlier.reads));
        return new RedisFigures(
                sum(between.calls()),
                between.reads(),
                bytesIn - earlier.bytesIn,
                bytesOut - earlier.bytesOut,
                cpuMicros - earlier.cpuMicros,
                between.calls());
    }

    private static long sum(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
