package io.holdfast.jetty;

import io.holdfast.config.InvalidSettingException;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.function.BiFunction;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.session.ManagedSession;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionManager;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that a node keeps between requests, none of which is ever used without asking Redis whether it is current. With a
 * store of another kind, Jetty's default cache.
 *
 * <p>The path of a request: {@link RequestScopes} notices that it enters the web application; Jetty asks for the session of its
 * cookie and gets one from {@link SessionFinder#hand}, without a word to Redis; when the application asks for it, {@link
 * HoldfastManagedSession} has it loaded or validated; {@link CommitStream} commits before the response's first byte, and at the
 * request's end.
 */
final class HoldfastSessionCache extends DefaultSessionCache {
    /** Under the name that stands in the configuration. */
    private static final Logger LOG = System.getLogger(HoldfastSessionDataStoreFactory.class.getName());

    /** Null: the store is of another kind, or this has stopped. */
    private volatile @Nullable SessionFinder finder;

    /** Whether the store is Holdfast's. Stays so when this stops: Jetty's default cache must not serve requests that go on. */
    private volatile boolean ours;

    private @Nullable SessionEnder ender;
    private @Nullable SessionFigures figures;
    private volatile @Nullable ContextHandler contextHandler;

    /** Stays when this stops. */
    private volatile @Nullable RequestScopes scopes;

    HoldfastSessionCache(SessionManager manager) {
        super(manager);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ours = getSessionDataStore() instanceof HoldfastSessionDataStore;
        if (getSessionDataStore() instanceof HoldfastSessionDataStore store) {
            start(store.running());
        }
    }

    @Override
    protected void doStop() throws Exception {
        finder = null;
        ender = null;
        removeBean(figures);
        figures = null;
        super.doStop();
    }

    private void start(RunningStore store) {
        ContextHandler handler = handlerOf(getSessionManager().getContext());
        if (!(getSessionManager().getSessionIdManager() instanceof HoldfastSessionIdManager)) {
            throw new InvalidSettingException(
                    "HoldfastSessionCache needs session ids of HoldfastSessionIdManager. Add one to the server as a bean before"
                            + " it starts: server.addBean(new HoldfastSessionIdManager(server), true).",
                    null);
        }
        if (contextHandler != null && scopes != null) {
            // Not when it stopped: threads that still worked for requests would not have been told that they leave
            contextHandler.removeEventListener(scopes);
        }
        SessionFinder found = new SessionFinder(getSessionManager(), store);
        handler.addEventListener(store.scopes());
        contextHandler = handler;
        scopes = store.scopes();
        finder = found;
        SessionEnder telling = new SessionEnder(_context, found, store, handler::isAvailable);
        ender = telling;
        store.reaper().start(telling);
        SessionFigures shown = new SessionFigures(store.counters(), found);
        addBean(shown);
        figures = shown;
    }

    private static ContextHandler handlerOf(@Nullable Context context) {
        if (context instanceof ContextHandler.ScopedContext scoped) {
            return scoped.getContextHandler();
        }
        throw new InvalidSettingException(
                "HoldfastSessionCache needs a web application: put the session handler into a ContextHandler.", null);
    }

    /**
     * The object of the session that {@code id} may name, for a request that enters; Redis is asked later, if somebody asks for
     * the session. Outside of requests, and if Jetty has to choose between several ids, it is asked at once.
     *
     * @throws SessionLookupError when Redis could not be asked; never means that there is none
     */
    @Override
    public @Nullable ManagedSession get(String id) throws Exception {
        if (!ours) {
            return super.get(id);
        }
        try {
            SessionFinder found = finder();
            RequestScope scope = found.scopes().current();
            if (scope == null) {
                return found.find(id);
            }
            HoldfastManagedSession session = found.hand(id, scope);
            Visit visit = session == null ? null : scope.visitOf(session);
            if (session == null || visit == null || !EntryRule.isAtOnce(getSessionManager(), scope.request())) {
                return session;
            }
            return found.enter(session, visit, scope) ? session : null;
        } catch (StoreException e) {
            throw new SessionLookupError(e);
        }
    }

    /**
     * A new session.
     *
     * @throws SessionUnavailableException when the web application has stopped
     */
    @Override
    public ManagedSession newSession(String id, long time, long maxInactiveMillis) {
        if (!ours) {
            return super.newSession(id, time, maxInactiveMillis);
        }
        try {
            var unused = finder();
            return super.newSession(id, time, maxInactiveMillis);
        } catch (StoreException e) {
            throw new SessionUnavailableException(e);
        }
    }

    @Override
    public ManagedSession newSession(SessionData data) {
        return ours && data instanceof HoldfastSessionData known
                ? finder().session(known, known.live().record())
                : super.newSession(data);
    }

    /**
     * A request has begun a session. If the web application has stopped meanwhile, the session belongs to what has run before,
     * so that the request cannot commit it, and ends with 503.
     *
     * @throws StoreException when an exclusive request does not get its turn
     */
    @Override
    public void add(String id, ManagedSession session) throws Exception {
        if (session instanceof HoldfastManagedSession known) {
            known.created();
        } else {
            super.add(id, session);
        }
    }

    /** The response is about to begin: {@link CommitStream} commits. */
    @Override
    public void commit(ManagedSession session) throws Exception {
        if (!(session instanceof HoldfastManagedSession)) {
            super.commit(session);
        }
    }

    /** The request is over: {@link CommitStream} commits what is left. */
    @Override
    public void release(ManagedSession session) throws Exception {
        if (!(session instanceof HoldfastManagedSession)) {
            super.release(session);
        }
    }

    /**
     * Gives the session of this web application, if it has one with that id, another id.
     *
     * @throws SessionLookupError when Redis could not be told; the old id stays valid
     */
    @Override
    public @Nullable ManagedSession renewSessionId(
            String oldId, String newId, String oldExtendedId, String newExtendedId) throws Exception {
        if (!ours) {
            return super.renewSessionId(oldId, newId, oldExtendedId, newExtendedId);
        }
        try {
            SessionFinder found = finder();
            SessionId next = found.ids().parse(newId);
            HoldfastManagedSession session = visitedOr(found, oldId, SessionFinder::find);
            return next != null && session != null && session.changeId(newId, next, newExtendedId) ? session : null;
        } catch (StoreException e) {
            if (isNotAsked()) {
                return null;
            }
            throw new SessionLookupError(e);
        }
    }

    /**
     * Ends the session with that id, because another web application ends the one it has. Returns null: nothing is left for Jetty to
     * do.
     *
     * @throws SessionLookupError when Redis could not be asked or told; Jetty would go on as if there were none
     */
    @Override
    public @Nullable ManagedSession delete(String id) throws Exception {
        if (!ours) {
            return super.delete(id);
        }
        endWithAnother(id, SessionFinder::find);
        return null;
    }

    /**
     * Likewise, if the other one is ours too, and has been found under that id: then it is the same session for the client, also if
     * another node has changed the id of both since.
     *
     * @return false: nothing was done, because the store is of another kind
     */
    boolean endWithOurs(String id) {
        if (ours) {
            endWithAnother(id, SessionFinder::findUnderAnyId);
        }
        return ours;
    }

    private void endWithAnother(String id, BiFunction<SessionFinder, String, @Nullable HoldfastManagedSession> find) {
        try {
            HoldfastManagedSession session = visitedOr(finder(), id, find);
            if (session != null) {
                session.end().withAnother();
            }
        } catch (StoreException e) {
            if (!isNotAsked()) {
                throw new SessionLookupError(e);
            }
            warnOfSurvivor(id);
        }
    }

    /**
     * Whether there is a session with that id; what the request that asks knows of it is not looked up again.
     *
     * @throws SessionLookupError when Redis could not be asked. Jetty would go on with another id, and the client would lose
     *     its sessions of this id in other applications
     */
    @Override
    public boolean exists(String id) throws Exception {
        if (!ours) {
            return super.exists(id);
        }
        try {
            SessionFinder found = finder();
            RequestScope scope = found.scopes().current();
            HoldfastManagedSession visited = scope == null ? null : scope.visited(id);
            if (scope == null || visited == null) {
                return getSessionDataStore().exists(id);
            }
            return isAlive(found, visited, scope);
        } catch (StoreException e) {
            if (isNotAsked()) {
                return false;
            }
            throw new SessionLookupError(RequestScopes.notedByCaller(e));
        }
    }

    @Override
    public boolean contains(String id) throws Exception {
        if (!ours) {
            return super.contains(id);
        }
        SessionFinder found = finder;
        SessionId sessionId = found == null ? null : found.ids().parse(id);
        if (found == null || sessionId == null) {
            return false;
        }
        HoldfastManagedSession known = found.copies().get(sessionId.record());
        return known != null && known.data().isLoaded() && known.data().live().accepts(sessionId);
    }

    /** Jetty scavenges: idle copies are looked at. Nothing is to be ended by Jetty; {@link SessionEnder} does that. */
    @Override
    public Set<String> checkExpiration(Set<String> candidates) {
        if (!ours) {
            return super.checkExpiration(candidates);
        }
        SessionEnder telling = ender;
        if (telling != null) {
            telling.swept();
        }
        return Set.of();
    }

    /** What threads without a request have changed is committed; the sessions live on, in Redis. */
    @Override
    public void shutdown() {
        SessionFinder found = finder;
        if (!ours) {
            super.shutdown();
        } else if (found != null) {
            found.known().forEach(HoldfastManagedSession::giveUp);
        }
    }

    @Override
    public long getSessionsCurrent() {
        SessionFinder found = finder;
        return found == null ? super.getSessionsCurrent() : found.count();
    }

    private static @Nullable HoldfastManagedSession visitedOr(
            SessionFinder found, String id, BiFunction<SessionFinder, String, @Nullable HoldfastManagedSession> find) {
        RequestScope scope = found.scopes().current();
        HoldfastManagedSession visited = scope == null ? null : scope.visited(id);
        if (scope == null || visited == null) {
            return find.apply(found, id);
        }
        return isAlive(found, visited, scope) ? visited : null;
    }

    /** A request may enter an application and pass itself on to another one before it has asked for its session. */
    private static boolean isAlive(SessionFinder found, HoldfastManagedSession visited, RequestScope scope) {
        Visit visit = scope.visitOf(visited);
        return visit != null && found.enter(visited, visit, scope) && !visited.isEndedHere();
    }

    private void warnOfSurvivor(String id) {
        ContextHandler handler = contextHandler;
        LOG.log(
                Level.WARNING,
                "Session {0} ends in another web application. {1} has stopped here: if it has a session with this id, that lives on"
                        + " in Redis until its time is over",
                SessionIds.forLog(id),
                handler == null ? "This one" : handler.getContextPath());
    }

    /**
     * Whether the web application stops, and the calling thread works for a request of another one: that goes on as if this one were not
     * there, as it does when this one has stopped, and Jetty does not ask it any more.
     */
    private boolean isNotAsked() {
        RequestScopes known = scopes;
        return finder == null && (known == null || known.current() == null);
    }

    /** Throws once this has stopped: a request that goes on must not take that for "no session". */
    private SessionFinder finder() {
        SessionFinder found = finder;
        if (found == null) {
            throw new StoreUnavailableException(
                    "The web application has stopped, and with it the way to its sessions. They live on in Redis.");
        }
        return found;
    }
}
