package io.holdfast.redis;

import io.holdfast.session.StoreException;
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

    /** In command time-outs; an attempt ends within one, unless its end is lost on this node, as when the heap is full. */
    private static final int LONGEST_ATTEMPT = 2;

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
        this.longestAttempt = commandTimeout.multipliedBy(LONGEST_ATTEMPT);
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
        CompletableFuture<Wire> attempt = new CompletableFuture<>();
        synchronized (this) {
            giveUpLostAttempt();
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

    private void giveUpLostAttempt() {
        CompletableFuture<Wire> known = current;
        boolean lost = known != null && !known.isDone() && System.nanoTime() - attemptNanos > longestAttempt.toNanos();
        if (lost) {
            current = null;
        }
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
            StoreException refusal = noteEnd(attempt, failure);
            if (failure == null && refusal != null) {
                wire.close();
            }
            if (refusal != null) {
                attempt.completeExceptionally(refusal);
            } else {
                attempt.complete(wire);
            }
        });
    }

    /** Why there is no connection behind this attempt; null: there is one. */
    private synchronized @Nullable StoreException noteEnd(
            CompletableFuture<Wire> attempt, @Nullable Throwable failure) {
        if (current != attempt) {
            return wording.unreachable(failure == null ? new TimeoutException("it was reached too late") : failure);
        }
        lastFailure = failure;
        long spacing = ThreadLocalRandom.current().nextLong(MIN_SPACING.toNanos(), MAX_SPACING.toNanos());
        nextAttemptNanos = System.nanoTime() + spacing;
        if (failure != null) {
            return wording.unreachable(failure);
        }
        return closed ? wording.closed() : null;
    }
}
