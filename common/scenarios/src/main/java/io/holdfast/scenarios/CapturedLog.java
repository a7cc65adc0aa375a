package io.holdfast.scenarios;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What is logged, by anybody in this JVM, while it is open. */
public final class CapturedLog implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private CapturedLog() {}

    public static CapturedLog open() {
        CapturedLog log = new CapturedLog();
        log.root.addHandler(log.handler);
        return log;
    }

    /** Messages and those of their causes, a line each. */
    public String text() {
        return records.stream().map(CapturedLog::text).collect(Collectors.joining("\n"));
    }

    /** The texts of warnings that contain all of {@code parts}. */
    public List<String> warnings(String... parts) {
        return records.stream()
                .filter(entry -> entry.getLevel().equals(Level.WARNING))
                .map(CapturedLog::text)
                .filter(text -> Arrays.stream(parts).allMatch(text::contains))
                .toList();
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }

    private static String text(LogRecord entry) {
        StringBuilder text = new StringBuilder(String.valueOf(entry.getMessage()));
        if (entry.getParameters() != null) {
            text.append(Arrays.toString(entry.getParameters()));
        }
        for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            text.append('\n').append(cause.getMessage());
        }
        return text.toString();
    }
}
