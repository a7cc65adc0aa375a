package io.holdfast.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when somebody first needs it and again when it was lost. All who ask meanwhile share the one
 * attempt. After a failed attempt everybody fails at once for a short, jittered time; then one caller tries and waits, and the
 * others go on failing at once until that has succeeded. So while Redis is down or silent, requests get their answer
 * immediately, and Redis is not stormed when it comes back.
 */
final class OnDemandConnection {
    private static final Duration MIN_SPACING = Duration.ofMillis(200);
    /** The time after which a new attempt is allowed in any case. */
    static final Duration MAX_SPACING = Duration.ofMillis(300);

    /** An attempt ends within one of them, and what the timer and the look-up of a name need, unless its end is lost on this node. */
    private static final int TIMEOUTS_OF_AN_ATTEMPT = 2;

    private static final Duration SPARE = Duration.ofSeconds(2);

    private final Supplier<CompletableFuture<Wire>> connector;
    private final Wording wording;
    private final Duration longestAttempt;

    private volatile @Nullable CompletableFuture<Wire> current; // written under this
    private @Nullable Throwable lastFailure; // guarded by this
    private long nextAttemptNanos; // guarded by this; meaningful while lastFailure is set
    private long attemptNanos; // guarded by this; when current began
    private boolean closed; // guarded by this

    /** {@code connector}: opens a connection, or fails within {@code commandTimeout}; does not wait. */
    OnDemandConnection(Supplier<CompletableFuture<Wire>> connector, Wording wording, Duration commandTimeout) {
        this.connector = connector;
        this.wording = wording;
        this.longestAttempt =
                commandTimeout.multipliedBy(TIMEOUTS_OF_AN_ATTEMPT).plus(SPARE);
    }

    /**
     * The open connection, or the attempt to open one, which ends within the command time-out. Never waits. Fails with a
     * {@link io.holdfast.session.StoreException}.
     */
    CompletableFuture<Wire> get() {
        CompletableFuture<Wire> usable = usable();
        if (usable != null && usable.isDone()) {
            return usable;
        }
        failAttemptWithoutEnd();
        CompletableFuture<Wire> attempt = new CompletableFuture<>();
        synchronized (this) {
            usable = usable();
            Throwable known = lastFailure;
            if (usable != null) {
                return usable.isDone() || known == null
                        ? usable
                        : CompletableFuture.failedFuture(wording.unreachableLately(known));
            }
            if (closed) {
                return CompletableFuture.failedFuture(wording.closed());
            }
            if (known != null && System.nanoTime() - nextAttemptNanos < 0) {
                return CompletableFuture.failedFuture(wording.unreachableLately(known));
            }
            current = attempt;
            attemptNanos = System.nanoTime();
        }
        connect(attempt);
        return attempt;
    }

    /** Opens no connection any more; the one that is open is closed with the client. */
    synchronized void close() {
        closed = true;
    }

    /** Where the heap of this node is full, the end of an attempt can be lost. */
    private void failAttemptWithoutEnd() {
        CompletableFuture<Wire> known;
        TimeoutException failure;
        synchronized (this) {
            known = current;
            if (known == null || known.isDone() || System.nanoTime() - attemptNanos <= longestAttempt.toNanos()) {
                return;
            }
            failure = new TimeoutException("an attempt to connect has no end");
            lastFailure = failure;
            nextAttemptNanos = System.nanoTime();
        }
        known.completeExceptionally(wording.unreachable(failure));
    }

    private @Nullable CompletableFuture<Wire> usable() {
        CompletableFuture<Wire> known = current;
        if (known == null || known.isCompletedExceptionally()) {
            return null;
        }
        return !known.isDone() || known.join().isOpen() ? known : null;
    }

    private void connect(CompletableFuture<Wire> attempt) {
        CompletableFuture<Wire> connecting;
        try {
            connecting = connector.get();
        } catch (RuntimeException | Error e) { // Lettuce refuses once it is shut down; the heap may be full
            connecting = CompletableFuture.failedFuture(e);
        }
        var unused = connecting.whenComplete((wire, failure) -> {
            boolean wanted = noteEnd(attempt, failure);
            if (failure != null) {
                attempt.completeExceptionally(wording.unreachable(failure));
            } else if (!wanted || !attempt.complete(wire)) {
                wire.close();
                attempt.completeExceptionally(wording.closed());
            }
        });
    }

    /** Whether somebody may want the connection, if there is one. */
    private synchronized boolean noteEnd(CompletableFuture<Wire> attempt, @Nullable Throwable failure) {
        if (current != attempt) {
            return false;
        }
        lastFailure = failure;
        long spacing = ThreadLocalRandom.current().nextLong(MIN_SPACING.toNanos(), MAX_SPACING.toNanos());
        nextAttemptNanos = System.nanoTime() + spacing;
        return !closed;
    }
}
