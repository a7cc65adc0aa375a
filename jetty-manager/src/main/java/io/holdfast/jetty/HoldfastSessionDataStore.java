package io.holdfast.jetty;

import io.holdfast.live.LiveSession;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoreException;
import io.holdfast.session.UnsupportedRecordException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.session.AbstractSessionDataStore;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.UnreadableSessionDataException;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one web application in Redis, as Jetty's caches of sessions load, save and end them.
 *
 * <p>A save is atomic, writes only what was changed, and never brings back a session that has ended. Ended sessions are told by
 * Jetty's scavenger, each on one of all nodes.
 */
final class HoldfastSessionDataStore extends AbstractSessionDataStore {
    private static final Logger LOG = System.getLogger(HoldfastSessionDataStore.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    private final HoldfastSessionDataStoreFactory factory;
    private @Nullable RunningStore running;

    HoldfastSessionDataStore(HoldfastSessionDataStoreFactory factory) {
        this.factory = factory;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        try {
            running = RunningStore.start(_context, applicationLoader(), factory.settings(_context, this));
        } catch (RuntimeException e) {
            factory.stopped(this);
            throw e;
        }
    }

    @Override
    protected void doStop() throws Exception {
        factory.stopped(this);
        if (running != null) {
            running.stop();
            running = null;
        }
        super.doStop();
    }

    @Override
    public SessionData newSessionData(String id, long created, long accessed, long lastAccessed, long maxInactiveMs) {
        SessionId sessionId = running().ids().parse(id);
        if (sessionId == null) {
            throw new IllegalArgumentException(
                    "A new session's id has not the form that HoldfastSessionIdManager makes");
        }
        LiveSession live = running().sessions().create(sessionId, created, TimedSessionData.seconds(maxInactiveMs));
        return new HoldfastSessionData(running(), live, id, created, accessed, lastAccessed, maxInactiveMs);
    }

    /**
     * The session with this id, or null. One that has ended is found if this node gets the lease of its end, for Jetty to
     * tell its listeners.
     *
     * @throws UnreadableSessionDataException when it comes from a newer release or is damaged
     * @throws StoreException when Redis could not be asked
     */
    @Override
    public @Nullable SessionData doLoad(String id) throws UnreadableSessionDataException {
        EndLease ending = running().ending().find(id);
        if (ending != null) {
            return ended(id, ending);
        }
        SessionId sessionId = running().ids().parse(id);
        if (sessionId == null) {
            return null;
        }
        try {
            LoadResult result = running().store().load(sessionId.record());
            if (result instanceof LoadResult.Ended) {
                EndLease lease = leaseEnd(id, sessionId);
                return lease == null ? null : ended(id, lease);
            }
            return result instanceof LoadResult.Found found && accepts(found.snapshot(), sessionId)
                    ? found(id, sessionId, found.snapshot())
                    : null;
        } catch (UnsupportedRecordException e) {
            throw new UnreadableSessionDataException(id, _context, e);
        }
    }

    /**
     * Saves a session.
     *
     * @throws StoreException when Redis could not be asked; what was changed is not lost, the next save tries again
     */
    @Override
    public void doStore(String id, SessionData data, long lastSaveTime) {
        if (!(data instanceof HoldfastSessionData ours)) {
            throw new IllegalArgumentException(
                    "Session data of another store: " + data.getClass().getName());
        }
        ours.save(lastSaveTime > 0);
    }

    /**
     * Ends a session, of which Jetty has told or will tell the listeners.
     *
     * @return whether it was this call that ended it
     */
    @Override
    public boolean delete(String id) {
        if (running().ending().told(id)) {
            return true;
        }
        SessionId sessionId = running().ids().parse(id);
        if (sessionId == null) {
            return false;
        }
        LoadResult result = running().store().load(sessionId.record());
        if (result instanceof LoadResult.Found found && accepts(found.snapshot(), sessionId)) {
            SessionSnapshot snapshot = found.snapshot();
            EndResult end = running()
                    .store()
                    .end(sessionId.record(), snapshot.metadata().createdBy(), snapshot.payloadBytes());
            if (end instanceof EndResult.Leased leased) {
                running().reaper().hold(leased.lease()).told();
                return true;
            }
        } else if (result instanceof LoadResult.Ended && leaseEnd(id, sessionId) != null) {
            return running().ending().told(id);
        }
        return false;
    }

    @Override
    public boolean doExists(String id) {
        SessionId sessionId = running().ids().parse(id);
        return sessionId != null
                && running().store().load(sessionId.record()) instanceof LoadResult.Found found
                && accepts(found.snapshot(), sessionId);
    }

    /**
     * Those of this node's sessions that have ended, and, whoever has used them last, all sessions of this web application whose
     * end no other node has taken on.
     */
    @Override
    public Set<String> doCheckExpired(Set<String> candidates, long time) {
        Set<String> ended = new HashSet<>();
        for (String id : candidates) {
            if (hasEnded(id)) {
                ended.add(id);
            }
        }
        sweep(lease -> ended.add(takeOn(lease)));
        return ended;
    }

    /** Nothing: {@link #doCheckExpired} has found them all, as soon as they have ended. */
    @Override
    public Set<String> doGetExpired(long before) {
        return Set.of();
    }

    /**
     * Drops ended sessions of this web application that were to end before that time and that nobody has told. Those of other
     * web applications are not seen from here; Redis drops them by itself.
     */
    @Override
    public void doCleanOrphans(long before) {
        sweep(lease -> {
            JettyTimes times = times(lease);
            if (times != null && times.expiryMillis() > 0 && times.expiryMillis() < before) {
                running().reaper().hold(lease).told();
            } else {
                running().ends().giveBack(lease);
            }
        });
    }

    /** What exists while this store runs. */
    RunningStore running() {
        if (running == null) {
            throw new IllegalStateException("The session store is not started");
        }
        return running;
    }

    /** Whether the session is to be ended by this node, under this id. */
    boolean isEnding(String id) {
        return running().ending().find(id) != null;
    }

    /** False: Jetty would have each attribute decoded, at each save, to find those that want to hear of it. */
    @Override
    public boolean isPassivating() {
        return false;
    }

    private ClassLoader applicationLoader() {
        AtomicReference<@Nullable ClassLoader> loader = new AtomicReference<>();
        _context.run(() -> loader.set(Thread.currentThread().getContextClassLoader()));
        ClassLoader application = loader.get();
        return application == null ? HoldfastSessionDataStore.class.getClassLoader() : application;
    }

    private SessionData found(String id, SessionId sessionId, SessionSnapshot snapshot) {
        LiveSession live = running().sessions().loaded(sessionId.record(), snapshot);
        live.touch();
        return HoldfastSessionData.loaded(running(), live, id);
    }

    private SessionData ended(String id, EndLease lease) {
        LiveSession live = running().sessions().ended(lease);
        live.endWith(lease);
        return HoldfastSessionData.loaded(running(), live, id);
    }

    /** Takes the lease of a session that has ended, if it is the one with this id; null: another node has it. */
    private @Nullable EndLease leaseEnd(String id, SessionId sessionId) {
        if (!(running().ends().lease(sessionId.record()) instanceof EndResult.Leased leased)) {
            return null;
        }
        EndLease lease = leased.lease();
        if (!accepts(lease.snapshot(), sessionId)) {
            running().ends().giveBack(lease);
            return null;
        }
        running().ending().add(id, lease);
        return lease;
    }

    private boolean hasEnded(String id) {
        SessionId sessionId = running().ids().parse(id);
        if (sessionId == null) {
            return true;
        }
        try {
            LoadResult result = running().store().load(sessionId.record());
            if (result instanceof LoadResult.Ended) {
                var unused = leaseEnd(id, sessionId);
            }
            return !(result instanceof LoadResult.Found found && accepts(found.snapshot(), sessionId));
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "The end of session " + sessionId.record() + " is looked at later", e);
            return false;
        }
    }

    /** Keeps the lease of an end for Jetty, under an id that nobody can know: what makes an id valid is not stored. */
    private String takeOn(EndLease lease) {
        JettyTimes times = times(lease);
        String id = times == null || times.foreignId().isEmpty()
                ? SessionIds.renew(lease.record(), RANDOM::nextBytes).value()
                : times.foreignId();
        running().ending().add(id, lease);
        return id;
    }

    private @Nullable JettyTimes times(EndLease lease) {
        return JettyTimes.parse(
                running().sessions().ended(lease).containerState().get(JettyTimes.NAME));
    }

    private void sweep(Consumer<EndLease> onEnd) {
        try {
            SessionEnds ends = running().ends();
            ends.readClock();
            for (int bucket = 0; bucket < SessionEnds.BUCKETS; bucket++) {
                ends.sweep(bucket, onEnd, this::isRunning);
            }
        } catch (StoreException e) {
            LOG.log(Level.DEBUG, "Ended sessions are looked for later", e);
        }
    }

    private static boolean accepts(SessionSnapshot snapshot, SessionId id) {
        return snapshot.metadata().secretHash().matches(id.secret());
    }
}
