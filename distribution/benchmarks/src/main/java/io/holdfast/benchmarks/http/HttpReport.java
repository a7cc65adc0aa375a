package io.holdfast.benchmarks.http;

import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of a run as Markdown: for each kind of requests a table for each container. */
final class HttpReport {
    private static final double MICROS_PER_MILLI = 1_000;
    private static final double BYTES_PER_KILOBYTE = 1_000;
    private static final double PERCENT = 100;

    private final HttpResults results;
    private final Measurements measurements;

    HttpReport(HttpResults results) {
        this.results = results;
        this.measurements = new Measurements(results.measurements());
    }

    String markdown() {
        StringBuilder text = new StringBuilder(heading());
        for (Load load : results.settings().loads()) {
            text.append("\n## ").append(load.title()).append("\n");
            text.append(new HttpReport(results.of(load)).tables());
        }
        return text.toString();
    }

    /** Of a report on a single load. */
    private String tables() {
        StringBuilder text = new StringBuilder();
        for (RequestKind kind : results.settings().requests()) {
            text.append("\n### ")
                    .append(kind.capitalizedTitle())
                    .append("\n\n")
                    .append(tables(kind))
                    .append("\n")
                    .append(trip(kind))
                    .append(HttpCharts.markdown(results.settings().loads().get(0), kind));
        }
        return text.toString();
    }

    private String heading() {
        Conditions conditions = results.conditions();
        Schedule schedule = results.settings().schedule();
        return format(
                        "Revision %s, %s; %s, %d processors; %s; %s.%n%n"
                                + "Medians of %d round(s) of %d s (lowest and highest).%n",
                        conditions.revision(),
                        conditions.started(),
                        conditions.machine().processor(),
                        conditions.machine().processors(),
                        conditions.machine().jvm(),
                        conditions.versions(),
                        schedule.rounds(),
                        schedule.measureSeconds())
                + (conditions.quiet() ? "" : format("%n**%s**%n", conditions.warning()))
                + leftOut();
    }

    private String leftOut() {
        StringBuilder text = new StringBuilder();
        results.leftOut()
                .forEach((candidate, reason) ->
                        text.append(format("%n%s is left out: %s.%n", candidate.title(), reason)));
        return text.toString();
    }

    /** Of what one client waits longer than in memory, trips are the part that nobody can save. */
    private String trip(RequestKind kind) {
        if (results.settings().loads().get(0).clients() > 1) {
            return "";
        }
        Spread trip = Spread.of(results.measurements().stream()
                .filter(measurement -> measurement.kind() == kind)
                .map(Measurement::redisTripMicros)
                .toList());
        return format(
                "A trip to Redis took %.3f ms (%.3f–%.3f).%n%n",
                trip.median() / MICROS_PER_MILLI, trip.lowest() / MICROS_PER_MILLI, trip.highest() / MICROS_PER_MILLI);
    }

    /** One table for each container, which is named in its first cell. */
    private String tables(RequestKind kind) {
        return Stream.of(Container.values())
                .map(container -> table(container, kind))
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String table(Container container, RequestKind kind) {
        List<Candidate> candidates = results.settings().candidates().stream()
                .filter(candidate -> candidate.container() == container)
                .toList();
        if (candidates.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("""
                | %s | requests/s | Holdfast serves | p50, ms | p99, ms | p99.9, ms | container CPU, µs | compiling | allocated, KB | store CPU, µs | commands | reads | bytes \
                | errors | lost updates |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
                """.formatted(container.title()));
        candidates.forEach(candidate -> table.append(row(candidate, kind)));
        return table.toString();
    }

    private String row(Candidate candidate, RequestKind kind) {
        Spread rate = spread(candidate, kind, measurement -> measurement.wrk().requestsPerSecond());
        return format(
                "| %s | %,.0f (%,.0f–%,.0f) | %s | %.2f | %.2f | %.2f | %.1f | %.0f %% | %.1f | %.1f | %s | %s | %s | %s | %s |%n",
                candidate.title(),
                rate.median(),
                rate.lowest(),
                rate.highest(),
                ratio(candidate, kind),
                median(candidate, kind, measurement -> measurement.wrk().p50Micros()) / MICROS_PER_MILLI,
                median(candidate, kind, measurement -> measurement.wrk().p99Micros()) / MICROS_PER_MILLI,
                median(candidate, kind, measurement -> measurement.wrk().p999Micros()) / MICROS_PER_MILLI,
                median(candidate, kind, Measurement::containerCpuMicrosPerRequest),
                PERCENT * median(candidate, kind, Measurement::compilingShare),
                median(candidate, kind, Measurement::containerAllocatedBytesPerRequest) / BYTES_PER_KILOBYTE,
                median(candidate, kind, Measurement::storeCpuMicrosPerRequest),
                ofRedis("%.2f", candidate, kind, Measurement::redisCommandsPerRequest),
                ofRedis("%.2f", candidate, kind, Measurement::redisReadsPerRequest),
                ofRedis("%,.0f", candidate, kind, Measurement::redisBytesPerRequest),
                count(measurements.errors(candidate, kind)),
                lost(candidate, kind));
    }

    /** How many times as many requests Holdfast serves in the same container. */
    private String ratio(Candidate candidate, RequestKind kind) {
        Candidate holdfast = Candidate.holdfastOn(candidate.container());
        if (candidate == holdfast || !results.settings().candidates().contains(holdfast)) {
            return "";
        }
        Spread ratio = measurements.ratio(holdfast, candidate, kind);
        return format("%.2f × (%.2f–%.2f)", ratio.median(), ratio.lowest(), ratio.highest());
    }

    private String lost(Candidate candidate, RequestKind kind) {
        if (kind.updatesFound() == null) {
            return "";
        }
        long lost = measurements.lostUpdates(candidate, kind);
        return lost == 0 ? "0" : format("**%,d** of %,d", lost, measurements.successes(candidate, kind));
    }

    /** A database does not tell such things. */
    private String ofRedis(String format, Candidate candidate, RequestKind kind, ToDoubleFunction<Measurement> figure) {
        return candidate.store().isDatabase()
                ? ""
                : String.format(Locale.ROOT, format, median(candidate, kind, figure));
    }

    private static String count(long errors) {
        return errors == 0 ? "0" : format("**%,d**", errors);
    }

    private double median(Candidate candidate, RequestKind kind, ToDoubleFunction<Measurement> figure) {
        return spread(candidate, kind, figure).median();
    }

    private Spread spread(Candidate candidate, RequestKind kind, ToDoubleFunction<Measurement> figure) {
        return measurements.spread(candidate, kind, figure);
    }

    @FormatMethod
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
