package io.holdfast.exclusive;

import io.holdfast.tracking.Use;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one request: one for each session it uses, in whichever application. What it waits for all of them together is
 * bounded. Safe for use by many threads.
 */
public final class RequestTurns {
    /** Applications that share a cookie have sessions of the same name. */
    private record Place(ExclusiveRequests requests, String record) {}

    private final Map<Place, Turn> turns = new HashMap<>(); // guarded by this
    private long waitedNanos; // guarded by this

    /**
     * Has the request's turn with a session, waits for it if need be, and does {@code work}, which may make {@linkplain #guard
     * uses} that keep the turn. Without such a use the turn is over when this returns. A request that is not exclusive does
     * {@code work} at once.
     *
     * @param path of the request, as {@link io.holdfast.config.ExclusiveRule#appliesTo} takes it
     * @throws ExclusiveTimeoutException when the turn did not come in time
     * @throws io.holdfast.session.StoreException when the store could not be asked whose turn it is
     */
    public <T extends @Nullable Object> T during(
            ExclusiveRequests requests, String record, Supplier<String> path, Supplier<T> work) {
        Turn turn = requests.applyTo(path) ? turn(new Place(requests, record)) : null;
        try {
            return work.get();
        } finally {
            if (turn != null) {
                turn.drop();
            }
        }
    }

    /**
     * {@code use} keeps the turn with this session, if there is one, until it has ended. Of a turn that has ended already,
     * because the application stops, it has the token all the same, so that it commits nothing without the lease.
     */
    public synchronized void guard(ExclusiveRequests requests, String record, Use use) {
        Turn turn = turns.get(new Place(requests, record));
        if (turn != null) {
            use.guard(turn.token(), turn.keep() ? turn::drop : () -> {});
        }
    }

    private Turn turn(Place place) {
        Turn known = known(place);
        if (known != null) {
            return known;
        }
        long start = System.nanoTime();
        try {
            Turn taken = place.requests().take(place.record(), waited());
            synchronized (this) {
                turns.put(place, taken);
            }
            return taken;
        } finally {
            addWait(System.nanoTime() - start);
        }
    }

    private synchronized @Nullable Turn known(Place place) {
        Turn turn = turns.get(place);
        return turn != null && turn.keep() ? turn : null;
    }

    private synchronized long waited() {
        return waitedNanos;
    }

    private synchronized void addWait(long nanos) {
        waitedNanos += nanos;
    }
}
