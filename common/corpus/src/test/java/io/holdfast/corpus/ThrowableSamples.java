package io.holdfast.corpus;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Exceptions, which login forms and error pages keep. */
@SuppressWarnings({"unused", "UnusedVariable"}) // fields that only have to survive
final class ThrowableSamples {
    static final class OrderFailed extends Exception {
        private static final long serialVersionUID = 1;
        private int order = 17;

        @SuppressWarnings("serial") // is serializable
        private final List<String> problems = new ArrayList<>(List.of("stock"));

        OrderFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private ThrowableSamples() {}

    static List<Sample> all() {
        return new SampleList("throwable")
                .add("RuntimeException", () -> traced(new IllegalStateException("message")))
                .add("RuntimeException without message", () -> traced(new NullPointerException()))
                .add("Error", () -> traced(new AssertionError("message")))
                .add("exception with causes", ThrowableSamples::withCauses)
                .add("exception with suppressed ones", ThrowableSamples::withSuppressed)
                .add("exception without stack trace", () -> bare(new IOException("bare")))
                .add("own exception", () -> traced(new OrderFailed("failed", bare(new IOException("io")))))
                .add("SQLException with next", ThrowableSamples::sqlException)
                .add("exceptions in a list, one twice", () -> {
                    Exception exception = traced(new IllegalArgumentException("twice"));
                    return new ArrayList<>(List.of(exception, exception));
                })
                .toList();
    }

    /** With a stack trace that is always the same. */
    private static <T extends Throwable> T traced(T throwable) {
        throwable.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("com.shop.Cart", "add", "Cart.java", 12),
            new StackTraceElement("app", "shop", "1.0", "com.shop.Servlet", "doGet", null, -2)
        });
        return throwable;
    }

    private static <T extends Throwable> T bare(T throwable) {
        throwable.setStackTrace(new StackTraceElement[0]);
        return throwable;
    }

    private static Exception withCauses() {
        Exception root = traced(new FileNotFoundException("root"));
        return traced(new RuntimeException(traced(new UncheckedIOException("middle", (IOException) root))));
    }

    private static Exception withSuppressed() {
        Exception exception = traced(new IllegalStateException("first"));
        exception.addSuppressed(traced(new IOException("on close")));
        exception.addSuppressed(traced(new OrderFailed("again", null)));
        return exception;
    }

    private static SQLException sqlException() {
        SQLException exception = traced(new SQLException("reason", "42000", 7));
        exception.setNextException(traced(new SQLException("next")));
        return exception;
    }
}
