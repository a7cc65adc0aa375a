package io.holdfast.live;

import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeMap;
import io.holdfast.tracking.Use;
import io.holdfast.tracking.Uses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One session on this node: the one object that all its concurrent requests share. It is loaded, then refreshed at each
 * request's first use, and committed when a request ends.
 *
 * <p>One lock per session, the commit lock, is held from looking at what changed until the store's answer is worked in, and
 * while a refresh is worked in; so commits of one node queue here instead of fighting each other in Redis. Waiting for the
 * lock is bounded. Reading and writing attributes never takes it.
 */
public final class LiveSession {
    /**
     * What became of the attempt to end a session.
     *
     * @param here whether this call has ended it, so that the listeners are told here; false: it had ended before
     * @param lease to be held while they are told; null: other nodes never knew the session
     */
    public record Ended(boolean here, @Nullable EndLease lease) {}

    private final LiveSessions shared;
    private final String record;
    private final long createdMillis;
    private final RecordCopy copy;
    private final AttributeMap attributes;
    private final ContainerState containerState;
    private final CommitLock lock;
    private final TouchThrottle touches;
    private final LostAnswer lostAnswer = new LostAnswer();
    private final RecordRefresh refresh;
    private final RecordWriter writer;
    private final Uses uses;
    private final SessionCommits commits;
    private volatile long lastUsedNanos = System.nanoTime();

    /** What threads do that work for no request; every commit takes it along. */
    private final Use unattributed = new Use();

    private LiveSession(
            LiveSessions shared, String record, long createdMillis, SecretHash secretHash, int maxInactiveSeconds) {
        this.shared = shared;
        this.record = record;
        this.createdMillis = createdMillis;
        this.copy = new RecordCopy(secretHash, maxInactiveSeconds);
        this.attributes =
                new AttributeMap(record, shared.form(), shared.events(), this::currentUse, shared.previousWanted());
        this.uses = new Uses(attributes, unattributed);
        this.containerState = new ContainerState(record, shared.form(), shared.events(), this::currentUse);
        this.lock = new CommitLock(record, shared.settings().commandTimeout(), shared::told);
        this.touches = new TouchThrottle(shared.settings());
        this.refresh = new RecordRefresh(shared, record, copy, attributes, containerState, touches, lock, lostAnswer);
        this.writer = new RecordWriter(shared, record, createdMillis, copy, touches, attributes, refresh, lostAnswer);
        this.commits =
                new SessionCommits(shared, record, copy, containerState, uses, unattributed, lock, writer, lostAnswer);
    }

    static LiveSession fresh(LiveSessions shared, SessionId id, long createdMillis, int maxInactiveSeconds) {
        return new LiveSession(shared, id.record(), createdMillis, SecretHash.of(id.secret()), maxInactiveSeconds);
    }

    static LiveSession loaded(LiveSessions shared, String record, SessionSnapshot snapshot) {
        SessionMetadata metadata = snapshot.metadata();
        LiveSession session = new LiveSession(
                shared, record, metadata.createdMillis(), metadata.secretHash(), metadata.maxInactiveSeconds());
        session.refresh.take(snapshot);
        return session;
    }

    /** Begins a request's use of this session. Every use that begins also {@linkplain #end(Use) ends}. */
    public Use begin() {
        Use use = uses.begin();
        lastUsedNanos = System.nanoTime();
        return use;
    }

    /** Ends a request's use; what it changed and did not commit is taken back, but for objects it has changed in place. */
    public void end(Use use) {
        try {
            lastUsedNanos = System.nanoTime();
            uses.end(use);
            dropSettings(use);
        } finally {
            use.end();
        }
    }

    /**
     * Makes sure that {@code use} sees the session as Redis holds it now; asks Redis once per use.
     *
     * @return whether the session lives
     * @throws StoreException when Redis could not be asked; never means that there is no session
     */
    public boolean validate(Use use) {
        if (!use.isValidated()) {
            if (isStored()) {
                refresh.refresh();
                uses.forgetOldest();
            }
            use.markValidated();
        }
        return !copy.hasEnded();
    }

    /**
     * Writes what {@code use}, and threads that work for no request, changed since the last commit. One atomic commit, or
     * none when nothing changed. What two nodes wrote is decided on by the attribute's conflict policy, and reported.
     *
     * @return whether the session lives; if not, changes were dropped
     * @throws io.holdfast.conflict.ConflictException when a policy let the commit fail, or the use has lost its lease; nothing
     *     was written
     * @throws StoreException when the changes may not have been written
     */
    public boolean commit(Use use) {
        return commits.commit(use);
    }

    /**
     * Writes what threads that work for no request changed, if there is anything and no request runs that will take it
     * along.
     *
     * @return whether the session lives; if not, changes were dropped
     * @throws StoreException when the changes may not have been written
     */
    public boolean commitUnattributed() {
        boolean idle = unattributed.isEmpty()
                && !containerState.isPending()
                && copy.uncommittedMaxInactive().isEmpty();
        if (isInUse() || idle) {
            return !copy.hasEnded();
        }
        boolean lives = commit(unattributed);
        attributes.forgetSuperseded(unattributed);
        return lives;
    }

    /**
     * Like {@link #commitUnattributed} for work that has just ended: does not wait for running requests, which may take long.
     */
    public boolean commitUnattributedNow() {
        if (unattributed.isEmpty() || !isInUse()) {
            return commitUnattributed();
        }
        return commit(unattributed);
    }

    /**
     * Like {@link #commitUnattributed}, when a request has ended: only if threads have put, removed or set something, which was too
     * late for that request's commits.
     */
    public boolean commitLeftBehind() {
        return (isStored() && hasUnattributedWrites()) ? commitUnattributed() : !copy.hasEnded();
    }

    /** Whether threads that work for no request, or running requests, have put, removed or set something that is not committed. */
    public boolean hasUnattributedWrites() {
        return unattributed.hasWrites()
                || containerState.isPending()
                || !copy.uncommittedMaxInactive().isEmpty();
    }

    /**
     * Whether threads that work for no request have put or removed something that is not committed, or were handed objects
     * that they may change.
     */
    public boolean hasUnattributed() {
        return !unattributed.isEmpty();
    }

    /**
     * Nothing of {@code use} must be stored any more. Takes back what it put, removed and set; and what threads changed that work for
     * no request, because they may work for that one. As these may work for another one as well, and as others may have changed
     * objects that are lost with this use, some others that are running are not stored either; see {@link Uses#drop}. A session
     * that could not be stored when it was new, and that no other request can store any more, keeps its attributes for the
     * listeners of its end.
     */
    public void drop(Use use) {
        if (copy.isCreationFailed() && uses.isOnly(use)) {
            return;
        }
        Map<String, Uncommitted.Setting<Optional<Object>>> state = containerState.setBy(List.of(unattributed));
        Uncommitted.Setting<Integer> maxInactive = copy.uncommittedMaxInactive().latestOf(List.of(unattributed));
        uses.drop(use, !state.isEmpty() || maxInactive != null, () -> {
            dropSettings(use);
            containerState.drop(state);
            if (maxInactive != null) {
                copy.uncommittedMaxInactive().drop(maxInactive);
            }
        });
    }

    /** Whether this copy holds nothing but what Redis holds too, so that it may be given up while nobody uses it. */
    boolean isSettled() {
        return isStored()
                && unattributed.isEmpty()
                && !containerState.isPending()
                && copy.uncommittedMaxInactive().isEmpty()
                && !attributes.isLocal();
    }

    /**
     * Like {@link #isSettled}, but commits before that what threads changed that work for no request. Objects they were handed
     * are not watched any more from then on.
     *
     * @throws StoreException when their changes may not have been written
     */
    boolean settle() {
        if (!isStored() || isInUse()) {
            return false;
        }
        commitUnattributed();
        if (isInUse() || attributes.isLocal()) {
            return false;
        }
        unattributed.forgetHandedOut();
        return isSettled();
    }

    /** Bytes of Redis this copy holds. */
    public long copyBytes() {
        return attributes.payloadBytes();
    }

    /** When a request last began or ended to use this copy, as {@link System#nanoTime()} tells it. */
    long lastUsedNanos() {
        return lastUsedNanos;
    }

    /** For how long no request of this node has begun or ended to use the session. */
    public Duration unusedFor() {
        return Duration.ofNanos(System.nanoTime() - lastUsedNanos);
    }

    /** Tells the store that a request has just found the session alive, unless it was told lately. Does not wait. */
    public void touch() {
        if (isStored() && touches.isDue(copy.maxInactiveSeconds())) {
            shared.store().touch(record);
            touches.touched(0);
        }
    }

    /**
     * Like {@link #touch} at the end of a request. One that has taken longer than the session's time-out comes too late: the
     * session may have ended meanwhile, and a touch must not bring it back.
     */
    public void touchAtEnd() {
        if (!touches.mayHaveEnded(copy.maxInactiveSeconds())) {
            touch();
        }
    }

    /**
     * Makes {@code id}, of the same record, the only valid one, on all nodes at once.
     *
     * @return whether the session lives
     * @throws io.holdfast.conflict.ConflictException when the request that does it has lost its lease; the old id stays valid
     * @throws StoreException when the new id may not be valid; the caller keeps the old one
     */
    public boolean changeId(SessionId id) {
        SecretHash newHash = SecretHash.of(id.secret());
        lock.acquire();
        try {
            commits.findLostCreation();
            if (copy.exists()) {
                return writer.changeSecret(newHash, currentUse().lease());
            }
            copy.setSecretHash(newHash);
            return !copy.hasEnded();
        } finally {
            lock.release();
        }
    }

    /**
     * Ends the session on all nodes; commits under way elsewhere are dropped.
     *
     * @throws StoreException when it may still live; if it does not, some node tells the listeners later
     */
    public Ended end() {
        lock.acquire();
        try {
            Ended ended = copy.hasEnded() ? new Ended(false, null) : endOnce();
            copy.end();
            return ended;
        } finally {
            lock.release();
        }
    }

    /**
     * Takes over the last state of the session, which has ended, so that listeners see it.
     *
     * @return false: it is not the state of this session, but of another one of the same name
     * @throws StoreException when commits of this node keep the session busy
     */
    public boolean endWith(EndLease lease) {
        lock.acquire();
        try {
            if (!isEndOf(lease)) {
                return false;
            }
            refresh.take(lease.snapshot());
            copy.end();
            return true;
        } finally {
            lock.release();
        }
    }

    /** Whether it is this session that has ended, and not another one of the same name. */
    public boolean isEndOf(EndLease lease) {
        return copy.exists() && refresh.isThisSession(lease.snapshot());
    }

    /** Whether {@code id} is the one that is valid now, as far as this node knows. */
    public boolean accepts(SessionId id) {
        return copy.secretHash().matches(id.secret());
    }

    /** Name of the record. */
    public String record() {
        return record;
    }

    /** When the session was created, in milliseconds since the epoch. */
    public long createdMillis() {
        return createdMillis;
    }

    /** When the session was last accessed on any node, in milliseconds since the epoch, as far as is known here. */
    public long lastAccessedMillis() {
        return touches.lastAccessedMillis();
    }

    /** Seconds without access after which the session ends; zero or less: never. */
    public int maxInactiveSeconds() {
        return copy.maxInactiveSeconds();
    }

    /** Changes the time-out; the next commit writes it. */
    public void setMaxInactiveSeconds(int seconds) {
        copy.setMaxInactiveSeconds(seconds, currentUse(), lostAnswer::isTimeOutInDoubt);
    }

    /** Whether a record exists, as far as this node knows; false for a new session before its first commit. */
    public boolean isStored() {
        return copy.exists() && !copy.hasEnded();
    }

    /** Whether the session is known to have ended. */
    public boolean hasEnded() {
        return copy.hasEnded();
    }

    /**
     * The request of {@code use} is about to end.
     *
     * @return whether the session ends with it, because it could not be stored when it was new, no other node will ever find it, and
     *     all requests that use it are about to end; of several that are, more than one may be told so
     */
    public boolean leavesStillborn(Use use) {
        return uses.leave(use) && copy.isCreationFailed() && !copy.hasEnded();
    }

    /** Whether requests of this node are using the session now. */
    public boolean isInUse() {
        return uses.isInUse();
    }

    /** The attributes, for the container and the application. */
    public AttributeMap attributes() {
        return attributes;
    }

    /** The container's own state. */
    public ContainerState containerState() {
        return containerState;
    }

    private Use currentUse() {
        Use use = shared.currentUse().of(this);
        return use == null ? unattributed : use;
    }

    private void dropSettings(Use use) {
        containerState.drop(use);
        copy.uncommittedMaxInactive().drop(use);
    }

    private Ended endOnce() {
        commits.findLostCreation();
        if (!copy.exists()) {
            return new Ended(true, null);
        }
        if (shared.store().end(record, copy.createdBy(), attributes.payloadBytes())
                instanceof EndResult.Leased leased) {
            refresh.take(leased.lease().snapshot()); // the listeners see what other nodes have written too
            return new Ended(true, leased.lease());
        }
        return new Ended(false, null);
    }
}
