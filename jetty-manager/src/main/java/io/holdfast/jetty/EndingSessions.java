package io.holdfast.jetty;

import io.holdfast.expiry.HeldEnd;
import io.holdfast.expiry.Reaper;
import io.holdfast.session.EndLease;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions whose end this node has taken on, by the id under which Jetty is to end them. Jetty loads such a session, tells its
 * listeners and deletes it; until then the lease is held, so that no other node tells them too.
 */
final class EndingSessions {
    private record Ending(EndLease lease, HeldEnd held) {}

    private final Reaper reaper;
    private final Map<String, Ending> byId = new ConcurrentHashMap<>();

    EndingSessions(Reaper reaper) {
        this.reaper = reaper;
    }

    void add(String id, EndLease lease) {
        byId.put(id, new Ending(lease, reaper.hold(lease)));
    }

    /** The session that is ended under this id; null: none is. */
    @Nullable
    EndLease find(String id) {
        Ending ending = byId.get(id);
        return ending == null ? null : ending.lease();
    }

    /** Jetty stops, and tells no more: other nodes take over. */
    void giveBackAll() {
        byId.values().forEach(ending -> reaper.giveBack(ending.held()));
        byId.clear();
    }

    /** The listeners have been told. Returns whether a session was being ended under this id. */
    boolean told(String id) {
        Ending ending = byId.remove(id);
        if (ending == null) {
            return false;
        }
        ending.held().told();
        return true;
    }
}
