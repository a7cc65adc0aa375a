package io.holdfast.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
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

    private final RedisConnector connector;
    private final Wording wording;

    private volatile @Nullable CompletableFuture<Wire> current; // written under this
    private @Nullable Throwable lastFailure; // guarded by this
    private long nextAttemptNanos; // guarded by this; meaningful while lastFailure is set
    private boolean closed; // guarded by this

    OnDemandConnection(RedisConnector connector, Wording wording) {
        this.connector = connector;
        this.wording = wording;
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
        }
        connect(attempt);
        return attempt;
    }

    /** Opens no connection any more; the one that is open is closed with the client. */
    synchronized void close() {
        closed = true;
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
            connecting = connector.connect();
        } catch (RuntimeException e) { // Lettuce refuses once it is shut down
            connecting = CompletableFuture.failedFuture(e);
        }
        var unused = connecting.whenComplete((wire, failure) -> {
            boolean tooLate = noteEnd(failure);
            if (failure != null) {
                attempt.completeExceptionally(wording.unreachable(failure));
            } else if (tooLate) {
                wire.close();
                attempt.completeExceptionally(wording.closed());
            } else {
                attempt.complete(wire);
            }
        });
    }

    private synchronized boolean noteEnd(@Nullable Throwable failure) {
        lastFailure = failure;
        long spacing = ThreadLocalRandom.current().nextLong(MIN_SPACING.toNanos(), MAX_SPACING.toNanos());
        nextAttemptNanos = System.nanoTime() + spacing;
        return closed;
    }
}
