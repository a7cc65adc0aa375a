package io.holdfast.jetty;

import io.holdfast.live.LiveSession;
import org.eclipse.jetty.session.SessionData;

/**
 * The times of a session as Jetty keeps them. Redis knows the last access by what a record has left to live, and all the others as of
 * the last commit.
 */
abstract class TimedSessionData extends SessionData {
    private static final long serialVersionUID = 1L;
    static final long MILLIS = 1_000;

    /** What Redis knows of the last access comes out by so much differently, at most, without a new access. */
    private static final long CLOCK_SLACK_MILLIS = 1_000;

    TimedSessionData(
            String id,
            String contextPath,
            String virtualHost,
            long created,
            long accessed,
            long lastAccessed,
            long maxInactiveMs) {
        super(id, contextPath, virtualHost, created, accessed, lastAccessed, maxInactiveMs);
    }

    /** What this node knows of the session, which was loaded. */
    abstract LiveSession live();

    /** The time-out in seconds, as a record has it: rounded up; zero or less: never. */
    static int seconds(long maxInactiveMs) {
        if (maxInactiveMs <= 0) {
            return maxInactiveMs == 0 ? 0 : -1;
        }
        return (int) Math.min(Integer.MAX_VALUE, (maxInactiveMs + MILLIS - 1) / MILLIS);
    }

    /** A request has found the session alive. */
    void accessed(long time) {
        takeNewerTimes();
        setLastAccessed(Math.max(getAccessed(), getCreated()));
        setAccessed(time);
        setExpiry(calcExpiry(time));
    }

    /** Takes over what a refresh has brought of the session's times. */
    void takeNewerTimes() {
        if (seconds(getMaxInactiveMs()) != live().maxInactiveSeconds()) {
            _maxInactiveMs = live().maxInactiveSeconds() * MILLIS; // Not by the setter, which would change the record
        }
        setAccessed(Math.max(getAccessed(), live().lastAccessedMillis()));
        setExpiry(calcExpiry(getAccessed()));
    }

    /** What is stored of the times. */
    JettyTimes times() {
        return new JettyTimes(
                getLastSaved(),
                getAccessed(),
                getLastAccessed(),
                getExpiry(),
                getMaxInactiveMs(),
                getCookieSet(),
                getLastNode() == null ? "" : getLastNode(),
                JettyIds.isForeign(getId()) ? getId() : "");
    }

    /** Takes over what the record tells of the session's times. */
    final void takeTimes() {
        JettyTimes stored = JettyTimes.parse(live().containerState().get(JettyTimes.NAME));
        long accessed = live().lastAccessedMillis();
        boolean current = stored != null && accessed <= stored.savedMillis() + CLOCK_SLACK_MILLIS;
        boolean sameTimeout = stored != null && seconds(stored.maxInactiveMillis()) == live().maxInactiveSeconds();
        // Not by the setter, which would change the record
        _maxInactiveMs =
                stored != null && sameTimeout ? stored.maxInactiveMillis() : live().maxInactiveSeconds() * MILLIS;
        setAccessed(stored != null && current ? stored.accessedMillis() : accessed);
        setLastAccessed(stored == null ? accessed : current ? stored.lastAccessedMillis() : stored.accessedMillis());
        setExpiry(stored != null && current && sameTimeout ? stored.expiryMillis() : calcExpiry(accessed));
        setCookieSet(stored == null ? accessed : stored.cookieSetMillis());
        setLastNode(stored == null ? "" : stored.lastNode());
        setLastSaved(stored == null ? accessed : stored.savedMillis());
    }
}
