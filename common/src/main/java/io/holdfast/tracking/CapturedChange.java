package io.holdfast.tracking;

import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.Use.Write;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a commit.
 *
 * @param write the put or removal; null: mutated in place
 * @param live what the value is; null: removed
 * @param value its plain encoding; null: removed, or not stored
 * @param change what Redis is told; null: nothing, it has this value
 * @param seen what this node knew of the attribute when it was captured; null: nothing
 */
record CapturedChange(
        @Nullable Write write,
        @Nullable LiveValue live,
        @Nullable EncodedValue value,
        @Nullable Change change,
        @Nullable Slot seen) {

    /** Number of the put or removal; 0: mutated in place. */
    long order() {
        return write == null ? 0 : write.order();
    }

    /** The version that it is based on, as far as that is known; 0: none. */
    long baseVersion() {
        if (change != null) {
            return change.baseVersion();
        }
        return live == null ? 0 : live.version();
    }

    /** Whether an object was put again as it was before others changed the attribute: what they have made of it stands. */
    boolean isPutAgainInVain() {
        return write != null
                && change == null
                && live != null
                && live.isKnown()
                && value != null
                && (seen == null || seen.isOvertaken() || live.version() != seen.baseVersion());
    }

    /**
     * The slot once the commit is in the record.
     *
     * @param decision on a conflict; null: there was none
     * @param now the slot before; null: none
     * @param version of the record that the commit made
     * @return null: none
     */
    @Nullable
    Slot committed(@Nullable Decision decision, @Nullable Slot now, long version) {
        if (decision instanceof Decision.Merge merge) {
            StoredAttribute merged = new StoredAttribute(merge.change().value(), version);
            return differing(merged, merge.change().baseVersion(), now);
        }
        if (decision instanceof Decision.GiveWay giveWay) {
            return differing(giveWay.theirs(), change == null ? 0 : change.baseVersion(), now);
        }
        StoredAttribute written = change instanceof Change.Put put ? new StoredAttribute(put.value(), version) : null;
        return live == null ? afterRemoval(now) : afterPut(live, written, now);
    }

    /**
     * The record holds another value than ours: the next one to ask gets that. An object of this node that is still being
     * used is based on what it was here, so that its further changes conflict and are merged too.
     */
    private @Nullable Slot differing(@Nullable StoredAttribute stored, long basis, @Nullable Slot now) {
        if (live != null) {
            live.committed(value, basis);
        }
        if (now != null && isLaterWrite(now)) {
            return change instanceof Change.Put ours && isBasisOf(now)
                    ? now.on(new StoredAttribute(ours.value(), basis), live).hiding(stored)
                    : now.hiding(stored);
        }
        return stored == null ? null : new Slot.Encoded(stored);
    }

    private Slot afterPut(LiveValue put, @Nullable StoredAttribute written, @Nullable Slot now) {
        boolean encoded = value != null;
        StoredAttribute stored = written != null || now == null || !encoded ? written : now.stored;
        if (stored != null) {
            put.committed(value, stored.version());
        }
        if (now != null && isLaterWrite(now)) {
            return isBasisOf(now) ? now.on(stored, stored == null ? null : put) : now.hiding(stored);
        }
        put.markPutBack(); // what had replaced it may have been taken back while this was under way
        return stored == null ? Slot.Live.localOnly(put) : Slot.Live.clean(put, stored);
    }

    private @Nullable Slot afterRemoval(@Nullable Slot now) {
        boolean ofThisNodeAlone = change == null; // so it is not what Redis holds that was removed
        StoredAttribute theirs = ofThisNodeAlone && now != null ? now.latest : null;
        if (now != null && isLaterWrite(now)) {
            return now.on(null, null).hiding(theirs);
        }
        return theirs == null ? null : new Slot.Encoded(theirs);
    }

    /** Whether what was written later was made of what is committed, and not of another object that the attribute had on this node. */
    private boolean isBasisOf(Slot now) {
        return write != null
                || (live != null && now.displaced.contains(live))
                || (now instanceof Slot.Live later && later.live == live);
    }

    private boolean isLaterWrite(Slot now) {
        return now.pendingOrder() > order();
    }
}
