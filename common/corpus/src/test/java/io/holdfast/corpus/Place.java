package io.holdfast.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A place in a value that an application could change.
 *
 * @param description for failures
 * @param change changes it, to something else each time it is unchanged
 * @param undo brings back what was there; null when nobody can
 * @param exact whether {@code undo} also brings back the order of contents
 */
record Place(String description, Runnable change, @Nullable Runnable undo, boolean exact) {
    static Place exact(String description, Runnable change, Runnable undo) {
        return new Place(description, change, undo, true);
    }

    /** Of a hash table or queue, in which something put back may get another position. */
    static Place inexact(String description, Runnable change, Runnable undo) {
        return new Place(description, change, undo, false);
    }

    static Place forGood(String description, Runnable change) {
        return new Place(description, change, null, false);
    }
}
