package io.holdfast.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@code WeakHashMap} that was read from its stored form. Nobody but the map knows its keys then, so they would be gone with
 * the next garbage collection, and the next commit would delete them for everybody. This one holds the keys it was read with
 * until they are removed. Kryo stores it as a {@code WeakHashMap}; Java serialization under its own name, which is part of the
 * stored format.
 */
final class RestoredWeakMap extends WeakHashMap<Object, Object> implements Serializable {
    private static final long serialVersionUID = 1;

    private transient Set<@Nullable Object> held = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What is written in the place of {@code map}. */
    static RestoredWeakMap copyOf(WeakHashMap<?, ?> map) {
        RestoredWeakMap copy = new RestoredWeakMap();
        map.forEach(copy::restore);
        return copy;
    }

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

    /** Keys and values in turn; entries may vanish while one looks. */
    static List<@Nullable Object> partsOf(WeakHashMap<?, ?> map) {
        List<@Nullable Object> parts = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            parts.add(entry.getKey());
            parts.add(entry.getValue());
        }
        return parts;
    }

    private void writeObject(ObjectOutputStream output) throws IOException {
        output.writeObject(partsOf(this).toArray());
    }

    private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
        held = Collections.newSetFromMap(new IdentityHashMap<>());
        @Nullable Object[] parts = (@Nullable Object[]) input.readObject();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            restore(parts[i], parts[i + 1]);
        }
    }
}
