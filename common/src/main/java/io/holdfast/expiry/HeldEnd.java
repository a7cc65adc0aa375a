package io.holdfast.expiry;

import io.holdfast.session.EndLease;
import io.holdfast.session.SessionEnds;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The lease of a session's end, renewed while the listeners are told; until they have been. */
public final class HeldEnd {
    private static final System.Logger LOG = System.getLogger(HeldEnd.class.getName());

    private final Reaper reaper;
    private final SessionEnds ends;
    private final EndLease lease;
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

    HeldEnd(Reaper reaper, SessionEnds ends, EndLease lease) {
        this.reaper = reaper;
        this.ends = ends;
        this.lease = lease;
    }

    EndLease lease() {
        return lease;
    }

    /** Completes when the lease is not held any more. */
    CompletableFuture<@Nullable Void> over() {
        return over;
    }

    /** Never fails, because others are renewed behind it. */
    void renew() {
        try {
            ends.renew(lease);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, "The next renewal comes in time", e);
        }
    }

    /** The listeners have been told: the session is forgotten, for which this does not wait. */
    public void told() {
        if (reaper.letGo(this)) {
            reaper.forget(lease);
        }
        over.complete(null);
    }

    /** Holds the lease no longer; when it runs out, another node takes over. Returns whether it was held. */
    boolean letGo() {
        boolean held = reaper.letGo(this);
        over.complete(null);
        return held;
    }
}
