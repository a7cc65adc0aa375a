package io.holdfast.jetty;

import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.live.LiveSession;
import io.holdfast.request.RequestSessions;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What one request did with sessions of one web application. Made when the request enters the application; ends when its
 * response is complete and Jetty is done with it.
 */
final class RequestScope {
    private final Request request;
    private final Map<HoldfastManagedSession, Visit> visits = new ConcurrentHashMap<>(2);
    private final RequestSessions<HoldfastManagedSession> sessions = new RequestSessions<>();
    private final WeakReference<RequestScope> weakly = new WeakReference<>(this);
    private boolean over; // guarded by this

    RequestScope(Request request) {
        this.request = request;
    }

    /** Strong references are those of the running request. */
    WeakReference<RequestScope> weakly() {
        return weakly;
    }

    Request request() {
        return request;
    }

    /** The sessions it uses, to be committed or refused together. */
    RequestSessions<HoldfastManagedSession> sessions() {
        return sessions;
    }

    /**
     * Jetty looks for the session that {@code id} names. The request's visit to it begins, or begins again, if an earlier id of
     * the request named the same record and no session.
     *
     * @return whether it does; false: the request is over
     */
    synchronized boolean visit(HoldfastManagedSession session, String id, SessionId sessionId) {
        if (over) {
            return false;
        }
        visits.put(session, new Visit(id, sessionId));
        session.visitors().add(this);
        return true;
    }

    /** The request's visit to a session with this record; null: it has none. */
    @Nullable
    HoldfastManagedSession visitedRecord(String record) {
        return visited((session, visit) -> session.record().equals(record));
    }

    @Nullable
    Visit visitOf(VisitedSession session) {
        return visits.get(session);
    }

    /** The session that the request has to do with under this id; null: none. */
    @Nullable
    HoldfastManagedSession visited(String id) {
        return visited((session, visit) ->
                visit.id().equals(id) || (visit.isUsed() && session.getId().equals(id)));
    }

    /**
     * A request that found no session under an id, or whose session has ended, may have begun one with it, since applications share
     * ids: then that one.
     */
    private @Nullable HoldfastManagedSession visited(BiPredicate<HoldfastManagedSession, Visit> wanted) {
        HoldfastManagedSession found = null;
        for (Map.Entry<HoldfastManagedSession, Visit> entry : visits.entrySet()) {
            if (wanted.test(entry.getKey(), entry.getValue())) {
                found = entry.getKey();
                if (entry.getValue().isLiving()) {
                    return found;
                }
            }
        }
        return found;
    }

    /**
     * The request has the session, and keeps its turn with it, if it is exclusive.
     *
     * @return false: the request is over, and nobody would end the use
     */
    synchronized boolean use(
            HoldfastManagedSession session, Visit visit, LiveSession live, Use use, ExclusiveRequests exclusive) {
        if (over) {
            return false;
        }
        visit.use(live);
        sessions.add(session, use, path(), exclusive);
        return true;
    }

    /** Does {@code work} when it is this request's turn with a session, if it is exclusive. */
    <T extends @Nullable Object> T inTurn(ExclusiveRequests exclusive, String record, Supplier<T> work) {
        return sessions.inTurn(exclusive, record, this::decodedPath, work);
    }

    StoreException noted(StoreException cause) {
        return sessions.noted(cause);
    }

    /** Whether a cookie, as the header has it, is that of a session of this application. */
    boolean isSessionCookie(String cookie) {
        return visits.keySet().stream()
                .anyMatch(
                        session -> cookie.startsWith(session.getSessionManager().getSessionCookie() + "="));
    }

    /** The request is over: nothing of it is looked at any more. */
    void finish() {
        markOver();
        try {
            sessions.finish();
        } finally {
            leave();
        }
    }

    /** Like {@link #finish}, for a request that has left its session alone; returns whether it has. */
    boolean finishUnused() {
        boolean unused = markOverIfUnused();
        if (unused) {
            leave();
        }
        return unused;
    }

    private synchronized boolean markOverIfUnused() {
        boolean unused = sessions.isEmpty();
        over |= unused;
        return unused;
    }

    private synchronized void markOver() {
        over = true;
    }

    private void leave() {
        visits.keySet().forEach(session -> session.left(this));
        visits.clear();
    }

    private String decodedPath() {
        String path = request.getHttpURI().getDecodedPath();
        return path == null ? "" : path;
    }

    /** As the client asked for it, without path parameters, of which one is the session's id. */
    private String path() {
        String path = request.getHttpURI().getCanonicalPath();
        return path == null ? "" : path;
    }
}
