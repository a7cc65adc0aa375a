package io.holdfast.corpus;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Hash tables of all kinds and sizes, which are the ones that do not encode to what was read. */
@SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"}) // applications use the old ones; values that can change
final class SizedMapSamples {
    /** A key that is equal by its name and collides with every other key. */
    record Colliding(String name) implements Serializable {
        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Colliding that && name.equals(that.name);
        }
    }

    /** A key that is equal to nothing but itself: its hash code is another one after each decoding. */
    static final class Token implements Serializable {
        private static final long serialVersionUID = 1;
        private int number;

        Token(int number) {
            this.number = number;
        }

        int next() {
            return ++number;
        }
    }

    private SizedMapSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("hash table");
        for (int size : new int[] {1, 10, 100, 1_000}) {
            add(samples, "HashMap", size, HashMap::new);
            add(samples, "HashMap of 4,000 buckets", size, () -> new HashMap<>(4_000));
            add(samples, "LinkedHashMap", size, LinkedHashMap::new);
            add(samples, "Hashtable", size, Hashtable::new);
            add(samples, "ConcurrentHashMap", size, ConcurrentHashMap::new);
            add(samples, "IdentityHashMap", size, IdentityHashMap::new);
            add(samples, "unmodifiable HashMap", size, HashMap::new, Collections::unmodifiableMap);
            add(samples, "Map.copyOf", size, HashMap::new, Map::copyOf);
        }
        for (int size : new int[] {10, 100}) {
            samples.add("HashMap after removals, " + size, () -> afterRemovals(size))
                    .add("HashMap of colliding keys, " + size, () -> colliding(new HashMap<>(), size))
                    .add(
                            "ConcurrentHashMap of colliding keys, " + size,
                            () -> colliding(new ConcurrentHashMap<>(), size))
                    .add("HashMap by identity, " + size, () -> byIdentity(new HashMap<>(), size))
                    .add("ConcurrentHashMap by identity, " + size, () -> byIdentity(new ConcurrentHashMap<>(), size))
                    .add("IdentityHashMap by identity, " + size, () -> byIdentity(new IdentityHashMap<>(), size));
        }
        return samples.toList();
    }

    private static void add(SampleList samples, String name, int size, Supplier<Map<Object, Object>> creator) {
        add(samples, name, size, creator, map -> map);
    }

    private static void add(
            SampleList samples,
            String name,
            int size,
            Supplier<Map<Object, Object>> creator,
            java.util.function.UnaryOperator<Map<Object, Object>> wrapping) {
        samples.add(name + ", " + size, () -> {
            Map<Object, Object> map = creator.get();
            for (int i = 0; i < size; i++) {
                map.put("key " + i, new StringBuilder().append(i));
            }
            return wrapping.apply(map);
        });
    }

    private static Map<Object, Object> afterRemovals(int size) {
        Map<Object, Object> map = new HashMap<>();
        for (int i = 0; i < 50 * size; i++) {
            map.put("key " + i, i);
        }
        map.values().removeIf(value -> (Integer) value % 50 != 0);
        return map;
    }

    private static Map<Object, Object> colliding(Map<Object, Object> map, int size) {
        for (int i = 0; i < size; i++) {
            map.put(new Colliding("key " + i), i);
        }
        return map;
    }

    private static Map<Object, Object> byIdentity(Map<Object, Object> map, int size) {
        for (int i = 0; i < size; i++) {
            map.put(new Token(i), i);
        }
        return map;
    }
}
