package io.holdfast.jetty;

import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionManager;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * A session of Jetty whose end may fail, because Redis is asked first. Until that is decided, Jetty's own state says that the
 * session ends, and other requests go on with it.
 */
abstract class EndableSession extends VisitedSession {
    /** To be asked for without Jetty's lock, which is held while listeners are told. Written under it. */
    private volatile boolean endedHere;

    EndableSession(SessionManager manager, SessionData data, RequestScopes scopes) {
        super(manager, data, scopes);
    }

    /** Whether it has ended for certain. */
    public final boolean isEndedHere() {
        return endedHere;
    }

    /** Whether this object has not ended; another thread may be trying to end it. */
    final boolean mayLive() {
        if (endedHere) {
            return false;
        }
        AutoLock held = lock();
        try {
            boolean changing = _state == State.CHANGING; // its id, which ends nothing
            return _state == State.VALID || changing || isUndecided();
        } finally {
            held.close();
        }
    }

    /**
     * The caller tries to end it, and then calls {@link #markEnded} or {@link #backToValid}. If another thread tries, waits for
     * what becomes of that.
     *
     * @return false: another thread has just ended it
     * @throws IllegalStateException when it had ended before
     */
    final boolean beginAlone() {
        AutoLock held = lock();
        try {
            while (isUndecided()) {
                _stateChangeCompleted.awaitUninterruptibly();
            }
            return super.beginInvalidate();
        } finally {
            held.close();
        }
    }

    /** Likewise, but does not wait for another thread that tries. Returns false also when it had ended before. */
    final boolean begin() {
        try {
            return super.beginInvalidate();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    final void markEnded() {
        AutoLock held = lock();
        try {
            endedHere = true;
            _stateChangeCompleted.signalAll();
        } finally {
            held.close();
        }
    }

    final void backToValid() {
        AutoLock held = lock();
        try {
            _state = State.VALID;
            _stateChangeCompleted.signalAll();
        } finally {
            held.close();
        }
    }

    private boolean isUndecided() {
        return _state == State.INVALIDATING && !endedHere;
    }
}
