package io.holdfast.exclusive;

import io.holdfast.session.LeaseToken;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One request's right to be alone with a session: it holds the lease and is at the head of the line of its node. Kept by
 * everything that uses the session for the request; ends with the last of them. Safe for use by many threads.
 */
final class Turn {
    private final String record;
    private final LeaseToken token;
    private final WaitingLines.Line line;
    private final ExclusiveRequests owner;
    private @Nullable Future<?> renewal; // guarded by this
    private int keepers = 1; // guarded by this
    private boolean ended; // guarded by this

    /** Begins with one keeper, the caller. */
    Turn(String record, LeaseToken token, WaitingLines.Line line, ExclusiveRequests owner) {
        this.record = record;
        this.token = token;
        this.line = line;
        this.owner = owner;
    }

    String record() {
        return record;
    }

    LeaseToken token() {
        return token;
    }

    WaitingLines.Line line() {
        return line;
    }

    /** One more keeper, unless the turn has ended. */
    synchronized boolean keep() {
        if (ended) {
            return false;
        }
        keepers++;
        return true;
    }

    /** One keeper less; the last one ends the turn. */
    void drop() {
        synchronized (this) {
            keepers--;
            if (keepers > 0 || ended) {
                return;
            }
        }
        owner.end(this);
    }

    /** The lease is renewed by this task until the turn ends. */
    synchronized void renewedBy(Future<?> task) {
        renewal = task;
        if (ended) {
            task.cancel(false);
        }
    }

    synchronized void stopRenewal() {
        if (renewal != null) {
            renewal.cancel(false);
        }
    }

    /** Ends the turn; whether this call did. */
    synchronized boolean markEnded() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
