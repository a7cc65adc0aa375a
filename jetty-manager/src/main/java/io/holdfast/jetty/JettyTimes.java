package io.holdfast.jetty;

import org.jspecify.annotations.Nullable;

/**
 * What Jetty knows of a session and a record has no place for, as a text in the record's container state. Written along with
 * changes only, so the record's time to live may tell of later accesses.
 *
 * @param savedMillis when this was written; all times in milliseconds since the epoch, by the clock of the writing node
 * @param accessedMillis the last access before that
 * @param lastAccessedMillis the access before the last
 * @param expiryMillis when the session was to end; 0: never
 * @param maxInactiveMillis the time-out
 * @param cookieSetMillis when the cookie was set
 * @param lastNode name of the worker that wrote this; empty: unknown
 * @param foreignId the id, if it is not of Holdfast's form; empty otherwise. Jetty names ended sessions by their ids, and such
 *     an id does not follow from the record
 */
record JettyTimes(
        long savedMillis,
        long accessedMillis,
        long lastAccessedMillis,
        long expiryMillis,
        long maxInactiveMillis,
        long cookieSetMillis,
        String lastNode,
        String foreignId) {
    /** Name in the container state. */
    static final String NAME = "jetty";

    private static final String FORMAT = "1";
    private static final String SEPARATOR = " ";
    private static final int PARTS = 9;

    /** The text: format, the six times, the node and the id, each behind a space. */
    String text() {
        return String.join(
                SEPARATOR,
                FORMAT,
                String.valueOf(savedMillis),
                String.valueOf(accessedMillis),
                String.valueOf(lastAccessedMillis),
                String.valueOf(expiryMillis),
                String.valueOf(maxInactiveMillis),
                String.valueOf(cookieSetMillis),
                lastNode.replace(SEPARATOR, "_"),
                foreignId);
    }

    /** Reads the text; null: there is none, or it comes from a newer release. The session is found without it too. */
    static @Nullable JettyTimes parse(@Nullable Object text) {
        String[] parts = text instanceof String known ? known.split(SEPARATOR, PARTS) : new String[0];
        if (parts.length != PARTS || !parts[0].equals(FORMAT)) {
            return null;
        }
        try {
            return new JettyTimes(
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]),
                    parts[7],
                    parts[8]);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
