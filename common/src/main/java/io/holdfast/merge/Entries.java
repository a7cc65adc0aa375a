package io.holdfast.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map, or a set as a map of its elements to themselves. Whether two keys are the same, the map or set decides. */
interface Entries {
    /** Of a map or set. */
    static Entries of(Object container) {
        return container instanceof Set ? SetEntries.of(container) : MapEntries.of(container);
    }

    /** Of nothing. */
    static Entries none() {
        return new MapEntries(new HashMap<>());
    }

    /** Whether it is a set. */
    boolean isSet();

    /** The map or set itself. */
    Object container();

    /** A new list of the keys, in the map's order. */
    List<@Nullable Object> keys();

    boolean has(@Nullable Object key);

    /** The value of a key, or the set's own element that is equal to it. */
    @Nullable
    Object get(@Nullable Object key);

    /** Puts a value for a key; in a set, the value in place of the element that is equal to the key. */
    void put(@Nullable Object key, @Nullable Object value);

    void remove(@Nullable Object key);
}
