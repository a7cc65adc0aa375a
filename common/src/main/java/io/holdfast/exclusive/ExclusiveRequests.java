package io.holdfast.exclusive;

import io.holdfast.config.ExclusiveSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.StoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Lets the exclusive requests of a session have their turn one after the other: those of this node in a fair line, and whoever
 * is at its head takes the session's lease, which all nodes share. The lease is renewed while the request works, and given
 * back when it ends.
 *
 * <p>A lease can be lost all the same: a node may stand still for longer than it lasts. That is why a commit carries the
 * {@linkplain LeaseToken token} of its lease, and takes effect only while the lease is the token's.
 */
public final class ExclusiveRequests implements AutoCloseable {
    /** A lease is renewed so many times before it runs out. */
    private static final int RENEWALS_PER_LEASE = 3;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final ExclusiveSettings settings;
    private final SessionEvents events;
    private final LeaseStore store;
    private final LeaseWait leaseWait;
    private final WaitingLines lines = new WaitingLines();
    private final Set<Turn> turns = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor renewals;
    private final long node = new SecureRandom().nextLong();
    private final AtomicLong sequence = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** To be {@linkplain #close closed}. Starts a thread with the first lease; talks to nobody before. */
    public ExclusiveRequests(ExclusiveSettings settings, LeaseStore store, SessionEvents events) {
        this.settings = settings;
        this.store = store;
        this.events = events;
        leaseWait = new LeaseWait(store, settings.lease(), this::requireOpen);
        renewals =
                new ScheduledThreadPoolExecutor(1, ExclusiveRequests::thread, new ThreadPoolExecutor.DiscardPolicy());
        renewals.setRemoveOnCancelPolicy(true);
    }

    /** Whether a request with this path, asked for only if that matters, is exclusive. */
    boolean applyTo(Supplier<String> path) {
        return !settings.rule().isNone() && settings.rule().appliesTo(path.get());
    }

    /**
     * Waits until it is the caller's turn with a session.
     *
     * @param waitedNanos how long the same request has waited before
     * @throws ExclusiveTimeoutException when it did not come in time
     * @throws StoreException when the store could not be asked, or the application stops
     */
    Turn take(String record, long waitedNanos) {
        long start = System.nanoTime();
        long longest = Math.max(0, settings.longestWait().toNanos() - waitedNanos);
        WaitingLines.Line line = null;
        try {
            requireOpen();
            line = lines.join(record, 0);
            boolean atOnce = line != null;
            if (line == null) {
                line = lines.join(record, longest);
            }
            requireOpen();
            if (line == null) {
                throw timedOut(record, start, waitedNanos, "one on this node has its turn");
            }
            LeaseToken token = new LeaseToken(node, sequence.incrementAndGet());
            LeaseWait.Outcome outcome = leaseWait.take(record, token, line, start + longest);
            if (outcome == LeaseWait.Outcome.TOO_LATE) {
                throw timedOut(
                        record,
                        start,
                        waitedNanos,
                        "one on another node has its turn; " + line.waiting() + " more wait here");
            }
            if (!atOnce || outcome == LeaseWait.Outcome.WAITED) {
                events.exclusiveWaited(record, millisSince(start));
            }
            Turn turn = begin(new Turn(record, token, line, this));
            line = null;
            if (closed.get()) {
                end(turn);
                requireOpen();
            }
            return turn;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(
                    "Session " + record + ": interrupted while waiting for other requests of the session (exclusive)",
                    e);
        } finally {
            if (line != null) {
                lines.leave(line);
            }
        }
    }

    /** The request has ended. Gives the lease back without waiting, and lets the next one go on. */
    void end(Turn turn) {
        var unused = giveBack(turn);
    }

    private CompletableFuture<?> giveBack(Turn turn) {
        if (!turn.markEnded()) {
            return CompletableFuture.completedFuture(null);
        }
        turn.stopRenewal();
        turns.remove(turn);
        try {
            return store.release(turn.record(), turn.token()).thenAccept(answer -> released(turn, answer));
        } finally {
            lines.leave(turn.line());
        }
    }

    private void released(Turn turn, LeaseStore.Released answer) {
        turn.line().setOthersListen(answer.heard());
        if (!answer.wasHeld()) {
            events.leaseLost(turn.record());
        }
    }

    /** Fails all that wait, and gives back all leases: what their requests commit from now on is refused. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        renewals.shutdownNow();
        lines.close();
        store.close();
        CompletableFuture<?> all =
                CompletableFuture.allOf(turns.stream().map(this::giveBack).toArray(CompletableFuture<?>[]::new));
        try {
            all.get(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(ExclusiveRequests.class.getName())
                    .log(System.Logger.Level.DEBUG, "Leases that could not be given back run out", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many requests of this node wait for their turn with a session, without the one that is next or has it. */
    int waiting(String record) {
        return lines.waiting(record);
    }

    /** How many sessions requests of this node wait for or have their turn with. */
    int waitingLines() {
        return lines.size();
    }

    private Turn begin(Turn turn) {
        turns.add(turn);
        long interval = settings.lease().toNanos() / RENEWALS_PER_LEASE;
        turn.renewedBy(renewals.scheduleWithFixedDelay(() -> renew(turn), interval, interval, TimeUnit.NANOSECONDS));
        return turn;
    }

    /** A renewal that fails is tried again by the next one; a lease that is lost is not renewed any more. */
    private void renew(Turn turn) {
        try {
            var unused = store.renew(turn.record(), turn.token(), settings.lease())
                    .thenAccept(held -> {
                        if (!held) {
                            turn.stopRenewal();
                        }
                    });
        } catch (RuntimeException | Error e) {
            // as when the heap is full; there would be no next one if it went on from here
        }
    }

    private ExclusiveTimeoutException timedOut(String record, long start, long waitedNanos, String reason) {
        long waited = millisSince(start - waitedNanos);
        events.exclusiveTimedOut(record, waited);
        return new ExclusiveTimeoutException(
                record, waited, settings.longestWait().toMillis(), reason);
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new StoreException("Exclusive requests wait no longer: the application has stopped or is stopping.");
        }
    }

    private static long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    /** Started by a request, from which it must inherit neither the web application's class loader nor its thread locals. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "holdfast-leases", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ExclusiveRequests.class.getClassLoader());
        return thread;
    }
}
