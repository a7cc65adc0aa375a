package io.holdfast.merge;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's counters: what both sides counted is added up, and wraps around as the counter itself does. By exact class: a class
 * that extends one may hold more.
 */
final class Counters {
    private Counters() {}

    static boolean areCounters(Object one, Object other) {
        Class<?> type = one.getClass();
        return type == other.getClass()
                && (type == AtomicInteger.class || type == AtomicLong.class || type == LongAdder.class);
    }

    static long valueOf(Object counter) {
        return ((Number) counter).longValue();
    }

    /** Adds to {@code theirs} what {@code ours} has counted since {@code base}; null: since zero. */
    static Object merge(@Nullable Object base, Object ours, Object theirs) {
        long difference = valueOf(ours) - (base == null ? 0 : valueOf(base));
        if (theirs instanceof AtomicInteger counter) {
            counter.addAndGet((int) difference);
        } else if (theirs instanceof AtomicLong counter) {
            counter.addAndGet(difference);
        } else if (theirs instanceof LongAdder counter) {
            counter.add(difference);
        }
        return theirs;
    }
}
