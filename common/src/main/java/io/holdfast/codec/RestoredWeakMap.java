package io.holdfast.codec;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code WeakHashMap} that was read from its stored form. Nobody but the map knows its keys then, so they would be gone with
 * the next garbage collection, and the next commit would delete them for everybody. This one holds the keys it was read with
 * until they are removed. Stored as a {@code WeakHashMap}.
 */
final class RestoredWeakMap extends WeakHashMap<Object, Object> {
    private final Set<@Nullable Object> held = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Puts an entry of the stored form, and holds its key. */
    void restore(@Nullable Object key, @Nullable Object value) {
        held.add(key);
        put(key, value);
    }

    @Override
    public @Nullable Object remove(@Nullable Object key) {
        held.removeIf(one -> one == null ? key == null : one.equals(key));
        return super.remove(key);
    }

    @Override
    public void clear() {
        held.clear();
        super.clear();
    }
}
