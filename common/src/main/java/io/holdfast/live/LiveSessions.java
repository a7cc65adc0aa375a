package io.holdfast.live;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.session.EndLease;
import io.holdfast.session.LoadResult;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionStore;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Aliases;
import io.holdfast.tracking.StoredForm;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes this node's live sessions, new or from the store, and is what they all share.
 *
 * @param store where records live
 * @param form what becomes of attribute values in Redis
 * @param merge merges what two nodes wrote
 * @param aliases notices attributes that share objects
 * @param events hears what happens
 * @param settings time-outs and intervals
 * @param currentUse tells for which request a thread works
 * @param previousWanted whether somebody wants to see attribute values that are overwritten or removed
 * @param endNoticed told records whose session a load has found ended, and whose listeners have not been told
 */
public record LiveSessions(
        SessionStore store,
        StoredForm form,
        ThreeWayMerge merge,
        Aliases aliases,
        SessionEvents events,
        HoldfastSettings settings,
        CurrentUse currentUse,
        BooleanSupplier previousWanted,
        Consumer<String> endNoticed) {

    /** A new session that no other node knows; its first commit creates the record. */
    public LiveSession create(SessionId id, int maxInactiveSeconds) {
        return create(id, System.currentTimeMillis(), maxInactiveSeconds);
    }

    /** Likewise, for a container that has decided when the session was created, in milliseconds since the epoch. */
    public LiveSession create(SessionId id, long createdMillis, int maxInactiveSeconds) {
        return LiveSession.fresh(this, id, createdMillis, maxInactiveSeconds);
    }

    /** The session of a record as a load has just found it. */
    public LiveSession loaded(String record, SessionSnapshot snapshot) {
        return LiveSession.loaded(this, record, snapshot);
    }

    /** The session of a record this node holds no copy of, or null when there is none. One round trip. */
    public @Nullable LiveSession load(String record) {
        LoadResult result = store.load(record);
        noticeEnd(record, result);
        return result instanceof LoadResult.Found found ? LiveSession.loaded(this, record, found.snapshot()) : null;
    }

    /** Tells operators of a failure that the store does not know of; to be thrown. */
    <F extends StoreException> F told(F failure) {
        events.operationFailed(failure);
        return failure;
    }

    /** A session that ended and is still in the store, though its index says nothing yet, is ended the sooner. */
    void noticeEnd(String record, LoadResult result) {
        if (result instanceof LoadResult.Ended) {
            endNoticed.accept(record);
        }
    }

    /** The session of a record as it was last, for listeners that are told its end. */
    public LiveSession ended(EndLease lease) {
        return LiveSession.loaded(this, lease.record(), lease.snapshot());
    }
}
