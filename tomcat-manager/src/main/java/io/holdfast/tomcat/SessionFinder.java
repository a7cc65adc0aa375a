package io.holdfast.tomcat;

import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.live.LiveSession;
import io.holdfast.live.LiveSessions;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * Finds the session of an id: in Redis, or, validated there, among this node's copies, so that all requests of this node
 * share one object. What a request has found once, or not found, it is not looked up again for.
 */
final class SessionFinder {
    /** How long this node keeps its idle copy of a session that never ends by itself; half an hour. */
    private static final long COPY_OF_ENDLESS_SESSION_MILLIS = 30 * 60 * 1_000L;

    /** Nobody waits for a touch; it has reached Redis after so many milliseconds. */
    private static final long TOUCH_UNDER_WAY_MILLIS = 1_000;

    private final RedisSessionManager owner;
    private final Map<String, Session> sessions;
    private final LiveSessions liveSessions;
    private final ExclusiveRequests exclusive;

    /** {@code sessions}: this node's copies by record, a concurrent map. */
    SessionFinder(
            RedisSessionManager owner,
            Map<String, Session> sessions,
            LiveSessions liveSessions,
            ExclusiveRequests exclusive) {
        this.owner = owner;
        this.sessions = sessions;
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
            RedisSession known = (RedisSession) sessions.get(sessionId.record());
            RedisSession predecessor = known == null ? restored(id, live) : known;
            predecessor.expire(true);
        }
    }

    private <T extends @Nullable Object> T inTurn(SessionId id, @Nullable RequestScope scope, Supplier<T> work) {
        return scope == null ? work.get() : scope.inTurn(exclusive, id.record(), work);
    }

    private @Nullable RedisSession look(String id, SessionId sessionId, @Nullable RequestScope scope) {
        RedisSession known = (RedisSession) sessions.get(sessionId.record());
        if (known != null && scope != null && scope.contains(known)) {
            return known.live().accepts(sessionId) ? known : null;
        }
        Begun begun = begin(sessionId.record());
        return begun == null ? load(id, sessionId, scope) : revalidate(begun, id, sessionId, scope);
    }

    /** A use of the session this node holds a copy of; begun in one step, so that no copy in use is ever given up. */
    private record Begun(RedisSession session, Use use) {}

    private @Nullable Begun begin(String record) {
        Begun[] begun = new Begun[1];
        sessions.computeIfPresent(record, (key, session) -> {
            RedisSession redisSession = (RedisSession) session;
            begun[0] = new Begun(redisSession, redisSession.live().begin());
            return session;
        });
        return begun[0];
    }

    private void forgetUnlessInUse(RedisSession session) {
        sessions.computeIfPresent(
                session.live().record(),
                (key, known) -> known == session && !session.live().isInUse() ? null : known);
    }

    private @Nullable RedisSession revalidate(
            Begun begun, String id, SessionId sessionId, @Nullable RequestScope scope) {
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
                live.end(use);
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
        if (sessions.putIfAbsent(sessionId.record(), loaded) != null) {
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

    /**
     * Whether nobody has used this node's copy for its session's time-out, or a copy of an endless one for long. Then the
     * session has ended, or is in use elsewhere.
     */
    boolean isIdle(RedisSession session) {
        return !session.live().isInUse() && session.getIdleTimeInternal() >= longestIdleMillis(session);
    }

    /** Gives up this node's idle copy of a session, if there is one; ends it if the session does not live. Tells nobody. */
    void dropIdle(String record, boolean alive) {
        RedisSession session = (RedisSession) sessions.get(record);
        if (session == null || !isIdle(session)) {
            return;
        }
        if (alive) {
            forgetUnlessInUse(session);
        } else {
            session.endLocally();
        }
    }

    /** After that, an access that keeps the session alive in Redis was one on another node, which then tells the listeners. */
    private long longestIdleMillis(RedisSession session) {
        int maxInactive = session.getMaxInactiveInterval();
        return maxInactive <= 0
                ? COPY_OF_ENDLESS_SESSION_MILLIS
                : maxInactive * 1_000L
                        + liveSessions.settings().touchIntervalFor(maxInactive).toMillis()
                        + TOUCH_UNDER_WAY_MILLIS;
    }

    private String absenceKey(String id) {
        return owner.getContext().getName() + " " + id;
    }
}
