package io.holdfast.jetty;

import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.live.LiveSession;
import io.holdfast.request.RequestSessions;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    RequestScope(Request request) {
        this.request = request;
    }

    Request request() {
        return request;
    }

    /** The sessions it uses, to be committed or refused together. */
    RequestSessions<HoldfastManagedSession> sessions() {
        return sessions;
    }

    /** Jetty looks for the session that {@code id} names; returns the request's visit to it, a new one if it is the first. */
    Visit visit(HoldfastManagedSession session, String id, SessionId sessionId) {
        Visit visit = visits.computeIfAbsent(session, key -> new Visit(id, sessionId));
        session.visitedBy(this);
        return visit;
    }

    @Nullable
    Visit visitOf(HoldfastManagedSession session) {
        return visits.get(session);
    }

    /** The session that the request has to do with under this id; null: none. */
    @Nullable
    HoldfastManagedSession visited(String id) {
        for (Map.Entry<HoldfastManagedSession, Visit> entry : visits.entrySet()) {
            boolean known = entry.getValue().id().equals(id)
                    || (entry.getValue().isUsed() && entry.getKey().getId().equals(id));
            if (known) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** The request has the session, and keeps its turn with it, if it is exclusive. */
    void use(HoldfastManagedSession session, Visit visit, LiveSession live, Use use, ExclusiveRequests exclusive) {
        visit.use(live);
        sessions.add(session, use, path(), exclusive);
    }

    /** The state of {@code session} that this request goes on with; null: it has none of its own. */
    @Nullable
    LiveSession liveOf(HoldfastManagedSession session) {
        Visit visit = visits.get(session);
        return visit == null ? null : visit.live();
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
        try {
            sessions.finish();
        } finally {
            visits.keySet().forEach(session -> session.left(this));
            visits.clear();
        }
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
