package io.holdfast.request;

import io.holdfast.exclusive.ExclusiveRequests;
import io.holdfast.exclusive.RequestTurns;
import io.holdfast.live.LiveSession;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that one request uses, usually one: committed together, refused together. Holds nothing while the request leaves
 * its session alone. Safe for use by many threads.
 *
 * @param <S> the container's session objects
 */
public final class RequestSessions<S extends SharedSession> {
    private final Map<S, Use> uses = new ConcurrentHashMap<>(2);
    private final RequestTurns turns = new RequestTurns();
    private volatile @Nullable StoreException failure;
    private volatile boolean idChanged;
    private volatile boolean refused;
    private volatile boolean lateFailed;

    /**
     * The request uses {@code session} from now on, unless it does already.
     *
     * @param path of the request, for reports of conflicts
     * @param exclusive whose turn with the session the use keeps, if the request has one; null: it has none
     */
    public void add(S session, Use use, String path, @Nullable ExclusiveRequests exclusive) {
        use.setRequestUri(path);
        if (uses.putIfAbsent(session, use) != null) {
            session.live().end(use);
        } else if (exclusive != null) {
            turns.guard(exclusive, session.live().record(), use);
        }
    }

    /** Does {@code work} when it is this request's turn with a session, if it is exclusive; see {@link RequestTurns#during}. */
    public <T extends @Nullable Object> T inTurn(
            ExclusiveRequests exclusive, String record, Supplier<String> path, Supplier<T> work) {
        return turns.during(exclusive, record, path, work);
    }

    /** Whether the request uses none: then there is nothing to commit, to refuse or to end. */
    public boolean isEmpty() {
        return uses.isEmpty();
    }

    /** Whether the request uses {@code session}. */
    public boolean contains(S session) {
        return uses.containsKey(session);
    }

    /** The use of {@code session} by this request; null: there is none. */
    public @Nullable Use useOf(LiveSession session) {
        for (Map.Entry<S, Use> entry : uses.entrySet()) {
            if (entry.getKey().live() == session) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** The store failed this request: if it ends with an error, that is why. Returns the cause. */
    public StoreException noted(StoreException cause) {
        failure = cause;
        return cause;
    }

    /** Why the store failed this request; null: it did not. */
    public @Nullable StoreException failure() {
        return failure;
    }

    /** The id the client knows is dead already; whatever becomes of this request, the client has to hear of the new one. */
    public void markIdChanged() {
        idChanged = true;
    }

    /** Whether the client has to hear of a new id. */
    public boolean isIdChanged() {
        return idChanged;
    }

    /**
     * The client is told that its changes are not stored; so nothing of this request is, from now on, nor of threads that work
     * for it. Objects it changed in place are not given to other requests either.
     */
    public void refuse() {
        refused = true;
        uses.forEach(SharedSession::refuse);
    }

    /** Whether nothing of this request is stored. */
    public boolean isRefused() {
        return refused;
    }

    /**
     * Commits all sessions this request uses. Throws on the first that fails.
     *
     * @throws StoreException when changes may not have been written
     */
    public void commit() {
        if (!refused) {
            uses.forEach(SharedSession::commit);
        }
    }

    /**
     * Like {@link #commit}, when the calling thread has left the application. While it has to wait for other commits of a session, these
     * may take along its own.
     *
     * @throws StoreException when changes may not have been written
     */
    public void commitOutsideApplication() {
        uses.values().forEach(use -> use.setOutsideApplication(true));
        try {
            commit();
        } finally {
            uses.values().forEach(use -> use.setOutsideApplication(false));
        }
    }

    /**
     * Commits what was changed after the response began; the client can no longer be told, so failures are reported. After one
     * that fails, nothing more is committed, and so nothing is reported twice.
     */
    public void commitLate() {
        if (refused || lateFailed) {
            return;
        }
        uses.forEach((session, use) -> {
            if (!session.commitLate(use)) {
                lateFailed = true;
            }
        });
    }

    /** Does {@code action} with each session, in place of {@link #finish}; of a refused request nothing is looked at any more. */
    public void forEach(BiConsumer<S, Use> action) {
        uses.forEach(action);
    }

    /**
     * The request is over: nothing of it is looked at any more. If the end of one use fails, the others end all the same.
     */
    public void finish() {
        try {
            if (refused) {
                uses.forEach(SharedSession::refuse);
            }
        } finally {
            endAll(uses.entrySet().iterator());
        }
    }

    private void endAll(Iterator<Map.Entry<S, Use>> left) {
        if (!left.hasNext()) {
            uses.clear();
            return;
        }
        Map.Entry<S, Use> next = left.next();
        try {
            next.getKey().endUse(next.getValue());
        } finally {
            endAll(left);
        }
    }
}
