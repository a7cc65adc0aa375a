package io.holdfast.corpus;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.WeakHashMap;

/** The maps of java.util. */
@SuppressWarnings("JdkObsolete") // applications use the old ones too
final class MapSamples {
    private MapSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("map");
        addHashed(samples);
        addSorted(samples);
        addSpecial(samples);
        addFixed(samples);
        return samples.toList();
    }

    private static void addHashed(SampleList samples) {
        samples.add("HashMap", () -> filled(new HashMap<>()))
                .add("HashMap, empty", HashMap::new)
                .add("HashMap with null key and value", MapSamples::nulls)
                .add("HashMap of lists", () -> new HashMap<>(Map.of("a", new ArrayList<>(List.of(1)), "b", List.of())))
                .add("LinkedHashMap", () -> filled(new LinkedHashMap<>()))
                .add("LinkedHashMap in order of access", () -> filled(new LinkedHashMap<>(16, 0.75f, true)))
                .add("LinkedHashMap with null", () -> new LinkedHashMap<>(nulls()))
                .add("Hashtable", () -> filled(new Hashtable<>()))
                .add("IdentityHashMap", () -> filled(new IdentityHashMap<>()))
                .add("IdentityHashMap of equal keys", MapSamples::equalKeys)
                .addUnorderedView("WeakHashMap", () -> filled(new WeakHashMap<>()))
                .addUnorderedView(
                        "WeakHashMap in a list", () -> new ArrayList<>(List.of(filled(new WeakHashMap<>()), "x")));
    }

    private static void addSorted(SampleList samples) {
        samples.add("TreeMap", () -> filled(new TreeMap<>()))
                .add("TreeMap, comparator class", () -> filled(new TreeMap<>(new OwnClassSamples.ByLength(false))))
                .add("TreeMap, reverse order", () -> filled(new TreeMap<>(Comparator.<String>reverseOrder())))
                .add("TreeMap, Collections.reverseOrder", () -> filled(new TreeMap<>(Collections.reverseOrder())))
                .add(
                        "TreeMap, reversed comparator",
                        () -> filled(new TreeMap<>(Collections.reverseOrder(new OwnClassSamples.ByLength(false)))))
                .add("TreeMap, CASE_INSENSITIVE_ORDER", () -> filled(new TreeMap<>(String.CASE_INSENSITIVE_ORDER)))
                .add(
                        "TreeMap, lambda",
                        () -> filled(new TreeMap<>(
                                (Comparator<String> & Serializable) (one, other) -> other.compareTo(one))))
                .add(
                        "TreeMap, method reference",
                        () -> filled(new TreeMap<>((Comparator<String> & Serializable) String::compareToIgnoreCase)))
                .add(
                        "TreeMap, nulls first",
                        () -> filled(new TreeMap<>(Comparator.nullsFirst(new OwnClassSamples.ByLength(true)))))
                .add("TreeMap of lists", () -> new TreeMap<>(Map.of("a", new ArrayList<>(List.of(1)))));
    }

    private static void addSpecial(SampleList samples) {
        samples.add(
                        "HashMap of enum keys",
                        () -> new HashMap<>(Map.of(DayOfWeek.FRIDAY, "fish", DayOfWeek.MONDAY, "soup")))
                .add("EnumMap", () -> new EnumMap<>(Map.of(DayOfWeek.FRIDAY, "fish", DayOfWeek.MONDAY, "soup")))
                .add("EnumMap, empty", () -> new EnumMap<>(DayOfWeek.class))
                .add("EnumMap with null", MapSamples::enumMapWithNull)
                .add("EnumMap of constants with bodies", () -> new EnumMap<>(Map.of(OwnClassSamples.Discount.TENTH, 1)))
                .add("Properties", MapSamples::properties)
                .add("Properties with defaults", () -> {
                    Properties properties = new Properties(properties());
                    properties.setProperty("color", "red");
                    return properties;
                })
                .add("SimpleEntry", () -> new AbstractMap.SimpleEntry<>("key", new ArrayList<>(List.of(1))))
                .add("SimpleImmutableEntry", () -> new AbstractMap.SimpleImmutableEntry<>("key", 1));
    }

    private static void addFixed(SampleList samples) {
        samples.add("Map.of, 0", Map::of)
                .add("Map.of, 1", () -> Map.of("a", 1))
                .add("Map.of, 2", () -> Map.of("a", 1, "b", "2"))
                .add("Map.of, 10", () -> Map.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10))
                .add("Map.of lists that change", () -> Map.of("a", new ArrayList<>(List.of(1)), "b", new ArrayList<>()))
                .add("Map.copyOf", () -> Map.copyOf(filled(new HashMap<>())))
                .add(
                        "Map.of enum constants",
                        () -> Map.of(DayOfWeek.MONDAY, 1, DayOfWeek.FRIDAY, 2, DayOfWeek.SUNDAY, 3));
    }

    static <M extends Map<? super String, Object>> M filled(M map) {
        map.put("pear", 1);
        map.put("fig", "two");
        map.put("banana", 3L);
        map.put("Kiwi1", 4.0);
        return map;
    }

    private static Map<Object, Object> nulls() {
        Map<Object, Object> map = new HashMap<>();
        map.put(null, "value");
        map.put("key", null);
        return map;
    }

    @SuppressWarnings("IdentityHashMapUsage") // the point
    private static Map<Object, Object> equalKeys() {
        Map<Object, Object> map = new IdentityHashMap<>();
        map.put(new OwnClassSamples.Money(1, "EUR"), "one");
        map.put(new OwnClassSamples.Money(1, "EUR"), "other");
        return map;
    }

    private static Map<DayOfWeek, Object> enumMapWithNull() {
        Map<DayOfWeek, Object> map = new EnumMap<>(DayOfWeek.class);
        map.put(DayOfWeek.TUESDAY, null);
        return map;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("color", "blue");
        properties.setProperty("size", "42");
        return properties;
    }
}
