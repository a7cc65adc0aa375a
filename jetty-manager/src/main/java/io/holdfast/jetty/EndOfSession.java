package io.holdfast.jetty;

import io.holdfast.expiry.HeldEnd;
import io.holdfast.live.LiveSession;
import io.holdfast.session.EndLease;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeMap;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.jetty.util.thread.AutoLock;
import org.jspecify.annotations.Nullable;

/**
 * How the session object of a node ends. The application ends it; or the reaper, which has the lease of the end; or a request that
 * finds it over, of which others tell the listeners; or it could not be stored when it was new.
 */
final class EndOfSession {
    /** Under the name that stands in the configuration. */
    private static final Logger LOG = System.getLogger(HoldfastSessionDataStoreFactory.class.getName());

    private final HoldfastManagedSession session;
    private final SessionFinder finder;
    private volatile @Nullable HeldEnd held;

    EndOfSession(HoldfastManagedSession session, SessionFinder finder) {
        this.session = session;
        this.finder = finder;
    }

    /**
     * Ends the session on all nodes; see {@link HoldfastManagedSession#beginInvalidate}.
     *
     * @return whether the caller tells the listeners
     * @throws StoreException when Redis cannot be reached; the session lives on
     */
    boolean begin() {
        if (!session.beginAlone()) {
            return false;
        }
        LiveSession.Ended ended = null;
        try {
            ended = session.live().end();
        } finally {
            if (ended == null) {
                session.backToValid();
            }
        }
        if (!ended.here() && isAnotherHeld()) {
            session.backToValid();
            unbindLocal(session.live().attributes());
            return false;
        }
        session.markEnded();
        if (!ended.here()) {
            finishSilently();
            return false;
        }
        EndLease lease = ended.lease();
        held = lease == null ? null : finder.hold(lease);
        return true;
    }

    /**
     * Another web application ends its session of the same id: ends this one on all nodes too, and tells the listeners, unless it has
     * ended before. Jetty itself would leave off behind a listener that throws an error, and the lease would be held for good.
     *
     * @throws StoreException when Redis cannot be reached; the session lives on
     */
    void withAnother() {
        boolean here;
        try {
            here = begin();
        } catch (IllegalStateException e) {
            return; // it had ended
        }
        if (here) {
            tellAllListeners();
        }
    }

    /** All listeners have been told. */
    void told() {
        HeldEnd end = held;
        if (end != null) {
            end.told();
        }
    }

    /** Tells the listeners that the session has ended, with its last state; false: the object has ended already, or is not it. */
    boolean tell(EndLease lease) {
        HoldfastSessionData data = session.data();
        if (!data.isLoaded() || !data.live().isEndOf(lease) || !session.begin()) {
            return false;
        }
        boolean ended = false;
        try {
            ended = data.live().endWith(lease);
        } catch (StoreException e) {
            return false;
        } finally {
            if (!ended) {
                session.backToValid();
            }
        }
        if (!ended) {
            return false;
        }
        session.markEnded();
        tellListeners();
        return true;
    }

    /** Whoever ended the session tells the listeners. */
    void locally() {
        if (isAnotherHeld()) {
            unbindLocal(session.live().attributes());
        } else if (!session.isEndedHere() && session.begin()) {
            session.markEnded();
            finishSilently();
        }
    }

    /** Likewise, somebody has found the session over when this was to be committed, which the object may not hold any more. */
    void of(LiveSession live) {
        if (live == session.data().live()) {
            locally();
        } else {
            unbindLocal(live.attributes());
        }
    }

    /** The session could not be stored when it was new; the listeners have heard of it. */
    void stillborn() {
        if (session.isEndedHere() || !session.begin()) {
            return;
        }
        try {
            session.live().end();
        } catch (StoreException e) {
            session.backToValid();
            return;
        }
        session.markEnded();
        tellAllListeners();
    }

    /** Nothing is thrown. */
    private void tellAllListeners() {
        try {
            tellListeners();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "Session " + session.record() + ": not all listeners heard of its end", e);
        }
    }

    private void tellListeners() {
        try {
            session.getSessionManager().onSessionDestroyed(session);
        } finally {
            session.finishInvalidate();
        }
    }

    /** Values that no other node has are told that they are unbound. */
    void unbindLocal(AttributeMap attributes) {
        attributes.localNames().forEach(name -> unbind(name, attributes));
    }

    /**
     * Whether the request the calling thread works for goes on with a session whose place another one has taken in the object, see
     * {@link HoldfastManagedSession#giveWay}, or a newer copy: others use that, and its end is not theirs.
     */
    private boolean isAnotherHeld() {
        return session.data().isLoaded() && session.live() != session.data().live();
    }

    /** A value that fails when it is told concerns neither the others nor the request that has found the session ended. */
    private void finishSilently() {
        session.data().endSilently();
        try {
            unbindLocal(session.live().attributes());
        } finally {
            session.finishInvalidate();
        }
    }

    private void unbind(String name, AttributeMap attributes) {
        AutoLock lock = session.lock();
        try {
            Object value = attributes.remove(name);
            if (value != null) {
                session.attributeRemoved(name, value);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.WARNING,
                    "Session " + session.record() + ": attribute " + name + " failed when it was unbound",
                    e);
        } finally {
            lock.close();
        }
    }
}
