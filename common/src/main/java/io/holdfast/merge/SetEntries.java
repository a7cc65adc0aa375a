package io.holdfast.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The elements of a set, each the key of itself. */
final class SetEntries implements Entries {
    private final Set<@Nullable Object> set;

    /** The elements as they were at first: a set does not give its own. */
    private final Map<@Nullable Object, @Nullable Object> own;

    private SetEntries(Set<@Nullable Object> set) {
        this.set = set;
        own = set instanceof SortedSet<@Nullable Object> sorted ? new TreeMap<>(sorted.comparator()) : new HashMap<>();
        set.forEach(element -> own.put(element, element));
    }

    @SuppressWarnings("unchecked") // whatever it holds, it holds objects
    static SetEntries of(Object set) {
        return new SetEntries((Set<@Nullable Object>) set);
    }

    @Override
    public boolean isSet() {
        return true;
    }

    @Override
    public Object container() {
        return set;
    }

    @Override
    public List<@Nullable Object> keys() {
        return new ArrayList<>(set);
    }

    @Override
    public boolean has(@Nullable Object key) {
        return set.contains(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return own.getOrDefault(key, key);
    }

    @Override
    public void put(@Nullable Object key, @Nullable Object value) {
        set.remove(key);
        set.add(value);
    }

    @Override
    public void remove(@Nullable Object key) {
        set.remove(key);
    }
}
