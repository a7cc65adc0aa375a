package io.holdfast.jetty;

import io.holdfast.live.LiveSession;
import io.holdfast.session.SessionId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one request has to do with one session. Jetty looks for the session of an id as each request enters; Redis is asked when
 * somebody wants to know. Until then the request takes part in nothing of the session, and what Jetty does with the cookie
 * concerns the request alone: the id it has sent may not be the session's.
 */
final class Visit {
    private enum State {
        /** Jetty still decides whether the request has a session. */
        ENTERING,
        /** Nobody has asked for the session so far. */
        UNUSED,
        /** The request has the session. */
        USED,
        /** The id names no session. */
        ABSENT
    }

    private final String id;
    private final SessionId sessionId;

    /** Held while Redis is asked, so that two threads of one request ask once, and have one use of the session. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile State state = State.ENTERING;
    private volatile @Nullable LiveSession live;
    private volatile @Nullable String extendedId;
    private volatile boolean cookieNeeded;

    /** {@code id}: which the client has sent, without the name of a worker. */
    Visit(String id, SessionId sessionId) {
        this.id = id;
        this.sessionId = sessionId;
    }

    String id() {
        return id;
    }

    /** Whether the request has the session; if nobody has asked so far, {@code look} tells. */
    boolean ask(BooleanSupplier look) {
        if (!isUnused()) {
            return isUsed();
        }
        asking.lock();
        try {
            return isUnused() ? look.getAsBoolean() : isUsed();
        } finally {
            asking.unlock();
        }
    }

    SessionId sessionId() {
        return sessionId;
    }

    boolean isEntering() {
        return state == State.ENTERING;
    }

    /** Whether Redis has not been asked. */
    boolean isUnused() {
        return state == State.ENTERING || state == State.UNUSED;
    }

    boolean isUsed() {
        return state == State.USED;
    }

    /** Whether the request has the session, and it has not ended, as far as is known here. */
    boolean isLiving() {
        LiveSession known = live;
        return isUsed() && known != null && !known.hasEnded();
    }

    void entered() {
        if (state == State.ENTERING) {
            state = State.UNUSED;
        }
    }

    /** The request has the session, and goes on with this state of it whatever else becomes of it on this node. */
    void use(LiveSession session) {
        live = session;
        state = State.USED;
    }

    void markAbsent() {
        state = State.ABSENT;
    }

    /** What the request uses; null: nothing yet. */
    @Nullable
    LiveSession live() {
        return live;
    }

    @Nullable
    String extendedId() {
        return extendedId;
    }

    void setExtendedId(String value) {
        extendedId = value;
    }

    boolean isCookieNeeded() {
        return cookieNeeded;
    }

    void setCookieNeeded(boolean needed) {
        cookieNeeded = needed;
    }
}
