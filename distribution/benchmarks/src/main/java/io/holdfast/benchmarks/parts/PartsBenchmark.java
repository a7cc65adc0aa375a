package io.holdfast.benchmarks.parts;

import io.holdfast.benchmarks.http.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Measures parts by themselves; prints Markdown and leaves it in {@code target/parts-benchmark.md}, with all figures in
 * {@code target/parts-benchmark.json}. From the root of the source, on a machine that does nothing else:
 *
 * <pre>
 * mvn -q -Pparts-benchmarks -pl distribution/benchmarks -am
 * </pre>
 *
 * <p>{@code -Dbenchmarks.arguments=--quick} makes it rough and short. JMH's own logs are in
 * {@code target} too.
 */
public final class PartsBenchmark {
    private static final Path DIRECTORY = Path.of("target");
    private static final Path JSON = DIRECTORY.resolve("parts-benchmark.json");
    private static final Path MARKDOWN = DIRECTORY.resolve("parts-benchmark.md");
    private static final int[] THREADS = {1, 16};

    private final PartsSettings settings;
    private final List<StoreFigures> store = new ArrayList<>();
    private final List<Median> inMemory = new ArrayList<>();
    private Conditions conditions;

    private PartsBenchmark(PartsSettings settings) {
        this.settings = settings;
        this.conditions = Conditions.here(Map.of("holdfast", System.getProperty("holdfast.version", "unknown")));
    }

    /** Takes the arguments of {@link PartsSettings#USAGE}; exits with 1 if it cannot run. */
    public static void main(String[] args) throws IOException, RunnerException {
        Files.createDirectories(DIRECTORY);
        try {
            new PartsBenchmark(PartsSettings.of(args)).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, RunnerException {
        if (settings.parts().contains(PartsSettings.Part.STORE)) {
            for (int threads : THREADS) {
                measure("store-" + threads, settings.store(threads)).stream()
                        .flatMap(StoreFigures::of)
                        .forEach(store::add);
            }
        }
        if (settings.parts().contains(PartsSettings.Part.ATTRIBUTES)) {
            measureInMemory("attributes", AttributesBenchmark.class);
        }
        if (settings.parts().contains(PartsSettings.Part.CHANGES)) {
            measureInMemory("changes", ChangesBenchmark.class);
        }
        PartsResults results = new PartsResults(conditions, settings, store, inMemory);
        Files.writeString(JSON, results.json());
        String markdown = new PartsReport(results).markdown();
        Files.writeString(MARKDOWN, markdown);
        System.out.println(markdown);
    }

    private void measureInMemory(String title, Class<?> benchmark) throws RunnerException {
        measure(title, settings.inMemory(benchmark)).stream()
                .flatMap(Median::of)
                .forEach(inMemory::add);
    }

    private Collection<RunResult> measure(String title, ChainedOptionsBuilder options) throws RunnerException {
        System.err.println("Measuring: " + title);
        conditions = conditions.lookedAgain();
        Path log = DIRECTORY.resolve("parts-benchmark-" + title + ".log");
        return new Runner(options.output(log.toString()).build()).run();
    }
}
