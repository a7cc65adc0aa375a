package io.holdfast.benchmarks.heap;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is live in a heap.
 *
 * @param bytes by class
 */
record ClassHistogram(Map<String, Long> bytes) {
    /** As in {@code   1:   12345   67890  java.lang.String (java.base@17.0.15)}. */
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    ClassHistogram {
        bytes = Map.copyOf(bytes);
    }

    /** From the JVM's table. */
    static ClassHistogram parse(String table) {
        Map<String, Long> bytes = new HashMap<>();
        table.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                bytes.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
            }
        });
        if (bytes.isEmpty()) {
            throw new IllegalStateException("not a table of classes: " + table);
        }
        return new ClassHistogram(bytes);
    }

    /** What has come since {@code earlier}; negative where something has gone. */
    ClassHistogram since(ClassHistogram earlier) {
        Map<String, Long> more = new HashMap<>(bytes);
        earlier.bytes.forEach((name, before) -> more.merge(name, -before, Long::sum));
        return new ClassHistogram(more);
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
