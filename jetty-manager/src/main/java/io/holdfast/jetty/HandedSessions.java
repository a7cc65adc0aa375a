package io.holdfast.jetty;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Session objects that were handed to requests, by record: before anybody knows whether there is a session, and though this
 * node's copy may be given up before a request asks for it. So requests that come at the same time are handed the same. Each is
 * kept as long as one of its visitors runs.
 */
final class HandedSessions {
    private final Map<String, HoldfastManagedSession> byRecord = new ConcurrentHashMap<>();

    /**
     * The object for a request that comes now, and visits it from now on.
     *
     * @param choose takes the one that others were handed, or null, and returns the one to hand; without any I/O
     */
    HoldfastManagedSession hand(
            String record,
            RequestScope visitor,
            Function<@Nullable HoldfastManagedSession, HoldfastManagedSession> choose) {
        return Objects.requireNonNull(byRecord.compute(record, (key, known) -> {
            HoldfastManagedSession session = choose.apply(known);
            session.visitors().add(visitor);
            return session;
        }));
    }

    /** The object that requests which still run were handed; null: none was. */
    @Nullable
    HoldfastManagedSession find(String record) {
        return byRecord.get(record);
    }

    /** A visitor has left the object. */
    void left(String record, HoldfastManagedSession session) {
        byRecord.computeIfPresent(
                record, (key, known) -> known == session && known.visitors().isEmpty() ? null : known);
    }
}
