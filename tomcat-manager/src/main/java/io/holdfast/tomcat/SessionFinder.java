package io.holdfast.tomcat;

import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.live.LiveSession;
import io.holdfast.live.LiveSessions;
import io.holdfast.request.NodeCopies;
import io.holdfast.request.NodeCopies.Begun;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.function.Supplier;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * Finds the session of an id: in Redis, or, validated there, among this node's copies, so that all requests of this node
 * share one object. What a request has found once, or not found, it is not looked up again for.
 */
final class SessionFinder {
    private final RedisSessionManager owner;
    private final NodeCopies<Session, RedisSession> copies;
    private final LiveSessions liveSessions;
    private final ExclusiveRequests exclusive;

    SessionFinder(
            RedisSessionManager owner,
            NodeCopies<Session, RedisSession> copies,
            LiveSessions liveSessions,
            ExclusiveRequests exclusive) {
        this.owner = owner;
        this.copies = copies;
        this.liveSessions = liveSessions;
        this.exclusive = exclusive;
    }

    /**
     * The session with this id, or null. An exclusive request waits for its turn before the session is loaded, so that it sees
     * what the one before it has committed.
     *
     * @throws StoreException when Redis could not be asked; never means that there is none
     */
    @Nullable
    RedisSession find(String id, SessionId sessionId) {
        RequestScope scope = RequestScope.current();
        if (scope != null && scope.isAbsent(absenceKey(id))) {
            return null;
        }
        try {
            RedisSession session = inTurn(sessionId, scope, () -> look(id, sessionId, scope));
            if (session == null && scope != null) {
                scope.addAbsent(absenceKey(id));
            }
            return session;
        } catch (StoreException e) {
            throw RequestScope.noted(e);
        }
    }

    /** A new session, which its request commits, or, outside of requests, is committed here. */
    RedisSession create(String id, SessionId sessionId, int maxInactiveSeconds) {
        RequestScope scope = RequestScope.current();
        try {
            return inTurn(sessionId, scope, () -> create(id, sessionId, maxInactiveSeconds, scope));
        } catch (StoreException e) {
            throw RequestScope.noted(e);
        }
    }

    private RedisSession create(String id, SessionId sessionId, int maxInactiveSeconds, @Nullable RequestScope scope) {
        LiveSession live = liveSessions.create(sessionId, maxInactiveSeconds);
        RedisSession session = new RedisSession(owner, live, liveSessions.events());
        session.setNew(true);
        session.setValid(true);
        session.setCreationTime(live.createdMillis());
        Use use = live.begin();
        if (scope != null) {
            join(session, use, scope);
            scope.removeAbsent(absenceKey(id));
        }
        try {
            session.setMaxInactiveInterval(live.maxInactiveSeconds());
            session.setId(id);
            copies.created(session);
            if (scope == null) {
                session.commit(use);
            }
        } finally {
            if (scope == null) {
                live.end(use);
            }
        }
        return session;
    }

    /**
     * Ends a session of the same record under an older id. Applications that share a cookie share its id; when one of them
     * changes it, the sessions of the others are lost to the client, and the next one takes their place.
     */
    void endPredecessor(String id, SessionId sessionId) {
        LiveSession live = liveSessions.load(sessionId.record());
        if (live != null && !live.accepts(sessionId)) {
            RedisSession known = copies.find(sessionId.record());
            RedisSession predecessor = known == null ? restored(id, live) : known;
            predecessor.expire(true);
        }
    }

    private <T extends @Nullable Object> T inTurn(SessionId id, @Nullable RequestScope scope, Supplier<T> work) {
        return scope == null ? work.get() : scope.inTurn(exclusive, id.record(), work);
    }

    private @Nullable RedisSession look(String id, SessionId sessionId, @Nullable RequestScope scope) {
        RedisSession known = copies.get(sessionId.record());
        if (known != null && scope != null && scope.contains(known)) {
            return known.live().accepts(sessionId) ? known : null;
        }
        Begun<RedisSession> begun = copies.begin(sessionId.record());
        return begun == null ? load(id, sessionId, scope) : revalidate(begun, id, sessionId, scope);
    }

    private @Nullable RedisSession revalidate(
            Begun<RedisSession> begun, String id, SessionId sessionId, @Nullable RequestScope scope) {
        RedisSession session = begun.session();
        Use use = begun.use();
        LiveSession live = session.live();
        boolean joined = false;
        try {
            if (!live.validate(use)) {
                session.endLocally();
                return load(id, sessionId, scope);
            }
            if (!live.accepts(sessionId)) {
                return null;
            }
            session.refreshed(id);
            live.touch();
            joined = scope != null;
            if (scope != null) {
                scope.add(session, use, exclusive);
            }
            return session;
        } finally {
            if (!joined) {
                session.endLook(use);
            }
        }
    }

    private @Nullable RedisSession load(String id, SessionId sessionId, @Nullable RequestScope scope) {
        LiveSession live = liveSessions.load(sessionId.record());
        if (live == null || !live.accepts(sessionId)) {
            return null;
        }
        RedisSession loaded = restored(id, live);
        live.touch();
        Use use = live.begin();
        if (!copies.add(loaded)) {
            return look(id, sessionId, scope);
        }
        owner.noteActive();
        join(loaded, use, scope);
        return loaded;
    }

    private RedisSession restored(String id, LiveSession live) {
        RedisSession session = new RedisSession(owner, live, liveSessions.events());
        session.restore(id);
        return session;
    }

    private void join(RedisSession session, Use use, @Nullable RequestScope scope) {
        use.markValidated();
        if (scope == null) {
            session.live().end(use);
        } else {
            scope.add(session, use, exclusive);
        }
    }

    private String absenceKey(String id) {
        return owner.getContext().getName() + " " + id;
    }
}
