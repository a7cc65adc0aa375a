package io.holdfast.jetty;

import io.holdfast.events.SessionEvents;
import io.holdfast.expiry.HeldEnd;
import io.holdfast.live.LiveSession;
import io.holdfast.request.NodeCopies;
import io.holdfast.session.EndLease;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.eclipse.jetty.session.SessionManager;
import org.jspecify.annotations.Nullable;

/**
 * Finds the session of an id: in Redis, or, validated there, among this node's copies, so that all requests of this node share
 * one object.
 */
final class SessionFinder {
    private final SessionManager manager;
    private final RunningStore running;
    private final Map<String, HoldfastManagedSession> sessions = new ConcurrentHashMap<>();
    private final NodeCopies<HoldfastManagedSession, HoldfastManagedSession> copies;
    private final HandedSessions handed = new HandedSessions();
    private final ForgottenSessions forgotten = new ForgottenSessions();

    SessionFinder(SessionManager manager, RunningStore running) {
        this.manager = manager;
        this.running = running;
        this.copies = new NodeCopies<>(
                sessions, session -> session, running.services().sessions().settings());
    }

    RequestScopes scopes() {
        return running.scopes();
    }

    JettyIds ids() {
        return running.ids();
    }

    SessionEvents events() {
        return running.services().sessions().events();
    }

    NodeCopies<HoldfastManagedSession, HoldfastManagedSession> copies() {
        return copies;
    }

    /** This node's copies. */
    Iterable<HoldfastManagedSession> known() {
        return sessions.values();
    }

    int count() {
        return sessions.size();
    }

    int countInUse() {
        return (int) sessions.values().stream()
                .filter(session -> session.live().isInUse())
                .count();
    }

    long copyBytes() {
        return sessions.values().stream()
                .mapToLong(session -> session.live().copyBytes())
                .sum();
    }

    /**
     * The object of the session that an id may name, for a request that enters; null: it can name none. Redis is not asked,
     * unless the request has another id of the same record too; only one of them can be valid.
     *
     * @throws StoreException when Redis could not be asked; never means that there is none
     */
    @Nullable
    HoldfastManagedSession hand(String id, RequestScope scope) {
        HoldfastManagedSession visited = scope.visited(id);
        if (visited != null) {
            return visited;
        }
        SessionId sessionId = running.ids().parse(id);
        if (sessionId == null) {
            return null;
        }
        HoldfastManagedSession other = scope.visitedRecord(sessionId.record());
        Visit visit = other == null ? null : scope.visitOf(other);
        if (other != null && visit != null && enter(other, visit, scope)) {
            return other.live().accepts(sessionId) ? other : null;
        }
        HoldfastManagedSession session = other != null
                ? other
                : handed.hand(sessionId.record(), scope, known -> chosen(sessionId.record(), id, known));
        if (!scope.visit(session, id, sessionId)) {
            session.left(scope);
            return null;
        }
        return session;
    }

    /**
     * Whether a request has the session that its id names: asks Redis, once. An exclusive request waits for its turn before
     * that, so that it sees what the one before it has committed.
     *
     * @throws StoreException when Redis could not be asked; never means that there is none
     */
    boolean enter(HoldfastManagedSession session, Visit visit, RequestScope scope) {
        visit.entered();
        boolean found;
        try {
            found = visit.ask(() ->
                    scope.inTurn(running.services().exclusive(), session.record(), () -> look(session, visit, scope)));
        } catch (StoreException e) {
            throw scope.noted(e);
        }
        if (!found) {
            session.commitLeftToLook();
        }
        return found;
    }

    /** The session with this id as Redis holds it now, for nobody's request; null: there is none. */
    @Nullable
    HoldfastManagedSession find(String id) {
        return find(id, LiveSession::accepts);
    }

    /** Likewise, also if another node has changed the id since somebody has found a session under it. */
    @Nullable
    HoldfastManagedSession findUnderAnyId(String id) {
        return find(id, (live, sessionId) -> true);
    }

    private @Nullable HoldfastManagedSession find(String id, BiPredicate<LiveSession, SessionId> accepts) {
        SessionId sessionId = running.ids().parse(id);
        if (sessionId == null) {
            return null;
        }
        HoldfastManagedSession known = known(sessionId.record(), handed.find(sessionId.record()));
        LiveSession held = known == null ? null : known.data().liveOrNull();
        if (known != null && held != null) {
            return validate(known, held) && accepts.test(held, sessionId) ? known : null;
        }
        LiveSession live = running.services().sessions().load(sessionId.record());
        if (live == null || !accepts.test(live, sessionId)) {
            return null;
        }
        HoldfastManagedSession session =
                known == null ? session(HoldfastSessionData.loaded(running, live, id), sessionId.record()) : known;
        boolean mine = known == null || known.data().load(live, id);
        return mine && copies.add(session) ? session : find(id, accepts);
    }

    private HoldfastManagedSession chosen(String record, String id, @Nullable HoldfastManagedSession held) {
        HoldfastManagedSession known = known(record, held);
        return known == null ? session(HoldfastSessionData.unloaded(running, id), record) : known;
    }

    /** This node's copy, or what running requests were handed, or what the application still holds; null: there is none. */
    private @Nullable HoldfastManagedSession known(String record, @Nullable HoldfastManagedSession held) {
        HoldfastManagedSession copy = copies.get(record);
        if (copy != null && !copy.isEndedHere()) {
            return copy;
        }
        if (held != null && !held.isEndedHere()) {
            return held;
        }
        HoldfastManagedSession given = copies.find(record);
        return given == null || given.isEndedHere() ? forgotten.find(record) : given;
    }

    /** A new session, which the request that the calling thread works for commits, or, outside of requests, is committed here. */
    void created(HoldfastManagedSession session) {
        String id = session.getId();
        SessionId sessionId = running.ids().parse(id);
        RequestScope scope = running.scopes().current();
        LiveSession live = session.data().live();
        sessions.put(session.record(), session);
        copies.created(session);
        Use use = live.begin();
        use.markValidated();
        if (scope == null || sessionId == null) {
            try {
                session.commit(use);
            } catch (StoreException e) {
                remove(session);
                throw e;
            } finally {
                live.end(use);
            }
            return;
        }
        boolean begun = false;
        try {
            Visit visit = scope.visit(session, id, sessionId) ? scope.visitOf(session) : null;
            begun = visit != null
                    && scope.inTurn(
                            running.services().exclusive(),
                            session.record(),
                            () -> scope.use(
                                    session,
                                    visit,
                                    live,
                                    use,
                                    running.services().exclusive()));
        } catch (StoreException e) {
            throw scope.noted(e);
        } finally {
            if (!begun) {
                live.end(use);
                remove(session);
            }
        }
        if (!begun) {
            throw new IllegalStateException(
                    "Session " + session.record() + ": the request that begins it is over, so nobody would store it");
        }
    }

    /** A session that has ended, for listeners that are told so. */
    HoldfastManagedSession ended(EndLease lease, String id) {
        LiveSession live = running.services().sessions().ended(lease);
        return session(HoldfastSessionData.loaded(running, live, id), lease.record());
    }

    HoldfastManagedSession session(HoldfastSessionData data, String record) {
        return new HoldfastManagedSession(manager, this, data, record);
    }

    /** What the object holds is not to be trusted any more: it is loaded anew before anybody begins to use it. */
    void forget(HoldfastManagedSession session) {
        copies.forget(session);
        session.data().distrust();
        forgotten.add(session);
    }

    /**
     * Loads an object anew that was forgotten, for somebody who kept it and does not use it by a request of the session; not
     * while requests go on with what it holds. If there is no such session any more, the object ends.
     *
     * @throws StoreException when Redis could not be asked
     */
    void renew(HoldfastManagedSession session) {
        HoldfastSessionData data = session.data();
        if (!data.isLoaded() || data.liveOrNull() != null || data.live().isInUse() || session.isEndedHere()) {
            return;
        }
        LiveSession live = running.services().sessions().load(session.record());
        if (live == null || live.createdMillis() != data.live().createdMillis()) {
            session.endLocally();
        } else if (data.load(live, session.getId())) {
            var unused = copies.add(session);
        }
    }

    /** Makes sure that what works outside of requests sees the session as it is; whether it lives. */
    boolean accessOutsideOfRequests(HoldfastManagedSession session) {
        renew(session);
        LiveSession live = session.data().live();
        if (!validate(session, live)) {
            session.endLocally();
            return false;
        }
        refreshed(session, live, session.getId());
        return true;
    }

    /** This node's copy is given up. */
    void remove(HoldfastManagedSession session) {
        sessions.remove(session.record(), session);
    }

    /** A request that was handed the object is over. */
    void left(HoldfastManagedSession session) {
        handed.left(session.record(), session);
    }

    HeldEnd hold(EndLease lease) {
        return running.services().reaper().hold(lease);
    }

    private boolean look(HoldfastManagedSession session, Visit visit, RequestScope scope) {
        LiveSession live = session.data().liveOrNull();
        Use use = live == null ? null : live.begin();
        if (live == null || use == null) {
            live = running.services().sessions().load(session.record());
            if (live == null || !live.accepts(visit.sessionId())) {
                visit.markAbsent();
                return false;
            }
            if (!session.data().load(live, visit.id())) {
                return look(session, visit, scope); // another request has loaded it meanwhile
            }
            use = live.begin();
            use.markValidated();
        }
        return join(session, live, use, visit, scope);
    }

    private boolean join(HoldfastManagedSession session, LiveSession live, Use use, Visit visit, RequestScope scope) {
        boolean joined = false;
        try {
            if (!live.validate(use)) {
                return joinNext(session, live, visit, scope);
            }
            if (!live.accepts(visit.sessionId())) {
                visit.markAbsent();
                return false;
            }
            if (session.data().liveOrNull() == live) {
                var unused = copies.add(session);
            }
            refreshed(session, live, visit.id());
            joined = scope.use(session, visit, live, use, running.services().exclusive());
            return joined;
        } finally {
            if (!joined) {
                live.end(use);
            }
        }
    }

    /** The session has ended; where applications share their ids, a new one may have taken its id. */
    private boolean joinNext(HoldfastManagedSession session, LiveSession ended, Visit visit, RequestScope scope) {
        LiveSession next = running.services().sessions().load(session.record());
        if (next == null || !next.accepts(visit.sessionId()) || session.isEndedHere()) {
            session.endLocally();
            visit.markAbsent();
            return false;
        }
        session.giveWay(ended);
        return look(session, visit, scope);
    }

    private static void refreshed(HoldfastManagedSession session, LiveSession live, String validId) {
        session.data().takeId(validId);
        session.accessed(System.currentTimeMillis());
        live.touch();
    }

    private static boolean validate(HoldfastManagedSession session, LiveSession live) {
        Use use = live.begin();
        boolean lives;
        try {
            lives = live.validate(use);
        } finally {
            live.end(use);
        }
        if (lives) {
            session.commitLeftToLook();
        }
        return lives;
    }
}
