package io.holdfast.jetty;

import io.holdfast.expiry.EndTeller;
import io.holdfast.session.EndLease;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.session.SessionContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application that sessions have ended whose time was over. This is the only place that does, in place of Jetty's
 * scavenging: requests that find such a session end this node's copy without a word.
 *
 * <p>The listeners are shown this node's session object, if it has not been ended yet, or one that is made for them.
 */
final class SessionEnder implements EndTeller {
    private static final String NO_SECRET = "0".repeat(32);

    private final SessionContext context;
    private final SessionFinder finder;
    private final RunningStore running;
    private final BooleanSupplier ready;

    /** {@code ready}: whether the application is there; its listeners are known before it has started. */
    SessionEnder(SessionContext context, SessionFinder finder, RunningStore running, BooleanSupplier ready) {
        this.context = context;
        this.finder = finder;
        this.running = running;
        this.ready = ready;
    }

    @Override
    public boolean isReady() {
        return ready.getAsBoolean();
    }

    @Override
    public void tell(EndLease lease) {
        context.run(() -> {
            HoldfastManagedSession known = finder.copies().find(lease.record());
            if (known == null || !known.end().tell(lease)) {
                finder.ended(lease, id(lease, known)).end().tell(lease);
            }
        });
    }

    @Override
    public void looked(String record, boolean alive) {
        finder.copies().dropIdle(record, alive);
    }

    /** Sessions of requests that are still running are kept alive; idle copies are looked at, and given up beyond the limits. */
    @Override
    public void swept() {
        for (HoldfastManagedSession session : finder.known()) {
            if (session.live().isInUse()) {
                session.live().touchAtEnd();
            } else if (finder.copies().isIdle(session)) {
                running.reaper().lookAt(session.record());
            }
        }
        finder.copies().touchForgotten();
        finder.copies().trim();
    }

    /** If this node does not know it: what proves that a client may use an id is not stored, and all zeros here. */
    private static String id(EndLease lease, @Nullable HoldfastManagedSession known) {
        boolean idKnown =
                known != null && known.data().isLoaded() && known.data().live().isEndOf(lease);
        return known != null && idKnown ? known.getId() : lease.record() + NO_SECRET;
    }
}
