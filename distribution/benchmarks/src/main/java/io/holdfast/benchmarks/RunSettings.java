package io.holdfast.benchmarks;

import java.util.Iterator;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long and how to measure.
 *
 * @param quick finds out in a minute whether something has become very much slower; the numbers are not for print
 * @param threads encode and decode at once, each with the same value and codec
 */
record RunSettings(boolean quick, int threads) {
    static final String USAGE = "arguments: [--quick] [--threads <1..64>]";

    private static final int MAX_THREADS = 64;

    RunSettings {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException(threads + " threads; " + USAGE);
        }
    }

    static RunSettings of(String... arguments) {
        boolean quick = false;
        int threads = 1;
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--quick" -> quick = true;
                case "--threads" -> threads = number(following(rest, argument));
                default -> throw new IllegalArgumentException(argument + " is unknown; " + USAGE);
            }
        }
        return new RunSettings(quick, threads);
    }

    private static String following(Iterator<String> rest, String argument) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
        }
        return rest.next();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(text + " is not a number; " + USAGE, e);
        }
    }

    /** Several processes each, as one may be compiled unluckily and stay so. */
    ChainedOptionsBuilder options() {
        return new OptionsBuilder()
                .include(CodecBenchmark.class.getName())
                .threads(threads)
                .forks(quick ? 1 : 3)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(quick ? 400 : 1_000))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(quick ? 300 : 1_000))
                // Compiling in the foreground: a busy machine would let compilers fall behind, and measure slow code.
                .jvmArgs("-Xms512m", "-Xmx512m", "-Xbatch")
                .shouldFailOnError(true);
    }

    String duration() {
        return quick ? "under a minute" : "about 5 minutes";
    }

    /** How it was measured, for the text above a table. */
    String recipe() {
        return quick ? "1 process, 0.6 s after 1.2 s, quick and rough" : "3 processes, 2 s each after 3 s";
    }
}
