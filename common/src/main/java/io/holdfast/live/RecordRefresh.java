package io.holdfast.live;

import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionUpdate;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeMap;
import io.holdfast.tracking.AttributeRefresh;
import org.jspecify.annotations.Nullable;

/** Brings what this node holds of one session up to what its record holds. */
final class RecordRefresh {
    private final LiveSessions shared;
    private final String record;
    private final RecordCopy copy;
    private final AttributeMap attributes;
    private final ContainerState containerState;
    private final TouchThrottle touches;
    private final CommitLock lock;
    private final LostAnswer lostAnswer;

    RecordRefresh(
            LiveSessions shared,
            String record,
            RecordCopy copy,
            AttributeMap attributes,
            ContainerState containerState,
            TouchThrottle touches,
            CommitLock lock,
            LostAnswer lostAnswer) {
        this.shared = shared;
        this.record = record;
        this.copy = copy;
        this.attributes = attributes;
        this.containerState = containerState;
        this.touches = touches;
        this.lock = lock;
        this.lostAnswer = lostAnswer;
    }

    /**
     * Loads outside the lock. If a commit or another refresh of this node came in between, and what was loaded neither holds all that this
     * node does nor is older than that, loads once more inside. Finds out whether the session lives.
     *
     * @throws StoreException when Redis could not be asked
     */
    void refresh() {
        long epoch = copy.epoch();
        LoadResult result = load();
        lock.acquire();
        try {
            workIn(fitting(epoch == copy.epoch() ? result : late(result)));
        } finally {
            lock.release();
        }
    }

    /** Loads all anew. Finds out whether the session lives. Guarded by the commit lock. */
    void reload() {
        workIn(shared.store().load(record));
    }

    /** Makes this node hold {@code snapshot}, and what is not committed. Guarded by the commit lock. */
    void take(SessionSnapshot snapshot) {
        lostAnswer.lookFor(snapshot);
        AttributeRefresh.refresh(attributes, snapshot.attributes());
        containerState.refresh(snapshot.containerState());
        took(snapshot);
        lostAnswer.workedIn();
    }

    /** Makes this node, which holds the earlier state, hold that, and what is not committed. Guarded by the commit lock. */
    private void take(SessionUpdate update) {
        AttributeRefresh.refresh(attributes, update);
        containerState.refresh(update);
        took(update.newer());
    }

    private void took(SessionSnapshot snapshot) {
        touches.touched(snapshot.idleMillis());
        copy.take(snapshot);
    }

    /** Whether it is a state of this session. A client's id may be used again for a new session after this one has ended. */
    boolean isThisSession(SessionSnapshot snapshot) {
        return snapshot.metadata().createdBy().equals(copy.createdBy());
    }

    /** What there is to work in of a load that was overtaken. Guarded by the commit lock. */
    private LoadResult late(LoadResult result) {
        SessionSnapshot snapshot = loaded(result);
        if (snapshot == null) {
            return result instanceof LoadResult.Current && copy.isAhead() ? load() : result;
        }
        if (isThisSession(snapshot)) {
            if (copy.includes(snapshot)) {
                return new LoadResult.Current(snapshot.idleMillis());
            }
            if (result instanceof LoadResult.Found && copy.isIncludedIn(snapshot)) {
                return result;
            }
        }
        return load();
    }

    private static @Nullable SessionSnapshot loaded(LoadResult result) {
        if (result instanceof LoadResult.Newer newer) {
            return newer.update().newer();
        }
        return result instanceof LoadResult.Found found ? found.snapshot() : null;
    }

    private LoadResult load() {
        return shared.store().load(record, copy.known(attributes.payloadBytes()));
    }

    /**
     * What is newer than this node's copy; or all, if the copy may turn out not to be just what that is newer than, as when a value that
     * cannot be stored hides one that another node has stored, or a lost answer may be found to have said something older than what was
     * loaded since. Guarded by the commit lock.
     */
    private LoadResult fitting(LoadResult result) {
        boolean fits = !(result instanceof LoadResult.Newer newer) || (!lostAnswer.isOpen() && fits(newer.update()));
        return fits ? result : shared.store().load(record);
    }

    private boolean fits(SessionUpdate update) {
        return update.size() == AttributeRefresh.sizeBehind(update, attributes) + containerState.sizeBehind(update);
    }

    private void workIn(LoadResult result) {
        shared.noticeEnd(record, result);
        if (result instanceof LoadResult.Current current) {
            touches.touched(current.idleMillis());
        } else if (result instanceof LoadResult.Found found && isThisSession(found.snapshot())) {
            take(found.snapshot());
        } else if (result instanceof LoadResult.Newer newer
                && isThisSession(newer.update().newer())) {
            take(newer.update());
        } else {
            copy.end();
        }
    }
}
