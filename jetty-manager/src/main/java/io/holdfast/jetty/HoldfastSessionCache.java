package io.holdfast.jetty;

import io.holdfast.config.InvalidSettingException;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.Set;
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
    private @Nullable SessionFinder finder;
    private @Nullable RunningStore running;
    private @Nullable SessionEnder ender;
    private @Nullable SessionFigures figures;
    private @Nullable ContextHandler contextHandler;
    private @Nullable RequestScopes scopes;

    HoldfastSessionCache(SessionManager manager) {
        super(manager);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
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
        running = null;
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
        running = store;
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
        SessionFinder ours = finder;
        if (ours == null) {
            return super.get(id);
        }
        try {
            RequestScope scope = ours.scopes().current();
            if (scope == null) {
                return ours.find(id);
            }
            HoldfastManagedSession session = ours.hand(id, scope);
            Visit visit = session == null ? null : scope.visitOf(session);
            if (session == null || visit == null || !EntryRule.isAtOnce(getSessionManager(), scope.request())) {
                return session;
            }
            return ours.enter(session, visit, scope) ? session : null;
        } catch (StoreException e) {
            throw new SessionLookupError(e);
        }
    }

    @Override
    public ManagedSession newSession(SessionData data) {
        SessionFinder ours = finder;
        return ours != null && data instanceof HoldfastSessionData known
                ? ours.session(known, known.live().record())
                : super.newSession(data);
    }

    @Override
    public void add(String id, ManagedSession session) throws Exception {
        SessionFinder ours = finder;
        if (ours != null && session instanceof HoldfastManagedSession known) {
            ours.created(known);
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
        SessionFinder ours = finder;
        if (ours == null) {
            return super.renewSessionId(oldId, newId, oldExtendedId, newExtendedId);
        }
        SessionId next = running().ids().parse(newId);
        try {
            HoldfastManagedSession session = visitedOrFound(ours, oldId);
            return next != null && session != null && session.changeId(newId, next, newExtendedId) ? session : null;
        } catch (StoreException e) {
            throw new SessionLookupError(e);
        }
    }

    /** The session with that id, which Jetty is about to end. */
    @Override
    public @Nullable ManagedSession delete(String id) throws Exception {
        SessionFinder ours = finder;
        return ours == null ? super.delete(id) : visitedOrFound(ours, id);
    }

    /**
     * Whether there is a session with that id; what the request that asks knows of it is not looked up again.
     *
     * @throws SessionLookupError when Redis could not be asked. Jetty would go on with another id, and the client would lose
     *     its sessions of this id in other applications
     */
    @Override
    public boolean exists(String id) throws Exception {
        SessionFinder ours = finder;
        if (ours == null) {
            return super.exists(id);
        }
        try {
            RequestScope scope = ours.scopes().current();
            HoldfastManagedSession visited = scope == null ? null : scope.visited(id);
            if (scope == null || visited == null) {
                return getSessionDataStore().exists(id);
            }
            return isAlive(ours, visited, scope);
        } catch (StoreException e) {
            throw new SessionLookupError(RequestScopes.notedByCaller(e));
        }
    }

    @Override
    public boolean contains(String id) throws Exception {
        SessionFinder ours = finder;
        SessionId sessionId = ours == null ? null : running().ids().parse(id);
        if (ours == null || sessionId == null) {
            return super.contains(id);
        }
        HoldfastManagedSession known = ours.copies().get(sessionId.record());
        return known != null && known.data().isLoaded() && known.data().live().accepts(sessionId);
    }

    /** Jetty scavenges: idle copies are looked at. Nothing is to be ended by Jetty; {@link SessionEnder} does that. */
    @Override
    public Set<String> checkExpiration(Set<String> candidates) {
        SessionEnder telling = ender;
        if (telling == null) {
            return super.checkExpiration(candidates);
        }
        telling.swept();
        return Set.of();
    }

    /** What threads without a request have changed is committed; the sessions live on, in Redis. */
    @Override
    public void shutdown() {
        SessionFinder ours = finder;
        if (ours == null) {
            super.shutdown();
        } else {
            ours.known().forEach(HoldfastManagedSession::giveUp);
        }
    }

    @Override
    public long getSessionsCurrent() {
        SessionFinder ours = finder;
        return ours == null ? super.getSessionsCurrent() : ours.count();
    }

    private static @Nullable HoldfastManagedSession visitedOrFound(SessionFinder ours, String id) {
        RequestScope scope = ours.scopes().current();
        HoldfastManagedSession visited = scope == null ? null : scope.visited(id);
        if (scope == null || visited == null) {
            return ours.find(id);
        }
        return isAlive(ours, visited, scope) ? visited : null;
    }

    /** A request may enter an application and pass itself on to another one before it has asked for its session. */
    private static boolean isAlive(SessionFinder ours, HoldfastManagedSession visited, RequestScope scope) {
        Visit visit = scope.visitOf(visited);
        return visit != null && ours.enter(visited, visit, scope) && !visited.isEndedHere();
    }

    private RunningStore running() {
        if (running == null) {
            throw new IllegalStateException("The session cache is not started");
        }
        return running;
    }
}
