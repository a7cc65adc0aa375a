package io.holdfast.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries of a map. Looking up an entry of a map in order of access counts as an access. */
record MapEntries(Map<@Nullable Object, @Nullable Object> map) implements Entries {
    @SuppressWarnings("unchecked") // whatever it holds, it holds objects
    static MapEntries of(Object map) {
        return new MapEntries((Map<@Nullable Object, @Nullable Object>) map);
    }

    @Override
    public boolean isSet() {
        return false;
    }

    @Override
    public Object container() {
        return map;
    }

    @Override
    public List<@Nullable Object> keys() {
        return new ArrayList<>(map.keySet());
    }

    @Override
    public boolean has(@Nullable Object key) {
        return map.containsKey(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return map.get(key);
    }

    @Override
    public void put(@Nullable Object key, @Nullable Object value) {
        map.put(key, value);
    }

    @Override
    public void remove(@Nullable Object key) {
        map.remove(key);
    }
}
