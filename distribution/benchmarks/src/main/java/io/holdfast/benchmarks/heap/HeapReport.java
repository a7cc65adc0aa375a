package io.holdfast.benchmarks.heap;

import com.google.errorprone.annotations.FormatMethod;
import io.holdfast.benchmarks.heap.HeapFigures.State;
import io.holdfast.benchmarks.http.Conditions;
import io.holdfast.config.Setting;
import java.util.Locale;
import java.util.Map;

/** What was found, as Markdown. */
final class HeapReport {
    private static final int CLASSES = 15;
    private static final double MEGABYTE = 1_048_576;

    private final HeapFigures figures;

    HeapReport(HeapFigures figures) {
        this.figures = figures;
    }

    String markdown() {
        return heading() + "\n" + states() + "\n" + crowded() + "\n" + classes();
    }

    private String heading() {
        Conditions conditions = figures.conditions();
        return format(
                "Revision %s, %s; %s; %s. %,d sessions of 10 attributes of 200 bytes.%n",
                conditions.revision(),
                conditions.started(),
                conditions.machine().jvm(),
                conditions.versions(),
                figures.sessions());
    }

    private String states() {
        StringBuilder table = new StringBuilder("""
                | sessions | in memory, bytes each | Holdfast, bytes each | times |
                |---|--:|--:|--:|
                """);
        for (State state : figures.holdfast()) {
            double inMemory = figures.perSession(figures.inMemory().get(state.number()));
            double holdfast = figures.perSession(state);
            table.append(
                    format("| %s | %,.0f | %,.0f | %.2f |%n", state.title(), inMemory, holdfast, holdfast / inMemory));
        }
        return table.toString();
    }

    private String crowded() {
        int copies = Integer.parseInt(Setting.LOCAL_COPIES.defaultText());
        return format(
                "With %,d sessions more the first Holdfast node holds %.1f MB. It keeps copies of %,d: that makes %,.0f bytes each.%n",
                HeapFigures.CROWD,
                figures.crowded().total() / MEGABYTE,
                copies,
                (double) figures.crowded().total() / copies);
    }

    /** Where it goes, once everything was read. */
    private String classes() {
        StringBuilder table = new StringBuilder("""
                | class | in memory, bytes each | Holdfast, bytes each |
                |---|--:|--:|
                """);
        Map<String, Long> inMemory =
                figures.inMemory().get(HeapFigures.ALL_READ).more().bytes();
        figures.holdfast().get(HeapFigures.ALL_READ).more().bytes().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(CLASSES)
                .forEach(each -> table.append(format(
                        "| `%s` | %,d | %,d |%n",
                        each.getKey(),
                        inMemory.getOrDefault(each.getKey(), 0L) / figures.sessions(),
                        each.getValue() / figures.sessions())));
        return table.toString();
    }

    @FormatMethod
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
