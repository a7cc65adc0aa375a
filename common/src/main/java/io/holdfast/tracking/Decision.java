package io.holdfast.tracking;

import io.holdfast.session.Change;
import io.holdfast.session.StoredAttribute;
import org.jspecify.annotations.Nullable;

/** What becomes of a captured change that conflicts. */
sealed interface Decision {
    /** What Redis is told; null: nothing, it has what is to stay. */
    @Nullable
    Change change();

    /** Ours replaces theirs. */
    record Overwrite(Change change) implements Decision {}

    /**
     * Theirs stays.
     *
     * @param theirs null: they removed the attribute
     */
    record GiveWay(@Nullable StoredAttribute theirs) implements Decision {
        @Override
        public @Nullable Change change() {
            return null;
        }
    }

    /** A value that holds the changes of both, based on the version of the record that holds theirs. */
    record Merge(Change.Put change) implements Decision {}
}
