package io.holdfast.localredis;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a Redis has executed each command since it started, and how many reads from its sockets that took. Two
 * snapshots tell what happened between them, which is how tests prove what a request costs:
 *
 * <pre>{@code
 * CommandCounts before = CommandCounts.of(redis);
 * // one request
 * assertThat(CommandCounts.of(redis).since(before).calls()).containsOnly(entry("evalsha", 1L));
 * }</pre>
 *
 * <p>The {@code INFO} calls that take the snapshots do not count, neither as commands nor as reads. Everybody else who
 * talks to the same Redis does.
 *
 * @param calls calls by command in lower case, as Redis spells it: {@code hset}, {@code client|setinfo}; no zeros
 * @param reads reads from client sockets; a client that sends five commands in one flush causes one
 */
public record CommandCounts(Map<String, Long> calls, long reads) {
    private static final String INFO = "info";

    public CommandCounts {
        calls = Collections.unmodifiableMap(new TreeMap<>(calls));
    }

    /** Asks this Redis for its counters. */
    public static CommandCounts of(RespConnection redis) {
        Map<String, Long> calls = new TreeMap<>();
        long reads = 0;
        for (String line : redis.send("INFO", "all").text().split("\r\n", -1)) {
            if (line.startsWith("cmdstat_")) {
                // cmdstat_hset:calls=3,usec=12,usec_per_call=4.00,rejected_calls=0,failed_calls=0
                String command = line.substring("cmdstat_".length(), line.indexOf(':'));
                String count = line.substring(line.indexOf("calls=") + "calls=".length(), line.indexOf(','));
                calls.put(command, Long.parseLong(count));
            } else if (line.startsWith("total_reads_processed:")) {
                reads = Long.parseLong(line.substring(line.indexOf(':') + 1));
            }
        }
        return new CommandCounts(calls, reads);
    }

    /** What happened after {@code earlier} was taken and before this was. */
    public CommandCounts since(CommandCounts earlier) {
        Map<String, Long> difference = new TreeMap<>();
        calls.forEach((command, count) -> difference.put(command, count - earlier.calls(command)));
        // Each INFO was one read of its own. A snapshot already contains its own read, but not yet its own call:
        // between
        // two snapshots lie the call of the first and the read of the second.
        long infoReads = difference.getOrDefault(INFO, 0L);
        difference.remove(INFO);
        difference.values().removeIf(count -> count == 0);
        return new CommandCounts(difference, reads - earlier.reads - infoReads);
    }

    /** Calls of one command, whatever its case; 0 if there were none. */
    public long calls(String command) {
        return calls.getOrDefault(command.toLowerCase(Locale.ROOT), 0L);
    }
}
