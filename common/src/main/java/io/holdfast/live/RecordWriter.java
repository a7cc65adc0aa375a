package io.holdfast.live;

import io.holdfast.session.Change;
import io.holdfast.session.CommitResult;
import io.holdfast.session.Conflict;
import io.holdfast.session.CreateResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.ReapResult;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeChanges;
import io.holdfast.tracking.AttributeMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings what one session changed to its record, which it creates first if need be. Guarded by the session's commit lock. */
final class RecordWriter {
    private final LiveSessions shared;
    private final String record;
    private final long createdMillis;
    private final RecordCopy copy;
    private final TouchThrottle touches;
    private final AttributeMap attributes;
    private final Consumer<SessionSnapshot> joined;

    /** {@code joined} takes a record that another node has created meanwhile. */
    RecordWriter(
            LiveSessions shared,
            String record,
            long createdMillis,
            RecordCopy copy,
            TouchThrottle touches,
            AttributeMap attributes,
            Consumer<SessionSnapshot> joined) {
        this.shared = shared;
        this.record = record;
        this.createdMillis = createdMillis;
        this.copy = copy;
        this.touches = touches;
        this.attributes = attributes;
        this.joined = joined;
    }

    /**
     * Writes all changes, or none.
     *
     * @return whether the session lives; if not, they were dropped
     * @throws StoreException when they may not have been written
     */
    boolean write(AttributeChanges changes, ContainerState.Capture state) {
        if (copy.exists()) {
            return commit(changes, state);
        }
        return !copy.hasEnded() && (create(changes, state) || commit(changes, state));
    }

    /** Makes the secret with this hash the only valid one; whether the session lives. */
    boolean changeSecret(SecretHash hash) {
        MetadataChange change = new MetadataChange(null, hash);
        return send(delta(copy.version(), Map.of(), Map.of(), change)) != null;
    }

    /** Whether the record was created; if not, it is another node's, and this session has joined it. */
    private boolean create(AttributeChanges changes, ContainerState.Capture state) {
        NewSession session = new NewSession(
                record,
                createdMillis,
                copy.maxInactiveSeconds(),
                copy.secretHash(),
                changes.initialValues(),
                state.initialValues());
        CreateResult result = shared.store().create(session);
        if (result instanceof CreateResult.Exists && !(shared.store().reap(record) instanceof ReapResult.Alive)) {
            result = shared.store().create(session);
        }
        if (result instanceof CreateResult.Created created) {
            copy.created(created.metadata());
            applied(1, changes, state);
            shared.events().committed(record, session.attributes().size());
            lookForAliases(session.attributes());
            return true;
        }
        join();
        return false;
    }

    /**
     * A container uses a client's id again when it is that of a session of another web application; then two nodes may create
     * the session of this one at the same time.
     */
    private void join() {
        if (shared.store().load(record) instanceof LoadResult.Found found
                && found.snapshot().metadata().secretHash().equals(copy.secretHash())) {
            joined.accept(found.snapshot());
        } else {
            throw new StoreException("Session " + record + " could not be created: Redis holds another session"
                    + " of this name. Repeat the request without a session cookie.");
        }
    }

    private boolean commit(AttributeChanges changes, ContainerState.Capture state) {
        Integer newMaxInactive = copy.isMaxInactiveChanged() ? Integer.valueOf(copy.maxInactiveSeconds()) : null;
        SessionDelta delta = delta(
                changes.baseVersion(copy.version()),
                changes.changes(),
                state.changes(),
                new MetadataChange(newMaxInactive, null));
        if (delta.isEmpty() && !copy.hasEnded()) {
            applied(copy.version(), changes, state);
            return true;
        }
        CommitResult.Committed committed = send(delta);
        if (committed == null) {
            return false;
        }
        applied(committed.version(), changes, state);
        report(committed, changes, delta);
        return true;
    }

    private SessionDelta delta(
            long baseVersion, Map<String, Change> changes, Map<String, Change> state, MetadataChange metadata) {
        return new SessionDelta(record, copy.createdBy(), baseVersion, changes, state, metadata);
    }

    /** Null when the session has ended. */
    private CommitResult.@Nullable Committed send(SessionDelta delta) {
        CommitResult result =
                copy.hasEnded() ? new CommitResult.Gone() : shared.store().commit(delta);
        if (result instanceof CommitResult.Committed committed) {
            copy.committed(committed, delta.metadata());
            touches.touched(0);
            return committed;
        }
        copy.end();
        if (!delta.isEmpty()) {
            shared.events().commitDropped(record);
        }
        return null;
    }

    private void applied(long version, AttributeChanges changes, ContainerState.Capture state) {
        changes.applied(version);
        state.applied(version);
    }

    private void report(CommitResult.Committed committed, AttributeChanges changes, SessionDelta delta) {
        shared.events().committed(record, delta.attributes().size());
        for (Conflict conflict : committed.conflicts()) {
            shared.events().conflict(record, conflict);
        }
        for (Conflict conflict : changes.supersededMutations()) {
            shared.events().conflict(record, conflict);
        }
        lookForAliases(delta.attributes());
    }

    private void lookForAliases(Map<String, ?> written) {
        if (!written.isEmpty()) {
            shared.aliases().look(attributes);
        }
    }
}
