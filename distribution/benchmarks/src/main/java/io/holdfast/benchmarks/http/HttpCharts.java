package io.holdfast.benchmarks.http;

import com.google.errorprone.annotations.FormatMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The results of a run as pictures: for each load and each kind of requests, how many per second, and the p99 of their times. */
final class HttpCharts {
    /** Beside the Markdown. */
    static final String DIRECTORY = "http-benchmark-charts";

    private static final double MICROS_PER_MILLI = 1_000;

    private final HttpResults results;
    private final Measurements measurements;

    /**
     * For one load.
     *
     * @param results of this load only
     */
    HttpCharts(HttpResults results) {
        this.results = results;
        this.measurements = new Measurements(results.measurements());
    }

    /** All of a run: content by name of the file in {@link #DIRECTORY}. */
    static Map<String, String> of(HttpResults results) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Load load : results.settings().loads()) {
            HttpCharts charts = new HttpCharts(results.of(load));
            for (RequestKind kind : results.settings().requests()) {
                files.put(
                        fileName(load, kind, "requests"),
                        charts.requestsPerSecond(kind).svg());
                files.put(fileName(load, kind, "p99"), charts.p99(kind).svg());
            }
        }
        return files;
    }

    /** Shows both charts of one kind of requests in Markdown. */
    static String markdown(Load load, RequestKind kind) {
        return image("Requests per second", load, kind, "requests") + image("p99", load, kind, "p99");
    }

    private static String image(String alternative, Load load, RequestKind kind, String figure) {
        return "![" + alternative + ", " + kind.title() + "](" + DIRECTORY + "/" + fileName(load, kind, figure) + ")\n";
    }

    private static String fileName(Load load, RequestKind kind, String figure) {
        return load.option() + "-" + kind.option() + "-" + figure + ".svg";
    }

    BarChart requestsPerSecond(RequestKind kind) {
        return chart(
                kind.capitalizedTitle() + ": requests/s",
                kind,
                measurement -> measurement.wrk().requestsPerSecond(),
                (candidate, median) -> format("%,.0f", median) + faults(candidate, kind));
    }

    BarChart p99(RequestKind kind) {
        return chart(
                kind.capitalizedTitle() + ": p99 in ms (shorter is better)",
                kind,
                measurement -> measurement.wrk().p99Micros() / MICROS_PER_MILLI,
                (candidate, median) -> format("%.2f", median));
    }

    private BarChart chart(
            String title,
            RequestKind kind,
            ToDoubleFunction<Measurement> figure,
            BiFunction<Candidate, Double, String> text) {
        List<BarChart.Bar> bars = results.settings().candidates().stream()
                .map(candidate -> {
                    Spread spread = measurements.spread(candidate, kind, figure);
                    return new BarChart.Bar(
                            candidate.title(),
                            spread,
                            text.apply(candidate, spread.median()),
                            candidate == Candidate.holdfastOn(candidate.container()));
                })
                .toList();
        return new BarChart(title, notes(), results.conditions().warning(), bars);
    }

    private List<String> notes() {
        Load load = results.settings().loads().get(0);
        Schedule schedule = results.settings().schedule();
        return List.of(
                load.title(),
                format(
                        "Median of %d round(s) of %d s; the thin line goes from the lowest to the highest",
                        schedule.rounds(), schedule.measureSeconds()));
    }

    /** What makes a rate worth less. */
    private String faults(Candidate candidate, RequestKind kind) {
        long errors = measurements.errors(candidate, kind);
        long lost = measurements.lostUpdates(candidate, kind);
        return (errors == 0 ? "" : format("; %,d errors", errors))
                + (lost == 0 ? "" : format("; %,d updates lost", lost));
    }

    @FormatMethod
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
