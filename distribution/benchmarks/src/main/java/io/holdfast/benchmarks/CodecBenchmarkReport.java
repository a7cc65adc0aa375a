package io.holdfast.benchmarks;

import io.holdfast.benchmarks.http.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs {@link CodecBenchmark} and prints its results as Markdown, ready for {@code docs/serialization.md}. From the root of
 * the source, on a machine that does nothing else:
 *
 * <pre>
 * mvn -q -Pbenchmarks -pl distribution/benchmarks -am
 * </pre>
 *
 * <p>It takes about 5 minutes; with {@code --quick} less than one, which shows orders of magnitude. {@code --threads 2} has
 * that many threads encode at once. All figures are then in {@code target/codec-benchmark.json} of this module, and JMH's own log
 * beside it.
 */
public final class CodecBenchmarkReport {
    private static final Path DIRECTORY = Path.of("target");
    private static final Path RESULTS = DIRECTORY.resolve("codec-benchmark.json");
    private static final Path LOG = DIRECTORY.resolve("codec-benchmark.log");

    private CodecBenchmarkReport() {}

    /** Takes the arguments of {@link RunSettings#USAGE}; exits with 1 if they cannot be understood. */
    public static void main(String[] args) throws IOException, RunnerException {
        try {
            run(RunSettings.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(RunSettings settings) throws IOException, RunnerException {
        Files.createDirectories(DIRECTORY);
        System.err.println("Measuring for " + settings.duration() + "; " + LOG.toAbsolutePath() + " grows meanwhile.");
        Conditions conditions = Conditions.here(Map.of("holdfast", System.getProperty("holdfast.version", "unknown")));
        Collection<RunResult> measured =
                new Runner(settings.options().output(LOG.toString()).build()).run();
        CodecResults results = CodecResults.of(conditions, settings, measured);
        Files.writeString(RESULTS, results.json());
        System.out.println(new Report(results).markdown());
    }
}
