package io.holdfast.benchmarks.parts;

import com.google.errorprone.annotations.FormatMethod;
import io.holdfast.benchmarks.http.Conditions;
import io.holdfast.benchmarks.http.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results of a run as Markdown. */
final class PartsReport {
    private static final double PERCENT = 100;
    private static final double NANOS_PER_MICRO = 1_000;
    private static final List<Integer> THREADS = List.of(1, 16);
    private static final List<String> ATTRIBUTES = List.of("1", "10", "50");

    private final PartsResults results;

    PartsReport(PartsResults results) {
        this.results = results;
    }

    String markdown() {
        StringBuilder text = new StringBuilder(heading());
        if (!results.store().isEmpty()) {
            text.append("\n### The store next to the bare driver\n\n").append(store());
        }
        if (has("AttributesBenchmark")) {
            text.append("\n### Access to an attribute\n\n").append(accesses());
        }
        if (has("ChangesBenchmark")) {
            text.append("\n### The search for changes\n\n").append(changes());
        }
        return text.toString();
    }

    private boolean has(String benchmark) {
        return results.inMemory().stream().anyMatch(median -> median.benchmark().startsWith(benchmark));
    }

    private String heading() {
        Conditions conditions = results.conditions();
        String heading = format(
                "Revision %s, %s; %s, %d processors; %s; %s. %s. Medians (lowest and highest of a process).%n",
                conditions.revision(),
                conditions.started(),
                conditions.machine().processor(),
                conditions.machine().processors(),
                conditions.machine().jvm(),
                conditions.versions(),
                results.settings().recipe());
        return conditions.quiet()
                ? heading
                : heading
                        + format(
                                "%n**Others kept %.1f processors of this machine busy; these figures say little.**%n",
                                conditions.othersBusyProcessors());
    }

    private String store() {
        StringBuilder table = new StringBuilder("""
                | | threads | store, /s | driver, /s | store of driver | store CPU, µs | driver CPU, µs | store of driver, by CPU |
                |---|--:|--:|--:|--:|--:|--:|--:|
                """);
        appendStore(table, "commit", "commit");
        appendStore(table, "load", "load");
        appendStore(table, "loadNextToHgetall", "load next to HGETALL alone");
        return table.toString();
    }

    private void appendStore(StringBuilder table, String operation, String title) {
        for (int threads : THREADS) {
            List<StoreFigures> figures = results.store().stream()
                    .filter(each -> each.operation().equals(operation) && each.threads() == threads)
                    .toList();
            table.append(format(
                    "| %s | %d | %,.0f | %,.0f | %s | %.1f | %.1f | %s |%n",
                    title,
                    threads,
                    median(figures, StoreFigures::storePerSecond),
                    median(figures, StoreFigures::driverPerSecond),
                    percent(figures, StoreFigures::share),
                    median(figures, StoreFigures::storeCpuMicros),
                    median(figures, StoreFigures::driverCpuMicros),
                    percent(figures, StoreFigures::shareByCpu)));
        }
    }

    private static double median(List<StoreFigures> figures, ToDoubleFunction<StoreFigures> figure) {
        return spread(figures, figure).median();
    }

    private static String percent(List<StoreFigures> figures, ToDoubleFunction<StoreFigures> figure) {
        Spread spread = spread(figures, figure);
        return format(
                "%.0f %% (%.0f–%.0f)",
                spread.median() * PERCENT, spread.lowest() * PERCENT, spread.highest() * PERCENT);
    }

    private static Spread spread(List<StoreFigures> figures, ToDoubleFunction<StoreFigures> figure) {
        return Spread.of(figures.stream().map(figure::applyAsDouble).toList());
    }

    private String accesses() {
        StringBuilder table = new StringBuilder("""
                | | attribute map, ns | ConcurrentHashMap, ns | times |
                |---|--:|--:|--:|
                """);
        appendAccess(table, "get", "get");
        appendAccess(table, "put", "put");
        appendAccess(table, "putAndRemove", "put and remove");
        return table.toString();
    }

    private void appendAccess(StringBuilder table, String method, String title) {
        Spread ours = nanos("AttributesBenchmark." + method, Map.of());
        Spread plain = nanos("AttributesBenchmark." + method + "Plain", Map.of());
        table.append(format(
                "| %s | %s | %s | %.1f |%n", title, text(ours, 1), text(plain, 1), ours.median() / plain.median()));
    }

    private String changes() {
        StringBuilder table = new StringBuilder("""
                | attributes read | nothing changed, µs | one set, µs | encoding alone, µs | nothing changed, times that | one set, times that |
                |--:|--:|--:|--:|--:|--:|
                """);
        for (String attributes : ATTRIBUTES) {
            Map<String, String> parameters = Map.of("attributes", attributes);
            Spread nothing = nanos("ChangesBenchmark.nothing", parameters);
            Spread one = nanos("ChangesBenchmark.one", parameters);
            Spread encode = nanos("ChangesBenchmark.encode", parameters);
            table.append(format(
                    "| %s | %s | %s | %s | %.2f | %.2f |%n",
                    attributes,
                    text(nothing, NANOS_PER_MICRO),
                    text(one, NANOS_PER_MICRO),
                    text(encode, NANOS_PER_MICRO),
                    nothing.median() / encode.median(),
                    one.median() / encode.median()));
        }
        return table.toString();
    }

    private Spread nanos(String benchmark, Map<String, String> parameters) {
        return Spread.of(results.inMemory().stream()
                .filter(median -> median.benchmark().equals(benchmark)
                        && median.parameters().equals(parameters))
                .map(Median::nanos)
                .toList());
    }

    private static String text(Spread nanos, double unit) {
        return format("%.1f (%.1f–%.1f)", nanos.median() / unit, nanos.lowest() / unit, nanos.highest() / unit);
    }

    @FormatMethod
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
