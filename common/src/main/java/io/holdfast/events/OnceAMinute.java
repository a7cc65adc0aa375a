package io.holdfast.events;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Lets the first of each kind pass in a minute. Safe for use by many threads. */
final class OnceAMinute {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final LongSupplier clock;
    private final int mostKinds;
    private final Set<Object> passed = new HashSet<>(); // guarded by this
    private long begun; // of the minute, by the clock; guarded by this

    /**
     * A minute begins.
     *
     * @param clock in nanoseconds
     * @param mostKinds so many pass in a minute at most; those of further kinds do not
     */
    OnceAMinute(LongSupplier clock, int mostKinds) {
        this.clock = clock;
        this.mostKinds = mostKinds;
        this.begun = clock.getAsLong();
    }

    /** {@code kind}: compared by {@code equals}. */
    synchronized boolean passes(Object kind) {
        long now = clock.getAsLong();
        if (now - begun >= A_MINUTE.toNanos()) {
            begun = now;
            passed.clear();
        }
        return passed.size() < mostKinds && passed.add(kind);
    }
}
