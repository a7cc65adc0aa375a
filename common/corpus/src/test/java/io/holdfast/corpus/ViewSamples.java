package io.holdfast.corpus;

import static io.holdfast.corpus.CollectionSamples.filled;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Views of lists and maps, most of which are not serializable, and which applications store without knowing. */
@SuppressWarnings({"JdkObsolete", "UnnecessaryStringBuilder"}) // applications use the old ones; values that can change
final class ViewSamples {
    private ViewSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("view");
        addSubLists(samples);
        addMapViews(samples, Portrait::byKindUnordered, "HashMap", () -> MapSamples.filled(new HashMap<>()));
        addMapViews(samples, Portrait::byKind, "LinkedHashMap", () -> MapSamples.filled(new LinkedHashMap<>()));
        addMapViews(samples, Portrait::byKind, "TreeMap", () -> MapSamples.filled(new TreeMap<>()));
        addMapViews(
                samples,
                Portrait::byKindUnordered,
                "ConcurrentHashMap",
                () -> MapSamples.filled(new ConcurrentHashMap<>()));
        addMapViews(
                samples,
                Portrait::byKind,
                "ConcurrentSkipListMap",
                () -> MapSamples.filled(new ConcurrentSkipListMap<>()));
        addMapViews(samples, Portrait::byKindUnordered, "Map.of", () -> Map.of("a", 1, "b", 2));
        addEntries(samples);
        addSorted(samples);
        samples.addView("bean that holds views", ViewSamples::beanWithViews);
        return samples.toList();
    }

    private static void addSubLists(SampleList samples) {
        samples.addView("subList of ArrayList", () -> filled(new ArrayList<>()).subList(1, 3))
                .addView(
                        "subList of LinkedList",
                        () -> filled(new LinkedList<>()).subList(1, 3))
                .addView("subList of Vector", () -> filled(new Vector<>()).subList(1, 3))
                .addView(
                        "subList of CopyOnWriteArrayList",
                        () -> filled(new CopyOnWriteArrayList<>()).subList(1, 3))
                .addView("subList of List.of", () -> List.of("a", "b", "c", "d").subList(1, 3))
                .addView(
                        "subList of Arrays.asList",
                        () -> Arrays.asList("a", null, "c", "d").subList(1, 3))
                .addView(
                        "subList of subList",
                        () -> filled(new ArrayList<>()).subList(0, 4).subList(1, 3))
                .addView("subList, empty", () -> filled(new ArrayList<>()).subList(1, 1))
                .addView(
                        "subList of lists",
                        () -> new ArrayList<>(List.of(filled(new ArrayList<>()), "b")).subList(0, 1))
                .addView(
                        "subList of unmodifiableList",
                        () -> java.util.Collections.unmodifiableList(filled(new ArrayList<>()))
                                .subList(0, 2));
    }

    private static void addMapViews(
            SampleList samples, Function<Object, String> portrait, String name, Supplier<Map<String, Object>> maker) {
        samples.add("keySet of " + name, () -> maker.get().keySet(), portrait)
                .add("values of " + name, () -> maker.get().values(), portrait)
                .add("entrySet of " + name, () -> maker.get().entrySet(), portrait);
    }

    private static void addEntries(SampleList samples) {
        samples.addView("Map.entry", () -> Map.entry("key", filled(new ArrayList<>())))
                .addView(
                        "entry of HashMap",
                        () -> MapSamples.filled(new HashMap<>())
                                .entrySet()
                                .iterator()
                                .next())
                .addView(
                        "entry of TreeMap",
                        () -> MapSamples.filled(new TreeMap<>()).firstEntry())
                .addView(
                        "list of entries",
                        () -> new ArrayList<>(
                                MapSamples.filled(new LinkedHashMap<>()).entrySet()))
                .addView("list of Map.entry", () -> new ArrayList<>(List.of(Map.entry("a", 1), Map.entry("b", 2))));
    }

    private static void addSorted(SampleList samples) {
        samples.addView(
                        "descendingMap",
                        () -> MapSamples.filled(new TreeMap<>()).descendingMap())
                .addView("headMap", () -> MapSamples.filled(new TreeMap<>()).headMap("fig", true))
                .addView("tailMap", () -> MapSamples.filled(new TreeMap<>()).tailMap("fig"))
                .addView(
                        "subMap, concurrent",
                        () -> MapSamples.filled(new ConcurrentSkipListMap<>()).subMap("b", "g"))
                .addView(
                        "navigableKeySet",
                        () -> MapSamples.filled(new TreeMap<>()).navigableKeySet())
                .addView(
                        "descendingKeySet",
                        () -> MapSamples.filled(new TreeMap<>()).descendingKeySet())
                .addView("headSet", () -> filled(new TreeSet<>()).headSet("fig", true));
    }

    /** Also an object that is in a view and outside of it: one before, one afterwards. */
    private static Object beanWithViews() {
        List<Object> all = new ArrayList<>(List.of(new StringBuilder("a"), new StringBuilder("b"), "c"));
        Map<String, Object> byName = new LinkedHashMap<>(Map.of("a", all.get(0)));
        OwnClassSamples.Holder holder = new OwnClassSamples.Holder(all.subList(0, 2));
        holder.second = byName.values();
        holder.third = new AbstractMap.SimpleEntry<>("a", all.get(0));
        return holder;
    }
}
