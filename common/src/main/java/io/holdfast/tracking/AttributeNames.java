package io.holdfast.tracking;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The names of an {@link AttributeMap}; weakly consistent, decodes nothing, and removes from the map. */
final class AttributeNames extends AbstractSet<String> {
    private final AttributeMap map;
    private final Map<String, Slot> slots;

    AttributeNames(AttributeMap map, Map<String, Slot> slots) {
        this.map = map;
        this.slots = slots;
    }

    @Override
    public Iterator<String> iterator() {
        Iterator<Map.Entry<String, Slot>> entries = slots.entrySet().iterator();
        return new Iterator<>() {
            private @Nullable String next;
            private @Nullable String last;

            @Override
            public boolean hasNext() {
                while (next == null && entries.hasNext()) {
                    Map.Entry<String, Slot> entry = entries.next();
                    if (entry.getValue().isVisible()) {
                        next = entry.getKey();
                    }
                }
                return next != null;
            }

            @Override
            public String next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                last = next;
                next = null;
                return last;
            }

            @Override
            public void remove() {
                if (last == null) {
                    throw new IllegalStateException("next() was not called, or the name was removed already");
                }
                map.remove(last);
                last = null;
            }
        };
    }

    @Override
    public boolean contains(Object name) {
        return map.containsKey(name);
    }

    @Override
    public boolean remove(Object name) {
        boolean present = map.containsKey(name);
        map.remove(name);
        return present;
    }

    @Override
    public int size() {
        return map.size();
    }
}
