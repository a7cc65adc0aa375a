package io.holdfast.benchmarks.parts;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What to measure, and for how long.
 *
 * @param quick finds out in two minutes whether something has become very much slower; the numbers are not for print
 * @param parts that are measured
 */
record PartsSettings(boolean quick, Set<Part> parts) {
    /** What is measured by itself. */
    enum Part {
        STORE,
        ATTRIBUTES,
        CHANGES;

        String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String USAGE = "arguments: [--quick] [--parts "
            + Arrays.stream(Part.values()).map(Part::option).collect(Collectors.joining(",")) + "]";

    PartsSettings {
        parts = Set.copyOf(parts);
    }

    static PartsSettings of(String... arguments) {
        boolean quick = false;
        Set<Part> parts = EnumSet.allOf(Part.class);
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (argument.equals("--quick")) {
                quick = true;
            } else if (argument.equals("--parts") && rest.hasNext()) {
                parts = EnumSet.copyOf(Arrays.stream(rest.next().split(",", -1))
                        .map(PartsSettings::part)
                        .toList());
            } else {
                throw new IllegalArgumentException(argument + " is unknown or needs a value; " + USAGE);
            }
        }
        return new PartsSettings(quick, parts);
    }

    private static Part part(String option) {
        return Arrays.stream(Part.values())
                .filter(part -> part.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(option + " is no part; " + USAGE));
    }

    /** Several processes each, as one may be compiled unluckily and stay so. */
    ChainedOptionsBuilder store(int threads) {
        return options(StoreBenchmark.class)
                .threads(threads)
                .forks(quick ? 1 : 3)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(quick ? 1_500 : 5_000))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(quick ? 1_000 : 5_000));
    }

    /** As above, for what one thread does in microseconds. */
    ChainedOptionsBuilder inMemory(Class<?> benchmark) {
        return options(benchmark)
                .forks(quick ? 1 : 3)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(quick ? 400 : 3_000))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(quick ? 300 : 1_000));
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include(benchmark.getName())
                .jvmArgs(
                        "-Xms512m",
                        "-Xmx512m",
                        "-Xbatch") // compiled in the foreground: compilers fall behind on a busy machine
                .shouldFailOnError(true);
    }

    /** How it was measured, for the text above the tables. */
    String recipe() {
        return quick
                ? "1 process, 2 s (store) or 0.6 s, quick and rough"
                : "3 processes each: 10 s after 15 s (store), 2 s after 9 s (the rest)";
    }
}
