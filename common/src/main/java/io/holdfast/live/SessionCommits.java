package io.holdfast.live;

import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.live.WaitingCommits.Waiting;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeChanges;
import io.holdfast.tracking.Use;
import io.holdfast.tracking.Uses;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Commits what the requests of one session have changed: one after the other, and of those that have to wait for that, several as
 * one.
 */
final class SessionCommits {
    private static final System.Logger LOG = System.getLogger(SessionCommits.class.getName());

    private final LiveSessions shared;
    private final String record;
    private final RecordCopy copy;
    private final ContainerState containerState;
    private final Uses uses;
    private final Use unattributed;
    private final CommitLock lock;
    private final RecordWriter writer;
    private final LostAnswer lostAnswer;
    private final WaitingCommits waiting = new WaitingCommits();

    SessionCommits(
            LiveSessions shared,
            String record,
            RecordCopy copy,
            ContainerState containerState,
            Uses uses,
            Use unattributed,
            CommitLock lock,
            RecordWriter writer,
            LostAnswer lostAnswer) {
        this.shared = shared;
        this.record = record;
        this.copy = copy;
        this.containerState = containerState;
        this.uses = uses;
        this.unattributed = unattributed;
        this.lock = lock;
        this.writer = writer;
        this.lostAnswer = lostAnswer;
    }

    /** See {@link LiveSession#commit}. */
    boolean commit(Use use) {
        if (!use.isOutsideApplication()) {
            lock.acquire();
            return commitLocked(use);
        }
        Waiting own = waiting.enter(use);
        try {
            return acquire(own) ? commitLocked(use) : own.result();
        } finally {
            waiting.leave(own);
        }
    }

    /** Returns with the lock, or, if the commit was taken along meanwhile, without. */
    private boolean acquire(Waiting own) {
        if (!lock.acquireIf(() -> isLeft(own))) {
            return false;
        }
        if (own.isLeft()) {
            return true;
        }
        lock.release();
        return false;
    }

    private boolean isLeft(Waiting own) {
        if (own.isLeft()) {
            return true;
        }
        own.awaitEnd(lock.longestWait());
        return !own.isDone();
    }

    private boolean commitLocked(Use use) {
        try {
            requireNotRefused(use);
            long drops = uses.drops();
            Captured captured = capture(use);
            if (isLostToBeFoundBefore(captured, use)) {
                findLost();
                drops = uses.drops();
                captured = capture(use);
            }
            requireComplete(use); // behind the capture: what was dropped before, it has missed
            if (use == unattributed && !uses.isQuietSince(drops)) {
                return !copy.hasEnded(); // it may have missed a part; what is left goes with the next commit
            }
            Boolean lives = captured.isEmpty() ? null : commitJointly(use);
            return lives == null ? write(captured, List.of(use)) : lives;
        } finally {
            lock.release();
        }
    }

    /** With others that wait. Returns whether the session lives; null: nothing is committed, as there are none, or it is not possible. */
    private @Nullable Boolean commitJointly(Use use) {
        if (waiting.isEmptyBut(use) || !isPossible() || !uses.goWith(use, List.of())) {
            return null;
        }
        List<Waiting> others = new ArrayList<>();
        try {
            waiting.takeAlong(use, others, uses::goWith);
            return others.isEmpty() ? null : commitJointly(use, others);
        } finally {
            others.forEach(Waiting::giveBack);
        }
    }

    /** Other policies than to merge depend on who commits first. */
    private boolean isPossible() {
        return !lostAnswer.isOpen()
                && copy.exists()
                && !copy.hasEnded()
                && shared.settings().conflicts().conflictPolicy().areAll(ConflictPolicy.MERGE);
    }

    private @Nullable Boolean commitJointly(Use use, List<Waiting> others) {
        List<Use> together =
                Stream.concat(Stream.of(use), others.stream().map(Waiting::use)).toList();
        Captured captured = captureJointly(together);
        if (captured == null || !others.stream().allMatch(Waiting::begin)) {
            return null;
        }
        try {
            boolean lives = write(captured, together);
            others.forEach(other -> other.committed(lives));
            return lives;
        } catch (CommitContentionException e) {
            return null; // it may be others' changes that have to be merged
        } catch (StoreException e) {
            if (e.lostCommit() != null) {
                others.stream().filter(other -> other.use().isIncomplete()).forEach(other -> other.failed(e));
            }
            throw e;
        }
    }

    /** What keeps one of the others from being encoded is not the business of the request that has the lock. */
    private @Nullable Captured captureJointly(List<Use> committing) {
        try {
            return capture(committing, uses::captureJointly);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, "requests cannot be committed together", e);
            return null;
        }
    }

    private Captured capture(Use use) {
        return Objects.requireNonNull(capture(List.of(use), uses -> this.uses.capture(use)));
    }

    /** The attributes last: who then finds the uses complete has all of what they have set, too. */
    private @Nullable Captured capture(List<Use> committing, Function<List<Use>, @Nullable AttributeChanges> how) {
        List<Use> sources = new ArrayList<>(committing);
        sources.add(unattributed);
        ContainerState.Capture state = containerState.capture(sources);
        Uncommitted.Setting<Integer> maxInactive = copy.uncommittedMaxInactive().latestOf(sources);
        AttributeChanges changes = how.apply(committing);
        return changes == null ? null : new Captured(copy, changes, state, maxInactive);
    }

    private boolean write(Captured captured, List<Use> committing) {
        try {
            return writer.write(
                    captured, requestUris(committing), committing.get(0).lease());
        } catch (StoreException e) {
            if (e.lostCommit() != null) {
                uses.answerLost(committing, captured.attributes());
            }
            throw e;
        }
    }

    /** For reports of conflicts: which of several requests is in conflict is not known. */
    private static String requestUris(List<Use> committing) {
        return committing.size() == 1
                ? committing.get(0).requestUri()
                : committing.stream().map(Use::requestUri).distinct().collect(Collectors.joining(" + "));
    }

    /** Before anything else is written; also where it seems that nothing is, going by what the record held before the lost commit. */
    private boolean isLostToBeFoundBefore(Captured captured, Use use) {
        return lostAnswer.isOpen()
                && (!captured.isEmpty()
                        || !copy.exists()
                        || lostAnswer.concerns(List.of(use, unattributed), captured.state()));
    }

    private void findLost() {
        Captured unknown = writer.findLost();
        if (unknown != null) {
            uses.distrust(unknown.attributes());
        }
    }

    /** There may be a record, though this node does not know it. Guarded by the commit lock. */
    void findLostCreation() {
        if (lostAnswer.isOpen() && !copy.exists()) {
            findLost();
        }
    }

    /** Another thread of the request may have been told so while this one waited. */
    private void requireNotRefused(Use use) {
        if (use.isRefused() && !copy.hasEnded()) {
            throw new StoreException("Session " + record + ": this request was refused. Nothing of it is stored.");
        }
    }

    private void requireComplete(Use use) {
        if (use.isIncomplete() && !copy.hasEnded()) {
            throw shared.told(
                    new StoreException(
                            "Session " + record
                                    + ": another request was refused, or the answer to a commit was lost, and with it what this one,"
                                    + " or a thread that may have worked for it, had changed. So nothing of this one is stored either."));
        }
    }
}
