package io.holdfast.redis;

import io.holdfast.events.SessionEvents;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import io.holdfast.session.UnsupportedRecordException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Tells listeners about an outage of Redis once, over all connections: at the first operation that found it unreachable or
 * silent, and at the first that succeeded after that; and about each operation that failed though Redis answered. Always on the
 * operation's own thread.
 */
final class StoreHealth {
    private final SessionEvents events;
    private final String address;
    private final AtomicBoolean down = new AtomicBoolean();

    StoreHealth(SessionEvents events, String address) {
        this.events = events;
        this.address = address;
    }

    /** Runs an operation and draws the conclusion from how it ends. */
    <T> T observe(Supplier<T> operation) {
        try {
            T result = operation.get();
            if (down.get() && down.compareAndSet(true, false)) {
                events.storeUp(address);
            }
            return result;
        } catch (StoreUnavailableException e) {
            if (down.compareAndSet(false, true)) {
                events.storeDown(address, e);
            }
            throw e;
        } catch (StoreException e) {
            if (concernsOperators(e)) {
                events.operationFailed(e);
            }
            throw e;
        }
    }

    /** Not of an application that stops, or of a thread that is interrupted. */
    private static boolean concernsOperators(StoreException failure) {
        Throwable cause = failure.getCause();
        boolean bug = cause != null && !(cause instanceof StoreException);
        return bug
                || failure instanceof CommitContentionException
                || failure instanceof UnsupportedRecordException
                || failure instanceof RefusedException
                || cause instanceof RefusedException;
    }
}
