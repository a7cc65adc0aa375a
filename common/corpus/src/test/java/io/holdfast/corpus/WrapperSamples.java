package io.holdfast.corpus;

import static io.holdfast.corpus.CollectionSamples.filled;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What the factory methods of {@code Collections} wrap around others, or make. */
@SuppressWarnings("JdkObsolete") // applications use the old ones too
final class WrapperSamples {
    private WrapperSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("wrapper");
        addUnmodifiable(samples);
        addSynchronized(samples);
        addChecked(samples);
        addMade(samples);
        return samples.toList();
    }

    private static Map<String, Object> map(Map<String, Object> map) {
        return MapSamples.filled(map);
    }

    private static void addUnmodifiable(SampleList samples) {
        samples.addInOrder("unmodifiableList", () -> Collections.unmodifiableList(filled(new ArrayList<>())))
                .addInOrder(
                        "unmodifiableList, not random access",
                        () -> Collections.unmodifiableList(filled(new LinkedList<>())))
                .addInOrder(
                        "unmodifiableList of lists",
                        () -> Collections.unmodifiableList(
                                new ArrayList<>(List.of(filled(new ArrayList<>()), filled(new ArrayList<>())))))
                .addInOrder(
                        "unmodifiableCollection", () -> Collections.unmodifiableCollection(filled(new ArrayList<>())))
                .add("unmodifiableSet", () -> Collections.unmodifiableSet(filled(new HashSet<>())))
                .addInOrder("unmodifiableSet, linked", () -> Collections.unmodifiableSet(filled(new LinkedHashSet<>())))
                .add("unmodifiableSortedSet", () -> Collections.unmodifiableSortedSet(filled(new TreeSet<>())))
                .add("unmodifiableNavigableSet", () -> Collections.unmodifiableNavigableSet(filled(new TreeSet<>())))
                .add("unmodifiableMap", () -> Collections.unmodifiableMap(map(new HashMap<>())))
                .addInOrder("unmodifiableMap, linked", () -> Collections.unmodifiableMap(map(new LinkedHashMap<>())))
                .add("unmodifiableSortedMap", () -> Collections.unmodifiableSortedMap(sortedMap()))
                .add("unmodifiableNavigableMap", () -> Collections.unmodifiableNavigableMap(sortedMap()));
    }

    private static NavigableMap<String, Object> sortedMap() {
        return MapSamples.filled(new TreeMap<>());
    }

    private static void addSynchronized(SampleList samples) {
        samples.addInOrder("synchronizedList", () -> Collections.synchronizedList(filled(new ArrayList<>())))
                .addInOrder(
                        "synchronizedList, not random access",
                        () -> Collections.synchronizedList(filled(new LinkedList<>())))
                .addInOrder(
                        "synchronizedCollection", () -> Collections.synchronizedCollection(filled(new ArrayList<>())))
                .add("synchronizedSet", () -> Collections.synchronizedSet(filled(new HashSet<>())))
                .add("synchronizedSortedSet", () -> Collections.synchronizedSortedSet(filled(new TreeSet<>())))
                .add("synchronizedNavigableSet", () -> Collections.synchronizedNavigableSet(filled(new TreeSet<>())))
                .add("synchronizedMap", () -> Collections.synchronizedMap(map(new HashMap<>())))
                .addInOrder("synchronizedMap, linked", () -> Collections.synchronizedMap(map(new LinkedHashMap<>())))
                .add("synchronizedSortedMap", () -> Collections.synchronizedSortedMap(sortedMap()))
                .add("synchronizedNavigableMap", () -> Collections.synchronizedNavigableMap(sortedMap()));
    }

    private static void addChecked(SampleList samples) {
        samples.addInOrder("checkedList", () -> Collections.checkedList(filled(new ArrayList<>()), String.class))
                .addInOrder(
                        "checkedCollection",
                        () -> Collections.checkedCollection(filled(new ArrayList<>()), String.class))
                .addInOrder("checkedQueue", () -> Collections.checkedQueue(filled(new LinkedList<>()), String.class))
                .add("checkedSet", () -> Collections.checkedSet(filled(new HashSet<>()), String.class))
                .add("checkedSortedSet", () -> Collections.checkedSortedSet(filled(new TreeSet<>()), String.class))
                .add(
                        "checkedNavigableSet",
                        () -> Collections.checkedNavigableSet(filled(new TreeSet<>()), String.class))
                .add("checkedMap", () -> Collections.checkedMap(map(new HashMap<>()), String.class, Object.class))
                .add("checkedSortedMap", () -> Collections.checkedSortedMap(sortedMap(), String.class, Object.class))
                .add(
                        "checkedNavigableMap",
                        () -> Collections.checkedNavigableMap(sortedMap(), String.class, Object.class));
    }

    private static void addMade(SampleList samples) {
        samples.add("emptyList", Collections::emptyList)
                .add("emptySet", Collections::emptySet)
                .add("emptyMap", Collections::emptyMap)
                .add("emptySortedSet", Collections::emptySortedSet)
                .add("emptyNavigableMap", Collections::emptyNavigableMap)
                .add("singletonList", () -> Collections.singletonList("one"))
                .add("singletonList of null", () -> Collections.singletonList(null))
                .add("singletonList of a list", () -> Collections.singletonList(filled(new ArrayList<>())))
                .add("singleton", () -> Collections.singleton(filled(new ArrayList<>())))
                .add("singletonMap", () -> Collections.singletonMap("key", filled(new ArrayList<>())))
                .add("nCopies", () -> Collections.nCopies(3, "x"))
                .add("nCopies of a list", () -> Collections.nCopies(3, filled(new ArrayList<>())))
                .add("newSetFromMap", () -> filled(Collections.newSetFromMap(new HashMap<>())))
                .add("newSetFromMap, concurrent", () -> filled(Collections.newSetFromMap(new ConcurrentHashMap<>())))
                .add("newSetFromMap, by identity", () -> filled(Collections.newSetFromMap(new IdentityHashMap<>())))
                .add("asLifoQueue", () -> filled(Collections.asLifoQueue(new java.util.ArrayDeque<>())))
                .add("reverseOrder", Collections::reverseOrder)
                .add(
                        "unmodifiable of synchronized of checked",
                        () -> Collections.unmodifiableMap(Collections.synchronizedMap(
                                Collections.checkedMap(map(new HashMap<>()), String.class, Object.class))));
    }
}
