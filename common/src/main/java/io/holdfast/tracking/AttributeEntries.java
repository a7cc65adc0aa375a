package io.holdfast.tracking;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of an {@link AttributeMap}; weakly consistent. Iterating decodes, and counts as reading, each value it
 * reaches; an attribute that cannot be decoded is passed over. Setting an entry's value puts it into the map.
 */
final class AttributeEntries extends AbstractSet<Map.Entry<String, Object>> {
    private final AttributeMap map;

    AttributeEntries(AttributeMap map) {
        this.map = map;
    }

    @Override
    public Iterator<Map.Entry<String, Object>> iterator() {
        Iterator<String> names = map.keySet().iterator();
        return new Iterator<>() {
            private Map.@Nullable Entry<String, Object> next;
            private @Nullable String last;

            @Override
            public boolean hasNext() {
                while (next == null && names.hasNext()) {
                    String name = names.next();
                    Object value = map.get(name);
                    if (value != null) {
                        next = new WritingEntry(map, name, value);
                    }
                }
                return next != null;
            }

            @Override
            public Map.Entry<String, Object> next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                Map.Entry<String, Object> entry = next;
                last = entry.getKey();
                next = null;
                return entry;
            }

            @Override
            public void remove() {
                if (last == null) {
                    throw new IllegalStateException("next() was not called, or the entry was removed already");
                }
                map.remove(last);
                last = null;
            }
        };
    }

    @Override
    public int size() {
        return (int) map.keySet().stream().filter(map::isReadable).count();
    }

    private static final class WritingEntry implements Map.Entry<String, Object> {
        private final AttributeMap map;
        private final String name;
        private Object value;

        WritingEntry(AttributeMap map, String name, Object value) {
            this.map = map;
            this.name = name;
            this.value = value;
        }

        @Override
        public String getKey() {
            return name;
        }

        @Override
        public Object getValue() {
            return value;
        }

        @Override
        public Object setValue(Object newValue) {
            Object old = value;
            map.put(name, newValue);
            value = newValue;
            return old;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && name.equals(entry.getKey())
                    && value.equals(entry.getValue());
        }

        @Override
        public int hashCode() {
            return name.hashCode() ^ value.hashCode();
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }
}
