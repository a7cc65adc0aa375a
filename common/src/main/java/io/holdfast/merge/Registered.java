package io.holdfast.merge;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * A merger of the application, as it is called.
 *
 * @param type what it merges
 * @param merger the application's object
 */
record Registered<T>(Class<T> type, AttributeMerger<T> merger) {
    private static final Logger LOGGER = System.getLogger(AttributeMerger.class.getName());

    boolean takes(@Nullable Object value) {
        return type.isInstance(value);
    }

    /** Whether it takes every value of {@code subtype}. */
    boolean takesAll(Class<?> subtype) {
        return type.isAssignableFrom(subtype);
    }

    /**
     * What the application makes of two values it takes.
     *
     * @throws UnmergeableException when it gives nothing, something of another type, or fails
     */
    T merge(@Nullable Object base, Object ours, Object theirs) throws UnmergeableException {
        if (base != null && !takes(base)) {
            throw UnmergeableException.ofReplacement(base, ours);
        }
        T merged;
        try {
            merged = merger.merge(type.cast(base), type.cast(ours), type.cast(theirs));
        } catch (Throwable e) {
            Throwable failure = Failures.ofTheApplication(e);
            LOGGER.log(Level.DEBUG, Names.of(merger) + " failed", failure);
            throw new UnmergeableException(
                    Names.of(merger) + " failed with " + failure.getClass().getName());
        }
        if (merged == null) {
            throw new UnmergeableException(Names.of(merger) + " says that it cannot be done");
        }
        if (!takes(merged)) {
            throw new UnmergeableException(Names.of(merger) + " made a " + Names.of(merged));
        }
        return merged;
    }
}
