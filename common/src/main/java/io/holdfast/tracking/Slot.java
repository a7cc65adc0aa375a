package io.holdfast.tracking;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.Use.Write;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds of one attribute. Immutable and compared by identity: a slot is changed by replacing it, and a thread
 * that replaces the slot it looked at knows that nobody else did in between.
 */
abstract sealed class Slot {
    /** The attribute as Redis held it when the local state began; null: not there. Its version is the baseline for conflicts. */
    final @Nullable StoredAttribute stored;

    /** The attribute as Redis was last seen to hold it; null: not there. Local state may hide something newer than its baseline. */
    final @Nullable StoredAttribute latest;

    /** Objects known to the record that puts and removals which are not committed took the place of. */
    final List<LiveValue> displaced;

    Slot(@Nullable StoredAttribute stored, @Nullable StoredAttribute latest, List<LiveValue> displaced) {
        this.stored = stored;
        this.latest = latest;
        this.displaced = displaced;
    }

    /** What a put or removal displaces that takes the place of {@code old}. */
    private static List<LiveValue> displacedBy(@Nullable Slot old) {
        if (!(old instanceof Live slot)) {
            return old == null ? List.of() : old.displaced;
        }
        boolean onlyPut = slot.isPending() && !slot.live.isKnown();
        if (onlyPut || slot.displaced.contains(slot.live)) {
            return slot.displaced;
        }
        return Stream.concat(slot.displaced.stream(), Stream.of(slot.live)).toList();
    }

    /** Version of the attribute that the local state is based on; 0: none. */
    final long baseVersion() {
        return versionOf(stored);
    }

    private static List<LiveValue> listOf(@Nullable LiveValue live) {
        return live == null ? List.of() : List.of(live);
    }

    private static long versionOf(@Nullable StoredAttribute attribute) {
        return attribute == null ? 0 : attribute.version();
    }

    /** Whether the local state hides something that Redis was seen to hold since: committing it may be a conflict. */
    final boolean isOvertaken() {
        return versionOf(latest) != baseVersion();
    }

    /** Bytes of values in Redis that it holds. */
    final long bytes() {
        return bytesOf(stored) + (isOvertaken() ? bytesOf(latest) : 0);
    }

    private static long bytesOf(@Nullable StoredAttribute attribute) {
        return attribute == null ? 0 : attribute.value().size();
    }

    /** The put or removal that the slot holds and that is not committed; null: none. */
    @Nullable
    Write pending() {
        return null;
    }

    /** Number of that put or removal; 0: none. */
    final long pendingOrder() {
        Write write = pending();
        return write == null ? 0 : write.order();
    }

    /** Whether the slot holds a put or a removal that is not committed; a refresh leaves it alone. */
    final boolean isPending() {
        return pendingOrder() > 0;
    }

    /** Whether the slot holds something Redis does not know. */
    boolean isLocal() {
        return isPending();
    }

    /** Whether the application sees an attribute of this name. */
    boolean isVisible() {
        return true;
    }

    /** Whether it sees a value too: there is one, and it could be decoded if that was tried. */
    boolean isReadable() {
        return isVisible();
    }

    /** The same local state on top of what Redis holds now; {@code live} is that on this node, null if it has none. */
    abstract Slot on(@Nullable StoredAttribute nowStored, @Nullable LiveValue live);

    /** The same local state, with the same baseline, though Redis may hold something else now. */
    abstract Slot hiding(@Nullable StoredAttribute nowLatest);

    /** What is left when there is no local state any more; null: nothing. */
    final @Nullable Slot withoutLocal() {
        return latest == null ? null : new Encoded(latest);
    }

    /** Not decoded yet, or not decodable. */
    static final class Encoded extends Slot {
        final StoredAttribute attribute;

        /** Whether there is no value to be had; the bytes stay, the application sees a name without a value. */
        final boolean unreadable;

        /** Why decoding failed; null: it was not tried, or the container does not want the attribute. */
        final @Nullable UnreadableAttributeException failure;

        Encoded(StoredAttribute stored) {
            this(stored, false, null);
        }

        Encoded(StoredAttribute stored, boolean unreadable, @Nullable UnreadableAttributeException failure) {
            super(stored, stored, List.of());
            this.attribute = stored;
            this.unreadable = unreadable;
            this.failure = failure;
        }

        @Override
        boolean isReadable() {
            return !unreadable;
        }

        @Override
        Slot on(@Nullable StoredAttribute nowStored, @Nullable LiveValue live) {
            throw new IllegalStateException("only local state moves to another base");
        }

        @Override
        Slot hiding(@Nullable StoredAttribute nowLatest) {
            throw new IllegalStateException("only local state hides something");
        }
    }

    /** Decoded or put. */
    static final class Live extends Slot {
        final LiveValue live;

        /** The put that is not committed yet; null: what the map shows was committed or only read. */
        private final @Nullable Write pending;

        /** Whether the value cannot be encoded and stays on this node. */
        final boolean localOnly;

        private Live(
                LiveValue live,
                @Nullable StoredAttribute stored,
                @Nullable StoredAttribute latest,
                List<LiveValue> displaced,
                @Nullable Write pending,
                boolean localOnly) {
            super(stored, latest, displaced);
            this.live = live;
            this.pending = pending;
            this.localOnly = localOnly;
        }

        static Live clean(LiveValue live, StoredAttribute stored) {
            return new Live(live, stored, stored, List.of(), null, false);
        }

        static Live put(LiveValue live, @Nullable Slot old, Write write) {
            return new Live(
                    live,
                    old == null ? null : old.stored,
                    old == null ? null : old.latest,
                    displacedBy(old),
                    write,
                    false);
        }

        static Live localOnly(LiveValue live) {
            return new Live(live, null, null, List.of(), null, true);
        }

        @Override
        @Nullable
        Write pending() {
            return pending;
        }

        @Override
        boolean isLocal() {
            return isPending() || localOnly;
        }

        @Override
        Slot on(@Nullable StoredAttribute nowStored, @Nullable LiveValue nowLive) {
            return new Live(live, nowStored, nowStored, listOf(nowLive), pending, localOnly);
        }

        @Override
        Slot hiding(@Nullable StoredAttribute nowLatest) {
            return new Live(live, stored, nowLatest, displaced, pending, localOnly);
        }
    }

    /** Removed by the application, which is not committed yet. */
    static final class Removed extends Slot {
        private final Write pending;

        Removed(Slot old, Write write) {
            this(old.stored, old.latest, displacedBy(old), write);
        }

        private Removed(
                @Nullable StoredAttribute stored,
                @Nullable StoredAttribute latest,
                List<LiveValue> displaced,
                Write pending) {
            super(stored, latest, displaced);
            this.pending = pending;
        }

        @Override
        Write pending() {
            return pending;
        }

        @Override
        boolean isVisible() {
            return false;
        }

        @Override
        Slot on(@Nullable StoredAttribute nowStored, @Nullable LiveValue live) {
            return new Removed(nowStored, nowStored, listOf(live), pending);
        }

        @Override
        Slot hiding(@Nullable StoredAttribute nowLatest) {
            return new Removed(stored, nowLatest, displaced, pending);
        }
    }
}
