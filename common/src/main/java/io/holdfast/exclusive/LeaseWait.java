package io.holdfast.exclusive;

import io.holdfast.exclusive.LeaseStore.Attempt;
import io.holdfast.exclusive.LeaseStore.WakeUp;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.StoreException;
import java.time.Duration;

/**
 * How the head of a line comes by the lease: it tries; if somebody has it, it listens for its release, tries again, because
 * that may have happened before it listened, and then waits to be woken, or for the lease to run out.
 *
 * <p>Who gives back a lease could always be first to take it again, so the nodes take turns: after some times in a row,
 * a node for whose lease others listen holds back for a moment.
 */
final class LeaseWait {
    /** No pause between two tries is shorter, but for a wake-up. */
    private static final Duration SHORTEST = Duration.ofMillis(20);

    /** Without an ear for releases, one is looked for this often. */
    private static final Duration DEAF = Duration.ofMillis(250);

    /** So often in a row a node takes a lease that others wait for. */
    private static final int MOST_IN_A_ROW = 8;

    private final LeaseStore store;
    private final Duration lease;
    private final Runnable requireOpen;

    /** How a wait ended. */
    enum Outcome {
        TAKEN_AT_ONCE,
        WAITED,
        TOO_LATE
    }

    /** {@code requireOpen} throws when the application has stopped. */
    LeaseWait(LeaseStore store, Duration lease, Runnable requireOpen) {
        this.store = store;
        this.lease = lease;
        this.requireOpen = requireOpen;
    }

    /**
     * Takes the lease. Waits until {@code deadlineNanos} of {@link System#nanoTime} at the latest, but tries once in any case.
     *
     * @throws StoreException when the store could not be asked
     */
    Outcome take(String record, LeaseToken token, WaitingLines.Line line, long deadlineNanos)
            throws InterruptedException {
        try (WakeUp wakeUp = store.wakeUp(record)) {
            if (line.takenInARow() >= MOST_IN_A_ROW && line.othersListen()) {
                letOthersGoFirst(wakeUp, line, deadlineNanos);
            }
            Outcome outcome = take(record, token, wakeUp, deadlineNanos);
            if (outcome == Outcome.TAKEN_AT_ONCE) {
                line.taken();
            } else {
                line.othersTurn();
            }
            return outcome;
        }
    }

    private Outcome take(String record, LeaseToken token, WakeUp wakeUp, long deadlineNanos)
            throws InterruptedException {
        if (attempt(record, token) instanceof Attempt.Taken) {
            return Outcome.TAKEN_AT_ONCE;
        }
        while (left(deadlineNanos).compareTo(Duration.ZERO) > 0) {
            boolean listening = wakeUp.listen();
            requireOpen.run();
            if (!(attempt(record, token) instanceof Attempt.Held held)) {
                return Outcome.WAITED;
            }
            Duration pause = listening ? longer(held.remaining(), SHORTEST) : DEAF;
            wakeUp.await(shorter(pause, left(deadlineNanos)));
        }
        return Outcome.TOO_LATE;
    }

    private Attempt attempt(String record, LeaseToken token) {
        try {
            return store.take(record, token, lease);
        } catch (StoreException e) {
            var unused = store.release(record, token); // it may be ours without our knowing
            throw e;
        }
    }

    /** They were woken when the lease was given back, and are quicker than this. */
    private static void letOthersGoFirst(WakeUp wakeUp, WaitingLines.Line line, long deadlineNanos)
            throws InterruptedException {
        line.othersTurn();
        wakeUp.await(shorter(SHORTEST, left(deadlineNanos)));
    }

    private static Duration left(long deadlineNanos) {
        return Duration.ofNanos(deadlineNanos - System.nanoTime());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
