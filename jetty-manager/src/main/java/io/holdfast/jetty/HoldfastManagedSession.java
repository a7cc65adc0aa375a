package io.holdfast.jetty;

import io.holdfast.events.SessionEvents;
import io.holdfast.live.LiveSession;
import io.holdfast.request.SharedSession;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.session.SessionManager;
import org.eclipse.jetty.util.thread.AutoLock;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's own session on top of a live session: Jetty does listeners, binding events and validity; attributes, time-out and end
 * are the live session's. All requests of this node that use the record share this object.
 *
 * <p>Jetty hands it to each request whose cookie names the session. Redis is asked when somebody wants to know something of the
 * session, first of all whether there is one: a request that leaves it alone costs nothing.
 */
final class HoldfastManagedSession extends EndableSession implements SharedSession {
    private final SessionFinder finder;
    private final RequestScopes scopes;
    private final HoldfastSessionData data;
    private final String record;
    private final EndOfSession end;

    HoldfastManagedSession(SessionManager manager, SessionFinder finder, HoldfastSessionData data, String record) {
        super(manager, data, finder.scopes());
        this.finder = finder;
        this.scopes = finder.scopes();
        this.data = data;
        this.record = record;
        this.end = new EndOfSession(this, finder);
        data.viewBy(this::live);
        setResident(true);
    }

    String record() {
        return record;
    }

    HoldfastSessionData data() {
        return data;
    }

    /** What the request the calling thread works for has begun with; else what this node knows. */
    @Override
    public LiveSession live() {
        Visit visit = visit();
        LiveSession own = visit == null ? null : visit.live();
        return own == null ? data.live() : own;
    }

    @Override
    public SessionEvents events() {
        return finder.events();
    }

    /** Whether the session lives, for the request the calling thread works for; that asks Redis once. */
    @Override
    public boolean isValid() {
        RequestScope scope = scopes.current();
        Visit visit = scope == null ? null : scope.visitOf(this);
        if (scope == null) {
            askVisitors();
        }
        if (scope == null || visit == null) {
            return data.isLoaded() && isAlive();
        }
        return visit.isEntering() || (enter(visit, scope) && isAlive());
    }

    /** False: Redis decides, when the session is loaded. */
    @Override
    public boolean isExpiredAt(long time) {
        return false;
    }

    /** A request enters, which may leave the session alone; or somebody uses it outside of requests. */
    @Override
    public boolean access(long time) {
        Visit visit = visit();
        if (visit == null) {
            return isAlive() && finder.accessOutsideOfRequests(this);
        }
        visit.entered();
        return true;
    }

    /** Whoever has used the session outside of requests is done with it. Jetty 12.1 calls this; no method of 12.0 does. */
    public void release() {
        if (data.isLoaded()) {
            commitUnattributed(LiveSession::commitUnattributedNow);
        }
    }

    @Override
    public long getCreationTime() {
        enter();
        return super.getCreationTime();
    }

    @Override
    public long getLastAccessedTime() {
        enter();
        return super.getLastAccessedTime();
    }

    @Override
    public int getMaxInactiveInterval() {
        enter();
        return super.getMaxInactiveInterval();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        enter();
        super.setMaxInactiveInterval(seconds);
        commitUnlessRequestWill();
    }

    @Override
    public boolean isNew() {
        enter();
        return super.isNew();
    }

    /** Jetty's lock is not held while the attribute is decoded, which may take long: each request of the session needs it. */
    @Override
    public @Nullable Object getAttribute(String name) {
        enter();
        requireReadable();
        return data.getAttribute(name);
    }

    @Override
    public Set<String> getAttributeNameSet() {
        enter();
        return super.getAttributeNameSet();
    }

    @Override
    public @Nullable Object setAttribute(String name, @Nullable Object value) {
        enter();
        Object previous = super.setAttribute(name, value);
        commitUnlessRequestWill();
        return previous;
    }

    /**
     * Gives the session another id. The new one is valid, and the old one dead, on all nodes at once.
     *
     * @throws SessionUnavailableException when Redis cannot be reached; the old id stays valid
     */
    @Override
    public void renewId(@Nullable Request request, @Nullable Response response) {
        enter();
        try {
            super.renewId(request, response);
        } catch (SessionLookupError e) {
            throw notRenewed(e.failure());
        } catch (StoreException e) {
            throw notRenewed(e);
        }
        if (live().hasEnded()) {
            endLocally();
            throw new IllegalStateException("Session " + record + " has ended on another node");
        }
    }

    /**
     * Makes {@code newId}, of the same record, the only valid one; whether the session lives.
     *
     * @throws StoreException when the old id stays valid
     */
    boolean changeId(String newId, SessionId next, String newExtendedId) {
        if (!live().changeId(next)) {
            return false;
        }
        AutoLock held = lock();
        try {
            data.changeId(newId);
            super.setExtendedId(newExtendedId);
            super.onIdChanged();
        } finally {
            held.close();
        }
        if (live().isStored()) {
            RequestScopes.idChangedByCaller();
        }
        return true;
    }

    /**
     * Ends the sessions that applications of this server have under this id, on all nodes; this one last.
     *
     * @throws SessionUnavailableException when Redis cannot be reached; this session lives on
     * @throws IllegalStateException when it had ended before
     */
    @Override
    public void invalidate() {
        enter();
        boolean alive = isAlive();
        try {
            if (alive && getSessionManager().getSessionIdManager() instanceof HoldfastSessionIdManager ids) {
                ids.endOthers(getSessionManager(), getId());
            }
            super.invalidate();
        } catch (SessionLookupError e) {
            throw scopes.failed(e.failure());
        } catch (IllegalStateException e) {
            if (!alive || !isEndedHere()) { // else somebody has ended it since
                throw e;
            }
        }
    }

    /**
     * Ends the session on all nodes. If this was what ended it, the listeners are to be told here; if this node dies before they
     * all have been, another one tells them. If another request of this node is ending it, waits for what becomes of that.
     *
     * @return whether the caller tells them
     * @throws SessionLookupError when Redis cannot be reached; the session lives on
     */
    @Override
    public boolean beginInvalidate() {
        try {
            return end.begin();
        } catch (StoreException e) {
            throw new SessionLookupError(e);
        }
    }

    /** The listeners of the session have been told, and now those of its attributes are. */
    @Override
    public void finishInvalidate() {
        try {
            super.finishInvalidate();
        } finally {
            finder.remove(this);
            end.told();
        }
    }

    EndOfSession end() {
        return end;
    }

    /**
     * Only values that no other node has are unbound here. Whoever finds that the session ends already does not wait for the
     * listeners that are told.
     */
    @Override
    public void endLocally() {
        end.locally();
    }

    @Override
    public void endStillborn() {
        end.stillborn();
    }

    /** The session that this object held has ended, and another one has its id now, which the next request loads into it. */
    void giveWay(LiveSession ended) {
        end.unbindLocal(ended.attributes());
        data.distrust(ended);
    }

    @Override
    public void forget() {
        finder.forget(this);
    }

    @Override
    public void commit(Use use) {
        live().containerState().setAlong(JettyTimes.NAME, data.times().text());
        SharedSession.super.commit(use);
    }

    @Override
    public void refuse(Use use) {
        SharedSession.super.refuse(use);
        AutoLock held = lock();
        try {
            data.takeNewerTimes();
        } finally {
            held.close();
        }
    }

    /** The application stops. */
    void giveUp() {
        commitUnlessRequestWill();
        setResident(false);
        finder.remove(this);
    }

    /**
     * Jetty has made it for the request that the calling thread works for, or for none.
     *
     * @throws StoreException when it could not begin; then this node does not know it
     */
    void created() {
        finder.created(this);
    }

    /** A request that was handed this object is over. */
    void left(RequestScope scope) {
        visitors().remove(scope);
        finder.left(this);
    }

    /** A request has found the session alive. */
    void accessed(long time) {
        AutoLock held = lock();
        try {
            _newSession = false;
            data.accessed(time);
        } finally {
            held.close();
        }
    }

    /** -1, never: Jetty's timer of each session is not needed. */
    @Override
    public long calculateInactivityTimeout(long now) {
        return -1;
    }

    /** Shows the record alone: the id is a secret. */
    @Override
    public String toString() {
        return "HoldfastManagedSession[" + record + "]";
    }

    /** Tells whoever listens that an attribute is no longer part of the session. */
    void attributeRemoved(String name, Object value) {
        onSessionAttributeUpdate(name, null, value);
    }

    private boolean isAlive() {
        return mayLive() && !(data.isLoaded() && live().hasEnded());
    }

    /** Has Redis asked, if it has not been, before something of the session is shown or changed. */
    private void enter() {
        RequestScope scope = scopes.current();
        Visit visit = scope == null ? null : scope.visitOf(this);
        if (scope == null) {
            askVisitors();
        }
        if (scope == null || visit == null) {
            renew();
        } else if (!enter(visit, scope) && !isEndedHere()) {
            throw new IllegalStateException(
                    "Session " + record + ": the id of this request is not that of the session");
        }
    }

    private void requireReadable() {
        AutoLock held = lock();
        try {
            checkValidForRead();
        } finally {
            held.close();
        }
    }

    private void renew() {
        try {
            finder.renew(this);
        } catch (StoreException e) {
            throw scopes.failed(e);
        }
    }

    /** Not while the session ends: Jetty tells listeners under its lock, for which a request that is asking may wait. */
    private void askVisitors() {
        if (!isEndedHere()) {
            visitors().ask(this, this::enter);
        }
    }

    private boolean enter(Visit visit, RequestScope scope) {
        try {
            return finder.enter(this, visit, scope);
        } catch (StoreException e) {
            throw scopes.failed(e);
        }
    }

    private SessionUnavailableException notRenewed(StoreException cause) {
        backToValid();
        return scopes.failed(cause);
    }

    /** Work outside of any request, such as a WebSocket's, is committed at once. */
    private void commitUnlessRequestWill() {
        if (data.isLoaded()) {
            commitUnattributed(LiveSession::commitUnattributed);
        }
    }

    /**
     * Somebody has looked whether the session lives, and does not go on with it. What threads without a request have put, removed or
     * set meanwhile they have left to that, as if it were a request that will commit. Ends nothing: the id may just be changing.
     */
    void commitLeftToLook() {
        if (data.isLoaded()) {
            commitUnattributed(live -> {
                var unused = live.commitLeftBehind();
                return true;
            });
        }
    }

    /** Also where they have written that was given up meanwhile. */
    private void commitUnattributed(Predicate<LiveSession> commit) {
        data.written().forEach(live -> commitUnattributed(live, commit));
        commitUnattributed(data.live(), commit);
    }

    private void commitUnattributed(LiveSession live, Predicate<LiveSession> commit) {
        if (isEndedHere()) {
            return;
        }
        try {
            if (!commit.test(live)) {
                end.of(live);
            }
        } catch (StoreException e) {
            data.written().remove(live);
            forget();
            events().commitFailed(record, e);
        }
    }
}
