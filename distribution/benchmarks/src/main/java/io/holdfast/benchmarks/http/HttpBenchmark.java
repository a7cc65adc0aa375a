package io.holdfast.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Compares session managers over HTTP; prints Markdown and leaves it in {@code target/http-benchmark.md}, with all figures in
 * {@code target/http-benchmark.json} and charts in {@code target/http-benchmark-charts}. From the root of the source, on a machine that does nothing else:
 *
 * <pre>
 * mvn -q -Phttp-benchmarks -pl distribution/benchmarks -am
 * </pre>
 *
 * <p>{@code -Dbenchmarks.arguments=--quick} makes it rough and short; {@code docs/benchmarks.md} has the other arguments. In each
 * round every candidate is started anew, so that none has a lucky or an unlucky JVM for the whole run.
 */
public final class HttpBenchmark {
    private static final Path DIRECTORY = Path.of("target");
    private static final Path JSON = DIRECTORY.resolve("http-benchmark.json");
    private static final Path MARKDOWN = DIRECTORY.resolve("http-benchmark.md");
    private static final Path CHARTS = DIRECTORY.resolve(HttpCharts.DIRECTORY);

    private final HttpSettings settings;
    private final Map<Candidate, String> leftOut;
    private final Wrk wrk;
    private final List<Measurement> measurements = new ArrayList<>();
    private Conditions conditions;
    private String redisVersion = "unknown";

    private HttpBenchmark(HttpSettings settings, Wrk wrk) {
        this.leftOut = LeftOut.of(settings.candidates());
        this.settings = settings.without(leftOut);
        this.wrk = wrk;
        this.conditions = Conditions.here(wrk);
    }

    /** Takes the arguments of {@link HttpSettings#USAGE}; exits with 1 if it cannot run. */
    public static void main(String[] args) throws IOException {
        try {
            new HttpBenchmark(HttpSettings.of(args), Wrk.find(DIRECTORY)).run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException {
        deleteEarlierResults();
        if (!conditions.quiet()) {
            System.err.println("Others keep this machine busy; the figures will say nothing.");
        }
        leftOut.forEach((candidate, reason) -> System.err.println(candidate.option() + " is left out: " + reason));
        NodeMemory.warning(settings.candidatesByContainer()).ifPresent(System.err::println);
        try {
            measure();
        } catch (RuntimeException e) {
            System.err.println("No tables, as it ended too early. What was measured is in " + JSON.toAbsolutePath());
            throw e;
        }
        String markdown = new HttpReport(results()).markdown();
        Files.writeString(MARKDOWN, markdown);
        writeCharts(HttpCharts.of(results()));
        System.out.println(markdown);
        System.err.println("All figures are in " + JSON.toAbsolutePath());
    }

    /** Should this run fail, nobody is to take them for its own. */
    private static void deleteEarlierResults() throws IOException {
        Files.deleteIfExists(JSON);
        Files.deleteIfExists(MARKDOWN);
        Files.createDirectories(CHARTS);
        try (DirectoryStream<Path> earlier = Files.newDirectoryStream(CHARTS, "*.svg")) {
            for (Path chart : earlier) {
                Files.delete(chart);
            }
        }
    }

    private static void writeCharts(Map<String, String> charts) throws IOException {
        for (Map.Entry<String, String> chart : charts.entrySet()) {
            Files.writeString(CHARTS.resolve(chart.getKey()), chart.getValue());
        }
    }

    private HttpResults results() {
        return new HttpResults(conditions.with("redis", redisVersion), settings, leftOut, measurements);
    }

    private void measure() {
        for (int round = 1; round <= settings.schedule().rounds(); round++) {
            for (Load load : settings.loads()) {
                for (List<Candidate> candidates : settings.candidatesByContainer()) {
                    lookAtOthers(() -> Duration.ZERO);
                    measure(round, load, candidates);
                }
            }
        }
    }

    private void lookAtOthers(Supplier<Duration> own) {
        conditions = conditions.withOthersBusy(OtherWork.busyProcessors(own));
    }

    private void measure(int round, Load load, List<Candidate> candidates) {
        Schedule schedule = settings.schedule();
        try (Lineup lineup = Lineup.start(candidates, load, wrk, settings.requests(), schedule)) {
            redisVersion = lineup.redisVersion();
            lineup.measure(round, () -> lookAtOthers(lineup::cpu), this::measured);
        }
    }

    private void measured(Measurement measurement) {
        measurements.add(measurement);
        System.err.printf(
                Locale.ROOT,
                "Round %d of %d, %s, %s, %s: %,.0f requests/s, %d errors%n",
                measurement.round(),
                settings.schedule().rounds(),
                measurement.load().title(),
                measurement.candidate().option(),
                measurement.kind().option(),
                measurement.wrk().requestsPerSecond(),
                measurement.wrk().errors());
        writeJson(); // each time, so that a candidate that fails late does not cost all that was measured
    }

    private void writeJson() {
        try {
            Files.writeString(JSON, results().json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
