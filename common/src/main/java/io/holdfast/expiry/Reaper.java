package io.holdfast.expiry;

import io.holdfast.session.CommitId;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Looks for sessions that have ended, at intervals and where somebody has noticed one, and has their listeners told: one
 * session after the other, each under a lease, so that exactly one node tells it. If a node dies while it tells, another one
 * tells it again.
 *
 * <p>Whoever ends a session because a request says so tells the listeners itself, {@linkplain #hold holding} the lease.
 */
public final class Reaper implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Reaper.class.getName());

    /** A third of the time for which a lease is held. */
    private static final Duration RENEWAL = Duration.ofSeconds(10);

    /** How long a stop waits for listeners that are being told. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** Records waiting for a look; beyond that, they are left to the next sweep. */
    private static final int MOST_LOOKS = 10_000;

    private final SessionEnds ends;
    private final Duration interval;
    private final Duration renewal;
    private final Duration longestStop;
    private final Housekeeping housekeeping = new Housekeeping();
    private final Set<String> toLookAt = ConcurrentHashMap.newKeySet();
    private final Set<HeldEnd> held = ConcurrentHashMap.newKeySet();
    private final Map<Session, CompletableFuture<@Nullable Void>> forgetting = new ConcurrentHashMap<>();

    /** Ends that were told while the store could not be asked to forget them. */
    private final Set<Session> toldOnly = ConcurrentHashMap.newKeySet();

    /** Whether held ends are renewed, from the first on. */
    private final AtomicBoolean renewing = new AtomicBoolean();

    /** Whether it was told that Redis refuses what this needs. */
    private final AtomicBoolean refused = new AtomicBoolean();

    private volatile @Nullable EndTeller teller;
    private volatile boolean closed;

    private record Session(String record, CommitId createdBy) {
        private static Session of(EndLease lease) {
            return new Session(lease.record(), lease.createdBy());
        }
    }

    /** {@code interval}: about so much time lies between two looks for ended sessions. */
    public Reaper(SessionEnds ends, Duration interval) {
        this(ends, interval, RENEWAL, LONGEST_STOP);
    }

    Reaper(SessionEnds ends, Duration interval, Duration renewal, Duration longestStop) {
        this.ends = ends;
        this.interval = interval;
        this.renewal = renewal;
        this.longestStop = longestStop;
    }

    /** Begins to look. */
    public void start(EndTeller endTeller) {
        teller = endTeller;
        long nanos = interval.toNanos();
        Duration pause = Duration.ofNanos(ThreadLocalRandom.current().nextLong(nanos * 3 / 4, nanos * 5 / 4 + 1));
        housekeeping.workRepeatedly(this::lookForEnded, pause);
    }

    /** Looks at one record soon, since its session seems to be over. Does not wait. */
    public void lookAt(String record) {
        if (toLookAt.size() < MOST_LOOKS && toLookAt.add(record)) {
            housekeeping.work(() -> look(record));
        }
    }

    /** Holds a lease until the listeners have been told. */
    public HeldEnd hold(EndLease lease) {
        HeldEnd holding = new HeldEnd(this, ends, lease);
        held.add(holding);
        if (!renewing.getAndSet(true)) {
            housekeeping.renewRepeatedly(() -> held.forEach(HeldEnd::renew), renewal);
        }
        return holding;
    }

    /**
     * Ends the threads. What is being told is waited for, for some seconds; what is not told then is given back, and another
     * node tells it.
     */
    @Override
    public void close() {
        closed = true;
        housekeeping.finishWork(longestStop);
        await(CompletableFuture.allOf(held.stream().map(HeldEnd::over).toArray(CompletableFuture[]::new)));
        held.forEach(this::giveBack);
        await(CompletableFuture.allOf(forgetting.values().toArray(CompletableFuture[]::new)));
        housekeeping.close();
    }

    /** Returns whether the lease was still held. */
    boolean letGo(HeldEnd holding) {
        return held.remove(holding);
    }

    private void lookForEnded() {
        work(this::sweep);
        work(this::swept);
    }

    private void sweep() {
        if (!goesOn()) {
            return;
        }
        ends.readClock();
        int first = ThreadLocalRandom.current().nextInt(SessionEnds.BUCKETS);
        for (int i = 0; i < SessionEnds.BUCKETS && goesOn(); i++) {
            ends.sweep((first + i) % SessionEnds.BUCKETS, this::tell, this::goesOn);
        }
    }

    private void swept() {
        EndTeller listening = teller;
        if (listening != null && goesOn()) {
            listening.swept();
        }
    }

    private void look(String record) {
        toLookAt.remove(record);
        EndTeller listening = teller;
        if (listening == null || !goesOn()) {
            return;
        }
        work(() -> {
            EndResult result = ends.lease(record);
            if (result instanceof EndResult.Leased leased) {
                tell(leased.lease());
            } else {
                listening.looked(record, result instanceof EndResult.Alive);
            }
        });
    }

    private boolean goesOn() {
        EndTeller listening = teller;
        return !closed && listening != null && listening.isReady();
    }

    private void tell(EndLease lease) {
        EndTeller listening = teller;
        if (listening == null || toldOnly.contains(Session.of(lease))) {
            forget(lease);
            return;
        }
        HeldEnd holding = hold(lease);
        try {
            listening.tell(lease);
            holding.told();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Session " + lease.record() + ": not all listeners heard of its end",
                    e);
            holding.told(); // another node would fare no better
        } finally {
            holding.letGo();
        }
    }

    /** If the store does not hear of it, that is tried again, and this node remembers not to tell the session once more. */
    void forget(EndLease lease) {
        CompletableFuture<@Nullable Void> done = ends.forget(lease).toCompletableFuture();
        forgetting.put(Session.of(lease), done);
        var unused = done.whenComplete((nothing, failure) -> {
            forgetting.remove(Session.of(lease));
            if (failure == null) {
                toldOnly.remove(Session.of(lease));
            } else {
                toldOnly.add(Session.of(lease));
                housekeeping.doLater(() -> work(() -> forget(lease)), renewal); // before the lease runs out
            }
        });
    }

    /** The listeners are not told here after all: another node takes over, at once if the store can be asked. */
    public void giveBack(HeldEnd holding) {
        if (!holding.letGo()) {
            return; // told in the last moment
        }
        try {
            ends.giveBack(holding.lease());
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.DEBUG, "Another node takes over when the lease ends", e);
        }
    }

    /** Nothing that goes wrong with one piece of work keeps the next from being done. */
    private void work(Runnable task) {
        try {
            task.run();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "The look for ended sessions is put off", e);
        } catch (StoreException e) {
            boolean first = !refused.getAndSet(true);
            LOG.log(
                    first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "Ended sessions cannot be looked for, so their listeners are not told. " + e.getMessage(),
                    e);
        } catch (RuntimeException | Error e) {
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, "The look for ended sessions failed; it is repeated", e);
            }
        }
    }

    private void await(CompletableFuture<?> future) {
        try {
            var unused = future.get(longestStop.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "Ends that were told could not be forgotten", e);
        }
    }
}
