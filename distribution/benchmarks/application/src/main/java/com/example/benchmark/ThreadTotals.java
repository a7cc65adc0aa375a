package com.example.benchmark;

import java.util.HashMap;
import java.util.Map;

/**
 * A figure that the JVM tells of each living thread, added up so that the sum never falls: of a thread that has ended since, what was
 * last seen of it counts. Up to Java 20 the JVM itself forgets such threads.
 */
final class ThreadTotals {
    private final Map<Long, Long> lastSeen = new HashMap<>(); // guarded by this

    /**
     * The sum over all threads that were ever seen.
     *
     * @param ids of the threads that live
     * @param figures of these, in the same order; negative for one that has ended meanwhile
     */
    synchronized long update(long[] ids, long[] figures) {
        for (int i = 0; i < ids.length; i++) {
            lastSeen.merge(ids[i], figures[i], Math::max);
        }
        return lastSeen.values().stream()
                .mapToLong(figure -> Math.max(0, figure))
                .sum();
    }
}
