package io.holdfast.live;

import io.holdfast.session.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Orders the commits and refreshes of one session on one node. Spans the round trips of a commit by design: a second commit
 * would only be turned away by Redis. Waiting is bounded, so a store that hangs never piles up threads.
 */
final class CommitLock {
    private static final int TIMEOUTS = 4;

    private final String record;
    private final Duration longestWait;
    private final UnaryOperator<StoreUnavailableException> told;
    private final ReentrantLock lock = new ReentrantLock(true);

    /**
     * A lock of nobody.
     *
     * @param commandTimeout the longest wait for one answer; a holder needs a few of them at worst
     * @param told tells operators that the lock could not be had
     */
    CommitLock(String record, Duration commandTimeout, UnaryOperator<StoreUnavailableException> told) {
        this.record = record;
        this.told = told;
        this.longestWait = commandTimeout.multipliedBy(TIMEOUTS);
    }

    /** @throws StoreUnavailableException when the lock could not be had in time */
    void acquire() {
        acquireIf(() -> true);
    }

    /**
     * Like {@link #acquire}, for who may not need it any more when it could not be had in time.
     *
     * @param stillNeeded asked then
     * @return false: it could not be had, and is not needed
     */
    boolean acquireIf(BooleanSupplier stillNeeded) {
        try {
            if (lock.tryLock(longestWait.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (!stillNeeded.getAsBoolean()) {
                return false;
            }
            throw new StoreUnavailableException(
                    "Session " + record + ": interrupted while waiting for another request's commit", e);
        }
        if (!stillNeeded.getAsBoolean()) {
            return false;
        }
        throw told.apply(
                new StoreUnavailableException("Session " + record + ": other requests on this node kept it busy for "
                        + longestWait.toMillis() + " ms; waiting for it: " + lock.getQueueLength()
                        + ". Is Redis slow, or does an attribute's own serialization block?"));
    }

    /** How long {@link #acquire} waits at most. */
    Duration longestWait() {
        return longestWait;
    }

    void release() {
        lock.unlock();
    }
}
