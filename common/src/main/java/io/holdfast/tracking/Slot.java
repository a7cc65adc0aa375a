package io.holdfast.tracking;

import io.holdfast.session.StoredAttribute;
import org.jspecify.annotations.Nullable;

/**
 * What this node holds of one attribute. Immutable and compared by identity: a slot is changed by replacing it, and a thread
 * that replaces the slot it looked at knows that nobody else did in between.
 */
abstract sealed class Slot {
    /** The attribute as Redis was last seen to hold it; null: not there. Its version is the baseline for conflicts. */
    final @Nullable StoredAttribute stored;

    Slot(@Nullable StoredAttribute stored) {
        this.stored = stored;
    }

    /** Version of the attribute this node last saw in Redis; 0: none. */
    final long baseVersion() {
        return stored == null ? 0 : stored.version();
    }

    /** Whether the slot holds something Redis does not know; a refresh leaves it alone. */
    abstract boolean isLocal();

    /** Whether the application sees an attribute of this name. */
    boolean isVisible() {
        return true;
    }

    /** The same local state on top of what Redis holds now. */
    abstract Slot on(@Nullable StoredAttribute nowStored);

    /** Not decoded yet, or not decodable. */
    static final class Encoded extends Slot {
        final StoredAttribute attribute;

        /** Whether decoding failed; the bytes stay, the application sees a name without a value. */
        final boolean unreadable;

        Encoded(StoredAttribute stored) {
            this(stored, false);
        }

        Encoded(StoredAttribute stored, boolean unreadable) {
            super(stored);
            this.attribute = stored;
            this.unreadable = unreadable;
        }

        @Override
        boolean isLocal() {
            return false;
        }

        @Override
        Slot on(@Nullable StoredAttribute nowStored) {
            throw new IllegalStateException("only local state moves to another base");
        }
    }

    /** Decoded or put. */
    static final class Live extends Slot {
        final LiveValue live;

        /** Number of the put that is not committed yet; 0: what the map shows was committed or only read. */
        final long pendingOrder;

        /** Whether the value cannot be encoded and stays on this node. */
        final boolean localOnly;

        private Live(LiveValue live, @Nullable StoredAttribute stored, long pendingOrder, boolean localOnly) {
            super(stored);
            this.live = live;
            this.pendingOrder = pendingOrder;
            this.localOnly = localOnly;
        }

        static Live clean(LiveValue live, StoredAttribute stored) {
            return new Live(live, stored, 0, false);
        }

        static Live put(LiveValue live, @Nullable StoredAttribute stored, long order) {
            return new Live(live, stored, order, false);
        }

        static Live localOnly(LiveValue live) {
            return new Live(live, null, 0, true);
        }

        @Override
        boolean isLocal() {
            return pendingOrder > 0 || localOnly;
        }

        @Override
        Slot on(@Nullable StoredAttribute nowStored) {
            return new Live(live, nowStored, pendingOrder, localOnly);
        }
    }

    /** Removed by the application, which is not committed yet. */
    static final class Removed extends Slot {
        final long order;

        Removed(@Nullable StoredAttribute stored, long order) {
            super(stored);
            this.order = order;
        }

        @Override
        boolean isLocal() {
            return true;
        }

        @Override
        boolean isVisible() {
            return false;
        }

        @Override
        Slot on(@Nullable StoredAttribute nowStored) {
            return new Removed(nowStored, order);
        }
    }
}
