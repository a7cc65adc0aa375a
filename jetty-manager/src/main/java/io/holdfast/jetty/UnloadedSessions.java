package io.holdfast.jetty;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Session objects that were handed to requests before anybody knew whether there is a session: requests that come at the same
 * time are handed the same. Kept as long as one of them runs.
 */
final class UnloadedSessions {
    private final Map<String, HoldfastManagedSession> byRecord = new ConcurrentHashMap<>();

    /** The object for a request that comes now, and visits it from now on. Kept until all its visitors have left it. */
    HoldfastManagedSession hand(String record, RequestScope visitor, Supplier<HoldfastManagedSession> made) {
        return Objects.requireNonNull(byRecord.compute(record, (key, known) -> {
            HoldfastManagedSession session = known == null || known.isEndedHere() ? made.get() : known;
            session.visitedBy(visitor);
            return session;
        }));
    }

    /** The object that requests were handed; null: none was. */
    @Nullable
    HoldfastManagedSession find(String record) {
        HoldfastManagedSession known = byRecord.get(record);
        return known == null || known.isEndedHere() ? null : known;
    }

    /** A request has left the object. */
    void left(String record, HoldfastManagedSession session) {
        byRecord.computeIfPresent(record, (key, known) -> known == session && !known.isVisited() ? null : known);
    }
}
