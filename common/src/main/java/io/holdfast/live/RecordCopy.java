package io.holdfast.live;

import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.KnownCopy;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.tracking.Use;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of a record besides its attributes: its version, its metadata and whether it still exists.
 *
 * <p>Written under the session's commit lock, the uncommitted time-out by anyone; read by anyone. Each field on its own is
 * always a value that was true once.
 */
final class RecordCopy {
    /**
     * The newest state of the record that this node holds completely. Attributes that this node committed on top of a state
     * it has not seen are newer; the next refresh closes the gap. Until then these commits are what it is ahead by.
     */
    private record Complete(long version, SessionMetadata metadata, List<CommitId> ahead) {
        Complete(long version, SessionMetadata metadata) {
            this(version, metadata, List.of());
        }

        /** More than a record remembers need not be told apart: they are never all found in it. */
        Complete with(CommitId commit) {
            if (ahead.size() > SessionMetadata.REMEMBERED_COMMITS) {
                return this;
            }
            return new Complete(
                    version,
                    metadata,
                    Stream.concat(ahead.stream(), Stream.of(commit)).toList());
        }
    }

    /** Stands for commits of others of which nobody has told their ids. */
    private static final CommitId SOMEBODY = new CommitId(0, 0);

    private volatile @Nullable Complete complete;
    private volatile SecretHash secretHash;
    private volatile int storedMaxInactiveSeconds;
    private final Uncommitted<Integer> maxInactiveSeconds = new Uncommitted<>();
    private volatile boolean ended;
    private volatile boolean creationFailed;
    private volatile boolean creationInDoubt;

    /** Counts commits and refreshes; a load that began at another count may have been overtaken. */
    private final AtomicLong epoch = new AtomicLong();

    RecordCopy(SecretHash secretHash, int maxInactiveSeconds) {
        this.secretHash = secretHash;
        this.storedMaxInactiveSeconds = maxInactiveSeconds;
    }

    /** The record is as {@code snapshot} says. A time-out that was changed here and is not committed stays. */
    void take(SessionSnapshot snapshot) {
        SessionMetadata metadata = snapshot.metadata();
        storedMaxInactiveSeconds = metadata.maxInactiveSeconds();
        secretHash = metadata.secretHash();
        complete = new Complete(snapshot.version(), metadata);
        epoch.incrementAndGet();
    }

    /** This node has created the record. */
    void created(SessionMetadata metadata) {
        storedMaxInactiveSeconds = metadata.maxInactiveSeconds();
        complete = new Complete(1, metadata);
        epoch.incrementAndGet();
    }

    /** This node has failed to create the record; {@code certain}: nobody will find it. */
    void creationFailed(boolean certain) {
        creationFailed = true;
        creationInDoubt |= !certain;
    }

    /** Whether this node has failed to create the record, and nobody will find it. */
    boolean isCreationFailed() {
        return creationFailed && !creationInDoubt && complete == null;
    }

    /**
     * This node has committed. If nobody else had, the copy is complete again; if not, it keeps its version. Somebody else may have
     * made the copy's version too, after Redis lost what was acknowledged.
     */
    void committed(CommitResult.Committed result, SessionDelta delta) {
        MetadataChange change = delta.metadata();
        Complete base = require();
        boolean onThis = base.ahead().isEmpty()
                && !result.before().isEmpty()
                && base.metadata().remembers(result.before())
                && result.version() == base.version() + 1;
        if (onThis) {
            complete = new Complete(result.version(), base.metadata().after(result.commit(), delta.writer(), change));
        } else {
            complete = base.with(result.commit());
        }
        Integer newMaxInactive = change.maxInactiveSeconds();
        if (newMaxInactive != null) {
            storedMaxInactiveSeconds = newMaxInactive;
        }
        SecretHash newSecret = change.secretHash();
        if (newSecret != null) {
            secretHash = newSecret;
        }
        epoch.incrementAndGet();
    }

    /** A commit has found what others have written, and this node goes on with a part of that. */
    void tookPart() {
        complete = require().with(SOMEBODY);
        epoch.incrementAndGet();
    }

    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean exists() {
        return complete != null;
    }

    long version() {
        return require().version();
    }

    CommitId createdBy() {
        return require().metadata().createdBy();
    }

    /** What the store has to compare a load with. */
    KnownCopy known(long payloadBytes) {
        Complete now = require();
        return new KnownCopy(now.version(), now.metadata(), now.ahead(), payloadBytes);
    }

    /** Whether this copy is ahead by a commit on top of others that it lacks: whoever sees that shall see these. */
    boolean isAhead() {
        return !require().ahead().isEmpty();
    }

    /** Whether that state of the record, loaded a moment ago, is this copy's, or came before it. No if this is ahead. */
    boolean includes(SessionSnapshot loaded) {
        Complete now = require();
        KnownCopy known = new KnownCopy(loaded.version(), loaded.metadata(), 0);
        return !isAhead() && known.isStateOf(now.version(), now.metadata());
    }

    /** Whether that state of the record holds all that this copy does. */
    boolean isIncludedIn(SessionSnapshot loaded) {
        return known(0).isStateOf(loaded.version(), loaded.metadata());
    }

    long epoch() {
        return epoch.get();
    }

    SecretHash secretHash() {
        return secretHash;
    }

    /** For a record that does not exist yet. */
    void setSecretHash(SecretHash hash) {
        secretHash = hash;
    }

    /** As the application sees it: as it was set last, or as the record has it. */
    int maxInactiveSeconds() {
        return maxInactiveSeconds.latest().orElse(storedMaxInactiveSeconds);
    }

    /**
     * Changes the time-out on behalf of a use.
     *
     * @param isInDoubt whether the record may hold another time-out than this copy
     */
    void setMaxInactiveSeconds(int seconds, Use by, BooleanSupplier isInDoubt) {
        // in this order: a setting is taken back when there is a doubt, which ends when this copy has the record's
        // time-out
        if (!maxInactiveSeconds.isEmpty() || isInDoubt.getAsBoolean() || seconds != maxInactiveSeconds()) {
            maxInactiveSeconds.set(seconds, by);
        }
    }

    /** Time-outs that uses have set. */
    Uncommitted<Integer> uncommittedMaxInactive() {
        return maxInactiveSeconds;
    }

    /** The time-out of a record that does not exist yet, unless one is set. */
    int initialMaxInactiveSeconds() {
        return storedMaxInactiveSeconds;
    }

    private Complete require() {
        Complete now = complete;
        if (now == null) {
            throw new IllegalStateException("the record does not exist yet");
        }
        return now;
    }
}
