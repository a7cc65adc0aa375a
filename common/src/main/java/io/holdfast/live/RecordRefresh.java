package io.holdfast.live;

import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.AttributeMap;
import io.holdfast.tracking.AttributeRefresh;

/** Brings what this node holds of one session up to what its record holds. */
final class RecordRefresh {
    private final LiveSessions shared;
    private final String record;
    private final RecordCopy copy;
    private final AttributeMap attributes;
    private final ContainerState containerState;
    private final TouchThrottle touches;
    private final CommitLock lock;

    RecordRefresh(
            LiveSessions shared,
            String record,
            RecordCopy copy,
            AttributeMap attributes,
            ContainerState containerState,
            TouchThrottle touches,
            CommitLock lock) {
        this.shared = shared;
        this.record = record;
        this.copy = copy;
        this.attributes = attributes;
        this.containerState = containerState;
        this.touches = touches;
        this.lock = lock;
    }

    /**
     * Loads outside the lock; if a commit of this node may have overtaken the load, once more inside. Finds out whether the
     * session lives.
     *
     * @throws StoreException when Redis could not be asked
     */
    void refresh() {
        long epoch = copy.epoch();
        LoadResult result = load();
        lock.acquire();
        try {
            boolean overtaken =
                    epoch != copy.epoch() && (result instanceof LoadResult.Found || result instanceof LoadResult.Newer);
            workIn(whole(overtaken ? load() : result));
        } finally {
            lock.release();
        }
    }

    /** Makes this node hold {@code snapshot}, and what is not committed. Guarded by the commit lock. */
    void take(SessionSnapshot snapshot) {
        AttributeRefresh.refresh(attributes, snapshot.attributes());
        containerState.refresh(snapshot.containerState());
        touches.touched(snapshot.idleMillis());
        copy.take(snapshot);
    }

    /** Whether it is a state of this session. A client's id may be used again for a new session after this one has ended. */
    boolean isThisSession(SessionSnapshot snapshot) {
        return snapshot.metadata().createdBy().equals(copy.createdBy());
    }

    private LoadResult load() {
        return shared.store().load(record, copy.known(AttributeRefresh.payloadBytes(attributes)));
    }

    /**
     * What is newer, on top of this node's copy. All is loaded if the copy turns out not to be just what that is newer than, as when a
     * value that cannot be stored hides one that another node has stored. Guarded by the commit lock.
     */
    private LoadResult whole(LoadResult result) {
        if (!(result instanceof LoadResult.Newer newer)) {
            return result;
        }
        SessionSnapshot snapshot =
                newer.update().appliedTo(AttributeRefresh.latest(attributes), containerState.latest());
        return snapshot == null ? shared.store().load(record) : new LoadResult.Found(snapshot);
    }

    private void workIn(LoadResult result) {
        shared.noticeEnd(record, result);
        if (result instanceof LoadResult.Current current) {
            touches.touched(current.idleMillis());
        } else if (result instanceof LoadResult.Found found && isThisSession(found.snapshot())) {
            take(found.snapshot());
        } else {
            copy.end();
        }
    }
}
