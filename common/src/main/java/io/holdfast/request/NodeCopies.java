package io.holdfast.request;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.live.LiveSession;
import io.holdfast.live.LocalCopies;
import io.holdfast.tracking.Use;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * This node's session objects by record, which its requests share. Bounded; see {@link LocalCopies}. None that a request uses
 * is ever given up.
 *
 * @param <T> what the container keeps in its table
 * @param <S> our session objects in it
 */
public final class NodeCopies<T, S extends SharedSession> {
    /** Nobody waits for a touch; it has reached Redis after that time. */
    private static final Duration TOUCH_UNDER_WAY = Duration.ofSeconds(1);

    private final Map<String, T> sessions;
    private final Function<T, S> ours;
    private final HoldfastSettings settings;
    private final LocalCopies<T> bounds;

    /**
     * Bounds {@code sessions}.
     *
     * @param sessions the container's table, a concurrent map
     * @param ours our object of one of it
     */
    public NodeCopies(Map<String, T> sessions, Function<T, S> ours, HoldfastSettings settings) {
        this.sessions = sessions;
        this.ours = ours;
        this.settings = settings;
        this.bounds = new LocalCopies<>(
                sessions, session -> ours.apply(session).live(), settings.localCopies(), System::nanoTime);
    }

    /** A use of the session this node holds a copy of, begun in one step. */
    public record Begun<S>(S session, Use use) {}

    /** Begins to use this node's copy; null: there is none. */
    public @Nullable Begun<S> begin(String record) {
        Use[] use = new Use[1];
        T known = sessions.computeIfPresent(record, (key, session) -> {
            use[0] = live(session).begin();
            return session;
        });
        if (known != null) {
            return new Begun<>(ours.apply(known), use[0]);
        }
        T recalled = recall(record);
        return recalled != null && add(recalled) ? begin(record) : null;
    }

    /** This node's copy; null: there is none. */
    public @Nullable S get(String record) {
        T known = sessions.get(record);
        return known == null ? null : ours.apply(known);
    }

    /** Like {@link #get}, also if the copy was given up and the application still holds it. */
    public @Nullable S find(String record) {
        S known = get(record);
        if (known != null) {
            return known;
        }
        T recalled = recall(record);
        return recalled == null ? null : ours.apply(recalled);
    }

    /** Adds a copy; whether there was none. */
    public boolean add(T session) {
        boolean added = sessions.putIfAbsent(live(session).record(), session) == null;
        if (added) {
            bounds.added(session);
        }
        return added;
    }

    /** A new session has been added to the container's table. */
    public void created(T session) {
        bounds.added(session);
    }

    /** Gives up what nobody has used for long, and what is too much. */
    public void trim() {
        bounds.trim();
    }

    /**
     * Whether nobody has used this node's copy for its session's time-out. Then the session has ended, or is in use elsewhere.
     */
    public boolean isIdle(S session) {
        int maxInactive = session.live().maxInactiveSeconds();
        if (maxInactive <= 0 || session.live().isInUse()) {
            return false;
        }
        Duration atMost = Duration.ofSeconds(maxInactive)
                .plus(settings.touchIntervalFor(maxInactive))
                .plus(TOUCH_UNDER_WAY);
        return session.live().unusedFor().compareTo(atMost) >= 0;
    }

    /** Gives up this node's idle copy of a session, if there is one; ends it if the session does not live. Tells nobody. */
    public void dropIdle(String record, boolean alive) {
        T known = sessions.get(record);
        if (known == null || !isIdle(ours.apply(known))) {
            return;
        }
        if (alive) {
            bounds.drop(known);
        } else {
            ours.apply(known).endLocally();
        }
    }

    private @Nullable T recall(String record) {
        T recalled = bounds.recall(record);
        return recalled != null && !ours.apply(recalled).isEndedHere() ? recalled : null;
    }

    private LiveSession live(T session) {
        return ours.apply(session).live();
    }
}
