package io.holdfast.benchmarks;

import com.google.errorprone.annotations.FormatMethod;
import io.holdfast.benchmarks.payload.Payload;
import java.util.List;
import java.util.Locale;

/** The results of {@link CodecBenchmark} as two Markdown tables: time and bytes, Holdfast next to Java serialization. */
final class Report {
    private static final List<String> OPERATIONS = List.of("encode", "decode", "check");

    private final CodecResults results;

    Report(CodecResults results) {
        this.results = results;
    }

    String markdown() {
        return heading() + "\n" + times() + "\n" + sizes();
    }

    private String heading() {
        Machine machine = results.conditions().machine();
        RunSettings settings = results.settings();
        return format(
                "Revision %s; %s; %s, %d processors; %d thread(s); %s. Medians (lowest and highest of a process).%n",
                results.conditions().revision(),
                machine.jvm(),
                machine.processor(),
                machine.processors(),
                settings.threads(),
                settings.recipe());
    }

    private String times() {
        StringBuilder table = new StringBuilder("""
                | Attribute | | Java serialization, µs | Holdfast, µs | times faster |
                |---|---|--:|--:|--:|
                """);
        for (Payload payload : Payload.values()) {
            for (String operation : OPERATIONS) {
                Timing java = results.timing(operation, payload.name(), Encoding.JAVA);
                Timing holdfast = results.timing(operation, payload.name(), Encoding.HOLDFAST);
                table.append(format(
                        "| %s | %s | %s | %s | %.1f |%n",
                        payload.title(), operation, java, holdfast, java.medianMicros() / holdfast.medianMicros()));
            }
        }
        return table.toString();
    }

    private static String sizes() {
        StringBuilder table = new StringBuilder("""
                | Attribute | Java serialization, bytes | Holdfast, bytes | ratio |
                |---|--:|--:|--:|
                """);
        for (Payload payload : Payload.values()) {
            int java = size(payload, Encoding.JAVA);
            int holdfast = size(payload, Encoding.HOLDFAST);
            table.append(
                    format("| %s | %,d | %,d | %.2f |%n", payload.title(), java, holdfast, (double) holdfast / java));
        }
        return table.toString();
    }

    static int size(Payload payload, Encoding encoding) {
        return encoding.encoder(Report.class.getClassLoader())
                .encode(payload.make())
                .size();
    }

    @FormatMethod
    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
