package io.holdfast.tracking;

import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.Use.Write;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a commit. If several objects of it were changed, it is a change of the newest, which others may be merged into.
 *
 * @param write the put or removal; null: mutated in place
 * @param live what the value is; null: removed
 * @param value its plain encoding; null: removed, or not stored
 * @param change what Redis is told; null: nothing, it has this value
 * @param seen what this node knew of the attribute when it was captured; null: nothing
 * @param several the changes of all objects, if several of the attribute were changed: first that with the newest base
 * @param parts those of them that it holds, in the order in which they were merged
 */
record CapturedChange(
        @Nullable Write write,
        @Nullable LiveValue live,
        @Nullable EncodedValue value,
        @Nullable Change change,
        @Nullable Slot seen,
        List<CapturedChange> several,
        List<CapturedChange> parts) {

    CapturedChange(
            @Nullable Write write,
            @Nullable LiveValue live,
            @Nullable EncodedValue value,
            @Nullable Change change,
            @Nullable Slot seen) {
        this(write, live, value, change, seen, List.of(), List.of());
    }

    /** The changes of the objects that were changed. */
    List<CapturedChange> objects() {
        return several.isEmpty() ? List.of(this) : several;
    }

    /** Those besides that with the newest base. */
    List<CapturedChange> older() {
        return objects().subList(1, objects().size());
    }

    /** With a change of another object of the attribute, which is not merged into it yet. */
    CapturedChange and(CapturedChange other) {
        List<CapturedChange> all = Stream.concat(objects().stream(), other.objects().stream())
                .sorted(Comparator.comparingLong(CapturedChange::baseVersion).reversed())
                .toList();
        Write put = all.stream()
                .map(CapturedChange::write)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        CapturedChange newest = all.get(0);
        return new CapturedChange(put, newest.live, newest.value, newest.change, newest.seen, all, List.of(newest));
    }

    /** What it holds, each based on what its own object is based on, which may be no state that the record was ever in. */
    List<CapturedChange> heldChanges() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    /** That value, in its plain encoding and as it is written, holds that older change too. */
    CapturedChange holding(CapturedChange older, EncodedValue merged, Change.Put put) {
        List<CapturedChange> held =
                Stream.concat(parts.stream(), Stream.of(older)).toList();
        return new CapturedChange(write, live, merged, put, seen, several, held);
    }

    /** Whether it is of this put or removal, or of a later put of the same object. */
    boolean covers(Write earlier) {
        return write != null && Objects.equals(write.live(), earlier.live()) && write.order() >= earlier.order();
    }

    /** Number of the put or removal; 0: mutated in place. */
    long order() {
        return write == null ? 0 : write.order();
    }

    /** The value that Redis is told, in its plain encoding; null: none. */
    @Nullable
    EncodedValue written() {
        return change instanceof Change.Put ? value : null;
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
        if (written != null && !objects().get(0).holds(value)) {
            return differing(written, baseVersion(), now);
        }
        older().forEach(dropped -> dropped.goOnFrom(baseVersion()));
        return live == null ? afterRemoval(now) : afterPut(live, written, now);
    }

    /**
     * The record holds another value than that of any object here: the next one to ask gets that. An object of this node that is
     * still being used is based on what it was here, so that its further changes conflict and are merged too.
     */
    private @Nullable Slot differing(@Nullable StoredAttribute stored, long basis, @Nullable Slot now) {
        objects().forEach(object -> object.goOnFrom(basis));
        if (now == null || !isLaterWrite(now)) {
            return stored == null ? null : new Slot.Encoded(stored);
        }
        for (CapturedChange object : objects()) {
            if (object.change instanceof Change.Put ours && object.isBasisOf(now)) {
                return now.on(new StoredAttribute(ours.value(), basis), object.live)
                        .hiding(stored);
            }
        }
        return now.hiding(stored);
    }

    /** Its further changes are based on what it is here, and conflict with what was written over that version. */
    private void goOnFrom(long basis) {
        if (live != null) {
            live.committed(value, basis);
        }
    }

    private boolean holds(@Nullable EncodedValue other) {
        return Objects.equals(value, other);
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
        if (stored == null && change == null && now != null && now.latest != null) {
            return new Slot.Encoded(now.latest); // not to be hidden for good by what cannot be stored
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
                || (now instanceof Slot.Live later && later.live.equals(live));
    }

    private boolean isLaterWrite(Slot now) {
        return now.pendingOrder() > order();
    }
}
