package io.holdfast.tomcat;

import io.holdfast.expiry.EndTeller;
import io.holdfast.live.LiveSessions;
import io.holdfast.session.EndLease;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application that sessions have ended whose time was over. This is the only place that does: requests and the
 * container's background thread, which find such a session too, end this node's copy without a word.
 *
 * <p>The listeners are shown this node's session object, if it has not been ended yet, or one that is made for them.
 */
final class SessionEnder implements EndTeller {
    private static final String NO_SECRET = "0".repeat(32);

    private final RedisSessionManager owner;
    private final Map<String, Session> sessions;
    private final LiveSessions liveSessions;
    private final SessionFinder finder;

    /** {@code sessions}: this node's copies by record, a concurrent map. */
    SessionEnder(
            RedisSessionManager owner, Map<String, Session> sessions, LiveSessions liveSessions, SessionFinder finder) {
        this.owner = owner;
        this.sessions = sessions;
        this.liveSessions = liveSessions;
        this.finder = finder;
    }

    /** Whether the application is there: its listeners are known before it has started. */
    @Override
    public boolean isReady() {
        return owner.getContext().getState().isAvailable();
    }

    @Override
    public void tell(EndLease lease) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Context context = owner.getContext();
        thread.setContextClassLoader(context.getLoader().getClassLoader());
        try {
            RedisSession known = (RedisSession) sessions.get(lease.record());
            if (known == null || !known.endTold(lease)) {
                restored(lease, known).endTold(lease);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void looked(String record, boolean alive) {
        finder.dropIdle(record, alive);
    }

    /** If this node does not know its id: what proves that a client may use it is not stored, and all zeros here. */
    private RedisSession restored(EndLease lease, @Nullable RedisSession known) {
        RedisSession session = new RedisSession(owner, liveSessions.ended(lease), liveSessions.events());
        session.restore(known == null ? lease.record() + NO_SECRET : known.getIdInternal());
        return session;
    }
}
