package io.holdfast.tomcat;

import io.holdfast.expiry.EndTeller;
import io.holdfast.live.LiveSessions;
import io.holdfast.request.NodeCopies;
import io.holdfast.session.EndLease;
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
    private final LiveSessions liveSessions;
    private final NodeCopies<Session, RedisSession> copies;

    SessionEnder(RedisSessionManager owner, LiveSessions liveSessions, NodeCopies<Session, RedisSession> copies) {
        this.owner = owner;
        this.liveSessions = liveSessions;
        this.copies = copies;
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
            RedisSession known = copies.find(lease.record());
            if (known == null || !known.endTold(lease)) {
                restored(lease, known).endTold(lease);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void looked(String record, boolean alive) {
        copies.dropIdle(record, alive);
    }

    /** If this node does not know its id: what proves that a client may use it is not stored, and all zeros here. */
    private RedisSession restored(EndLease lease, @Nullable RedisSession known) {
        RedisSession session = new RedisSession(owner, liveSessions.ended(lease), liveSessions.events());
        boolean idKnown = known != null && known.live().isEndOf(lease);
        session.restore(known != null && idKnown ? known.getIdInternal() : lease.record() + NO_SECRET);
        return session;
    }
}
