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
    private record Held(HoldfastManagedSession session, int requests) {}

    private final Map<String, Held> byRecord = new ConcurrentHashMap<>();

    /** The object for a request that comes now. Each is {@linkplain #left left} once. */
    HoldfastManagedSession hand(String record, Supplier<HoldfastManagedSession> made) {
        return Objects.requireNonNull(byRecord.compute(
                        record,
                        (key, held) ->
                                held == null ? new Held(made.get(), 1) : new Held(held.session(), held.requests() + 1)))
                .session();
    }

    /** One request less has the object. */
    void left(String record, HoldfastManagedSession session) {
        byRecord.computeIfPresent(record, (key, held) -> held.session() == session ? less(held) : held);
    }

    private static @Nullable Held less(Held held) {
        return held.requests() == 1 ? null : new Held(held.session(), held.requests() - 1);
    }
}
