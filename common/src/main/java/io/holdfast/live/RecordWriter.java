package io.holdfast.live;

import io.holdfast.conflict.ConflictException;
import io.holdfast.session.BackOff;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.LeaseToken;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.StoreException;
import io.holdfast.session.Writer;
import io.holdfast.tracking.AttributeChanges;
import io.holdfast.tracking.AttributeMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Brings what one session changed to its record, which it creates first if need be. Guarded by the session's commit lock. */
final class RecordWriter {
    /** So often a merge may be overtaken by chance. From then on other nodes are to let it go first. */
    private static final int ROUNDS_WITHOUT_TURN = 3;

    private final LiveSessions shared;
    private final String record;
    private final long createdMillis;
    private final RecordCopy copy;
    private final TouchThrottle touches;
    private final AttributeMap attributes;
    private final RecordRefresh refresh;
    private final LostAnswer lostAnswer;

    RecordWriter(
            LiveSessions shared,
            String record,
            long createdMillis,
            RecordCopy copy,
            TouchThrottle touches,
            AttributeMap attributes,
            RecordRefresh refresh,
            LostAnswer lostAnswer) {
        this.shared = shared;
        this.record = record;
        this.createdMillis = createdMillis;
        this.copy = copy;
        this.touches = touches;
        this.attributes = attributes;
        this.refresh = refresh;
        this.lostAnswer = lostAnswer;
    }

    /**
     * Writes all changes, or none; what conflicts, as its policy says.
     *
     * @param requestUri path of the request, or of the requests, whose they are; for reports of conflicts
     * @param lease without which nothing may be written; null: none is needed
     * @return whether the session lives; if not, they were dropped
     * @throws io.holdfast.conflict.ConflictException when a policy let the commit fail, or the lease is lost;
     *     nothing was written
     * @throws StoreException when they may not have been written
     */
    boolean write(Captured changes, String requestUri, @Nullable LeaseToken lease) {
        Writer writer = new Writer(shared.settings().conflicts().nodeName(), requestUri);
        if (copy.exists()) {
            return commit(changes, writer, lease);
        }
        return !copy.hasEnded() && (create(changes, writer) || commit(changes, writer, lease));
    }

    /**
     * Finds out what became of the commit whose answer was lost. It may still be under way; so an empty one first makes the version that
     * it would make, if it has not.
     *
     * @return what it was to write, if nobody can tell any more whether the record holds that; null: that is known now
     * @throws StoreException when Redis could not be asked
     */
    @Nullable
    Captured findLost() {
        if (!copy.exists()) {
            joinOwn();
            return null; // if it was not found, the creation that is tried next will tell
        }
        if (send(metadataDelta(MetadataChange.NONE, null)) instanceof CommitResult.Committed) {
            refresh.reload();
        }
        return copy.hasEnded() ? null : lostAnswer.concluded(copy.version());
    }

    /** Takes the record whose creation was not answered, if there is one. */
    private void joinOwn() {
        if (!copy.hasEnded()
                && shared.store().load(record) instanceof LoadResult.Found found
                && lostAnswer.isCreationOf(found.snapshot())) {
            refresh.take(found.snapshot());
        }
    }

    /** Makes the secret with this hash the only valid one; whether the session lives. */
    boolean changeSecret(SecretHash hash, @Nullable LeaseToken lease) {
        return send(metadataDelta(new MetadataChange(null, hash), lease)) instanceof CommitResult.Committed;
    }

    private SessionDelta metadataDelta(MetadataChange metadata, @Nullable LeaseToken lease) {
        return new SessionDelta(
                record,
                copy.createdBy(),
                copy.version(),
                Map.of(),
                Set.of(),
                Map.of(),
                metadata,
                Writer.UNKNOWN,
                lease,
                false);
    }

    /** Whether the record was created; if not, it is another node's, and this session has joined it. */
    private boolean create(Captured changes, Writer writer) {
        NewSession session = new NewSession(
                record,
                createdMillis,
                changes.maxInactive() == null
                        ? copy.initialMaxInactiveSeconds()
                        : changes.maxInactive().value(),
                copy.secretHash(),
                changes.attributes().initialValues(),
                changes.state().initialValues(),
                writer);
        CreateResult result = create(session, changes);
        if (result instanceof CreateResult.Created created) {
            copy.created(created.metadata());
            changes.applied(1);
            shared.events().committed(record, session.attributes().size());
            lookForAliases(session.attributes());
            return true;
        }
        join();
        return false;
    }

    private CreateResult create(NewSession session, Captured changes) {
        try {
            CreateResult result = shared.store().create(session);
            if (result instanceof CreateResult.Created) {
                lostAnswer.concluded(0);
            }
            return result;
        } catch (StoreException e) {
            copy.creationFailed(e.isNothingDone());
            CommitId lost = e.lostCommit();
            if (lost != null) {
                lostAnswer.of(lost, e.lostVersion(), changes, changes::applied);
            }
            throw e;
        }
    }

    /**
     * A container uses a client's id again when it is that of a session of another web application; then two nodes may create
     * the session of this one at the same time.
     */
    private void join() {
        if (shared.store().load(record) instanceof LoadResult.Found found
                && found.snapshot().metadata().secretHash().equals(copy.secretHash())) {
            boolean mayBeOurs = lostAnswer.isOpen();
            refresh.take(found.snapshot());
            if (mayBeOurs && !lostAnswer.isOpen()) {
                throw new StoreException(
                        "Session " + record + ": the answer to its creation was lost. It exists, but nothing of this"
                                + " request is stored; repeat it.");
            }
            lostAnswer.concluded(0);
        } else {
            throw shared.told(
                    new StoreException("Session " + record + " could not be created: Redis holds another session"
                            + " of this name. Repeat the request without a session cookie."));
        }
    }

    private boolean commit(Captured captured, Writer writer, @Nullable LeaseToken lease) {
        AttributeChanges changes = captured.attributes();
        ContainerState.Capture state = captured.state();
        ConflictDecisions decisions = new ConflictDecisions(shared, record, changes, writer);
        if (!copy.hasEnded()) {
            decisions.mergeOwn();
        }
        MetadataChange metadata = new MetadataChange(
                captured.maxInactive() == null ? null : captured.maxInactive().value(), null);
        Set<String> undecided = decisions.undecided();
        long base = changes.baseVersion(copy.version());
        for (int round = 1; round <= shared.settings().commitAttempts(); round++) {
            SessionDelta delta = new SessionDelta(
                    record,
                    copy.createdBy(),
                    base,
                    changes.changes(),
                    undecided,
                    state.changes(),
                    metadata,
                    writer,
                    lease,
                    round > ROUNDS_WITHOUT_TURN && round < shared.settings().commitAttempts());
            if (delta.isEmpty() && !copy.hasEnded()) {
                state.leaveCompanions(); // an earlier round may have been about to write them
                captured.applied(base);
                decisions.tell();
                return true;
            }
            CommitResult result = send(
                    delta.isEmpty() ? delta : delta.withContainerState(state.changesAndCompanions()),
                    captured,
                    decisions);
            if (result instanceof CommitResult.Undecided conflicts) {
                if (round > 1) {
                    overtaken(round - 1);
                }
                decisions.decide(conflicts);
                base = conflicts.version();
            } else if (result instanceof CommitResult.Committed committed) {
                captured.applied(committed.version());
                shared.events().committed(record, delta.attributes().size());
                decisions.overwritten(committed.overwritten());
                decisions.tell();
                lookForAliases(delta.attributes());
                return true;
            } else {
                return false;
            }
        }
        throw shared.told(new CommitContentionException("Session " + record + ": each of "
                + shared.settings().commitAttempts()
                + " attempts to merge conflicting attributes was overtaken by another"
                + " commit. Nothing of this request was stored; repeat it, or raise commitAttempts."));
    }

    /**
     * What was merged is out of date already. Every other time it is merged again at once, because a pause makes that stale
     * as well; and always when the others wait.
     */
    private void overtaken(int times) {
        shared.events().commitRetried(record, times);
        if (times % 2 == 0 || times > ROUNDS_WITHOUT_TURN) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(BackOff.after((times + 1) / 2).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Session " + record + ": interrupted while merging; nothing was stored", e);
        }
    }

    private CommitResult send(SessionDelta delta, Captured captured, ConflictDecisions decisions) {
        try {
            return send(delta);
        } catch (StoreException e) {
            CommitId lost = e.lostCommit();
            if (lost != null) {
                lostAnswer.of(lost, e.lostVersion(), captured, version -> {
                    captured.applied(version);
                    decisions.tell();
                });
            }
            throw e;
        }
    }

    private CommitResult send(SessionDelta delta) {
        long most = Math.max(attributes.payloadBytes(), attributes.payloadBytesBehind(delta.attributes()));
        boolean large = most >= shared.settings().largeSessionBytes();
        SessionDelta sent = large ? delta.withLargeCopy(copy.known(most)) : delta;
        CommitResult result =
                copy.hasEnded() ? new CommitResult.Gone() : shared.store().commit(sent);
        if (result instanceof CommitResult.Committed committed) {
            copy.committed(committed, delta);
            touches.touched(0);
        } else if (result instanceof CommitResult.Gone) {
            copy.end();
            if (!delta.isEmpty()) {
                shared.events().commitDropped(record);
            }
        } else if (result instanceof CommitResult.LeaseLost) {
            throw ConflictException.leaseLost(
                    record, shared.settings().conflicts().conflictStatus());
        }
        return result;
    }

    private void lookForAliases(Map<String, ?> written) {
        shared.aliases().look(attributes, written.keySet());
    }
}
