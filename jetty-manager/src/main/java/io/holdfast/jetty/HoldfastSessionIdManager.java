package io.holdfast.jetty;

import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.SessionManager;

/**
 * Makes session ids of Holdfast's form, from Jetty's source of random numbers: 16 hexadecimal digits that name the record in
 * Redis and 32 that are a secret. To be added to the server as a bean before it starts.
 *
 * <p>A changed id names the same record and has a new secret. So in each web application the change is one atomic write, the
 * old id is dead on all nodes at once, and what a request under way with the old id changes is still kept.
 *
 * <p>Unlike Jetty's own ids they do not begin with the name of the worker; it follows behind a dot, where Jetty puts it.
 */
public final class HoldfastSessionIdManager extends DefaultSessionIdManager {
    /** The end of one session. */
    private interface End {
        void run() throws Exception;
    }

    private static final Logger LOG = System.getLogger(HoldfastSessionIdManager.class.getName());

    /** {@code server}: whose web applications get the ids. */
    public HoldfastSessionIdManager(Server server) {
        super(server);
    }

    /** A new id for a new record; {@code seedTerm} is not needed. */
    @Override
    public String newSessionId(long seedTerm) {
        return SessionIds.create(getRandom()::nextBytes).value();
    }

    /**
     * Gives the sessions of all web applications that have this id another one, of the same record. If that fails in one of
     * them, all keep the old one.
     *
     * @return the new id
     * @throws Error when Redis could not be told, with {@link HoldfastSessionCache}
     */
    @Override
    public String renewSessionId(String oldClusterId, String oldNodeId, Request request) {
        SessionId known = SessionIds.parse(oldClusterId);
        String renewed = known == null
                ? newSessionId(request.hashCode())
                : SessionIds.renew(known.record(), getRandom()::nextBytes).value();
        String extended = getExtendedId(renewed, request);
        Deque<SessionManager> changed = new ArrayDeque<>();
        for (SessionManager manager : getSessionManagers()) {
            try {
                changed.push(manager);
                manager.renewSessionId(oldClusterId, oldNodeId, renewed, extended);
            } catch (SessionLookupError e) {
                changed.forEach(back -> takeBack(back, renewed, extended, oldClusterId, oldNodeId));
                throw e;
            } catch (Exception | Error e) {
                LOG.log(
                        Level.WARNING,
                        "Session " + SessionIds.forLog(oldClusterId)
                                + ": the change of its id failed in one application, or a"
                                + " listener that was told; if Redis does not know of it, the next commit tries again",
                        e);
            }
        }
        return renewed;
    }

    /**
     * Ends the sessions that other web applications have under this id, or had before another node has changed it. Before that of
     * {@code own}: if it fails, that one lives, and whoever logs out can do it again.
     *
     * @throws SessionLookupError when Redis could not be told in one of them; others may have ended
     */
    void endOthers(SessionManager own, String id) {
        for (SessionManager manager : getSessionManagers()) {
            if (manager != own) {
                end(id, () -> {
                    if (!(manager.getSessionCache() instanceof HoldfastSessionCache cache && cache.endWithOurs(id))) {
                        manager.invalidate(id);
                    }
                });
            }
        }
    }

    /**
     * Ends the sessions that web applications have under this id. With {@link HoldfastSessionCache}, those of other applications have
     * ended before, unless they have begun since.
     */
    @Override
    public void invalidateAll(String id) {
        for (SessionManager manager : getSessionManagers()) {
            try {
                end(id, () -> manager.invalidate(id));
            } catch (SessionLookupError e) {
                LOG.log(
                        Level.WARNING,
                        "Session " + SessionIds.forLog(id)
                                + " has ended in one web application. Redis could not be told of it for another one, whose session"
                                + " of this id may live on",
                        e);
            }
        }
    }

    /**
     * The time of a session is over that a web application keeps with a cache of Jetty's: ends those that others have under this id,
     * as Jetty does.
     */
    @Override
    public void expireAll(String id) {
        invalidateAll(id);
    }

    private static void end(String id, End end) {
        try {
            end.run();
        } catch (SessionLookupError e) {
            throw e;
        } catch (Exception | Error e) {
            LOG.log(
                    Level.WARNING,
                    "Session " + SessionIds.forLog(id) + ": not all listeners heard of its end in all applications",
                    e);
        }
    }

    /** The client keeps the old id, so all its sessions have to. */
    private static void takeBack(
            SessionManager manager, String newId, String newExtendedId, String oldId, String oldExtendedId) {
        try {
            manager.renewSessionId(newId, newExtendedId, oldId, oldExtendedId);
        } catch (Exception | Error e) { // also of a listener: the session must get out of the change of its id
            LOG.log(
                    Level.WARNING,
                    "Session " + SessionIds.forLog(oldId) + ": its id may have changed in one application only",
                    e);
        }
    }
}
