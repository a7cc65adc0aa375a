package io.holdfast.consistency.history;

import java.util.Locale;

/**
 * What a listener of the application heard: that a session ended, or that the badge left it.
 *
 * @param millis when, since the epoch
 * @param node where
 * @param what which of these
 * @param record what the session's id names
 * @param badge what the attribute {@code badge} says whose it is, as the listener saw it; {@link Answer#ABSENT}: not there
 */
public record SessionEnd(long millis, String node, What what, String record, String badge) {
    /** What was heard. */
    public enum What {
        /** {@code HttpSessionListener.sessionDestroyed}. */
        DESTROYED,
        /** {@code HttpSessionBindingListener.valueUnbound} of the badge. */
        UNBOUND,
        /** {@code HttpSessionAttributeListener.attributeRemoved} of the badge. */
        REMOVED
    }

    /** Reads a line of the application's journal. */
    public static SessionEnd parse(String node, String line) {
        String[] words = line.split(" ", -1);
        return new SessionEnd(
                Long.parseLong(words[0]),
                node,
                What.valueOf(words[1].toUpperCase(Locale.ROOT)),
                Call.record(words[2]),
                Call.record(words[3]));
    }
}
