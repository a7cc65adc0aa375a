package io.holdfast.tomcat;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.live.LiveSession;
import io.holdfast.live.LocalCopies;
import io.holdfast.tracking.Use;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * This node's copies of sessions by record: the objects that requests of this node share. Bounded; see {@link LocalCopies}.
 * No copy that a request uses is ever given up.
 */
final class SessionCopies {
    /** Nobody waits for a touch; it has reached Redis after so many milliseconds. */
    private static final long TOUCH_UNDER_WAY_MILLIS = 1_000;

    private final Map<String, Session> sessions;
    private final HoldfastSettings settings;
    private final LocalCopies<Session> bounds;

    /** Given up while requests used them. */
    private final Set<RedisSession> forgotten = ConcurrentHashMap.newKeySet();

    /** {@code sessions}: the manager's table, a concurrent map, to which a new session adds itself when it gets its id. */
    SessionCopies(Map<String, Session> sessions, HoldfastSettings settings) {
        this.sessions = sessions;
        this.settings = settings;
        this.bounds = new LocalCopies<>(sessions, SessionCopies::live, settings.localCopies(), System::nanoTime);
    }

    /** A use of the session this node holds a copy of, begun in one step. */
    record Begun(RedisSession session, Use use) {}

    /** Begins to use this node's copy; null: there is none. */
    @Nullable
    Begun begin(String record) {
        Begun[] begun = new Begun[1];
        sessions.computeIfPresent(record, (key, session) -> {
            begun[0] = new Begun((RedisSession) session, live(session).begin());
            return session;
        });
        if (begun[0] != null) {
            return begun[0];
        }
        RedisSession recalled = recall(record);
        return recalled != null && add(recalled) ? begin(record) : null;
    }

    /** This node's copy; null: there is none. */
    @Nullable
    RedisSession get(String record) {
        return (RedisSession) sessions.get(record);
    }

    /** Like {@link #get}, also if the copy was given up and the application still holds it. */
    @Nullable
    RedisSession find(String record) {
        RedisSession known = get(record);
        return known == null ? recall(record) : known;
    }

    /** Adds a copy; whether there was none. */
    boolean add(RedisSession session) {
        boolean added = sessions.putIfAbsent(session.live().record(), session) == null;
        if (added) {
            bounds.added(session);
        }
        return added;
    }

    /** A new session has added itself. */
    void created(RedisSession session) {
        bounds.added(session);
    }

    /** Gives up a copy that is not to be trusted any more. Requests that are using it go on with it. */
    void forget(RedisSession session) {
        sessions.remove(session.live().record(), session);
        if (session.live().isInUse()) {
            forgotten.add(session);
        }
    }

    /** Notes the accesses of requests that go on with a copy that was given up. */
    void touchForgotten() {
        forgotten.removeIf(session -> !session.live().isInUse());
        forgotten.forEach(session -> session.live().touchAtEnd());
    }

    /** Gives up what nobody has used for long, and what is too much. */
    void trim() {
        bounds.trim();
    }

    /**
     * Whether nobody has used this node's copy for its session's time-out. Then the session has ended, or is in use elsewhere.
     */
    boolean isIdle(RedisSession session) {
        int maxInactive = session.getMaxInactiveInterval();
        return maxInactive > 0
                && !session.live().isInUse()
                && session.getIdleTimeInternal()
                        >= maxInactive * 1_000L
                                + settings.touchIntervalFor(maxInactive).toMillis()
                                + TOUCH_UNDER_WAY_MILLIS;
    }

    /** Gives up this node's idle copy of a session, if there is one; ends it if the session does not live. Tells nobody. */
    void dropIdle(String record, boolean alive) {
        RedisSession session = get(record);
        if (session == null || !isIdle(session)) {
            return;
        }
        if (alive) {
            bounds.drop(session);
        } else {
            session.endLocally();
        }
    }

    private @Nullable RedisSession recall(String record) {
        RedisSession recalled = (RedisSession) bounds.recall(record);
        return recalled != null && recalled.isValid() ? recalled : null;
    }

    private static LiveSession live(Session session) {
        return ((RedisSession) session).live();
    }
}
