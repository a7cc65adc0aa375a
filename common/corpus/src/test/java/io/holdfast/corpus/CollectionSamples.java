package io.holdfast.corpus;

import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lists, sets and queues of java.util. */
@SuppressWarnings("JdkObsolete") // applications use the old ones too
final class CollectionSamples {
    private CollectionSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("collection");
        addLists(samples);
        addSets(samples);
        addQueues(samples);
        addFixedLists(samples);
        addFixedSets(samples);
        return samples.toList();
    }

    private static void addLists(SampleList samples) {
        samples.add("ArrayList", () -> filled(new ArrayList<>()))
                .add("ArrayList, empty", ArrayList::new)
                .add("ArrayList with null", () -> new ArrayList<>(Arrays.asList("a", null, "b")))
                .add("ArrayList, 1,000", () -> numbers(new ArrayList<>(), 1_000))
                .add("LinkedList", () -> filled(new LinkedList<>()))
                .add("Vector", () -> filled(new Vector<>(2, 3)))
                .add("Stack", () -> filled(new Stack<>()))
                .add(
                        "ArrayList of lists",
                        () -> new ArrayList<>(List.of(filled(new ArrayList<>()), new LinkedList<>())));
    }

    private static void addSets(SampleList samples) {
        samples.add("HashSet", () -> filled(new HashSet<>()))
                .add("HashSet with null", () -> new HashSet<>(Arrays.asList("a", null)))
                .add("HashSet, 1", () -> numbers(new HashSet<>(), 1))
                .add("HashSet, 10", () -> numbers(new HashSet<>(), 10))
                .add("HashSet, 100, far too large", () -> numbers(new HashSet<>(4_000), 100))
                .add("HashSet, 1,000", () -> numbers(new HashSet<>(), 1_000))
                .add("HashSet of enum constants", () -> new HashSet<>(List.of(DayOfWeek.values())))
                .add("HashSet of objects without equals", CollectionSamples::identitySet)
                .add("LinkedHashSet", () -> filled(new LinkedHashSet<>()))
                .add("LinkedHashSet, 1,000", () -> numbers(new LinkedHashSet<>(), 1_000))
                .add("TreeSet", () -> filled(new TreeSet<>()))
                .add("TreeSet, reverse order", () -> filled(new TreeSet<>(Comparator.<String>reverseOrder())))
                .add("TreeSet, comparator class", () -> filled(new TreeSet<>(new OwnClassSamples.ByLength(true))))
                .add("TreeSet, descending", () -> new TreeSet<>(Set.of(1, 2, 3)).descendingSet())
                .add("EnumSet", () -> EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY))
                .add("EnumSet, empty", () -> EnumSet.noneOf(DayOfWeek.class))
                .add("EnumSet, all", () -> EnumSet.allOf(DayOfWeek.class))
                .add("EnumSet of constants with bodies", () -> EnumSet.of(OwnClassSamples.Discount.TENTH))
                .add(
                        "EnumSet of more than 64",
                        () -> EnumSet.of(
                                Character.UnicodeScript.LATIN,
                                Character.UnicodeScript.HAN,
                                Character.UnicodeScript.UNKNOWN));
    }

    private static void addQueues(SampleList samples) {
        samples.add("ArrayDeque", () -> filled(new ArrayDeque<>()))
                .add("PriorityQueue", () -> filled(new PriorityQueue<>()))
                .add("PriorityQueue, 100", () -> numbers(new PriorityQueue<>(), 100))
                .add("PriorityQueue, reverse order", () -> filled(new PriorityQueue<>(Collections.reverseOrder())));
    }

    private static void addFixedLists(SampleList samples) {
        samples.add("Arrays.asList", () -> Arrays.asList("a", null, "b"))
                .add("Arrays.asList, empty", Arrays::asList)
                .add("Arrays.asList of one that changes", () -> Arrays.asList(new StringBuilder("x")))
                .add("List.of, 0", List::of)
                .add("List.of, 1", () -> List.of("a"))
                .add("List.of, 2", () -> List.of("a", 2L))
                .add("List.of, 12", () -> List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
                .add(
                        "List.of lists that change",
                        () -> List.of(filled(new ArrayList<>()), numbers(new ArrayList<>(), 2)))
                .add("List.copyOf", () -> List.copyOf(filled(new ArrayList<>())))
                .add("Stream.toList", () -> Stream.of("a", "b", "c").toList())
                .add("Stream.toList, empty", () -> Stream.of().toList())
                .add("Stream.toList with null", () -> Stream.of("a", null, "c").toList())
                .add("Collectors.toList", () -> Stream.of("a", "b").collect(Collectors.toList()))
                .add("Collectors.toUnmodifiableList", () -> Stream.of(1, 2).collect(Collectors.toUnmodifiableList()));
    }

    private static void addFixedSets(SampleList samples) {
        samples.add("Set.of, 0", Set::of)
                .add("Set.of, 1", () -> Set.of("a"))
                .add("Set.of, 2", () -> Set.of("a", 2L))
                .add("Set.of, 10", () -> Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
                .add("Set.copyOf, 100", () -> Set.copyOf(numbers(new ArrayList<>(), 100)))
                .add("Set.copyOf, 1,000", () -> Set.copyOf(numbers(new ArrayList<>(), 1_000)))
                .add("Set.of enum constants", () -> Set.of(DayOfWeek.values()));
    }

    static <C extends Collection<? super String>> C filled(C collection) {
        Collections.addAll(collection, "pear", "fig", "banana", "kiwi1");
        return collection;
    }

    static <C extends Collection<? super String>> C numbers(C collection, int count) {
        IntStream.range(0, count).forEach(i -> collection.add("number " + i));
        return collection;
    }

    private static Set<Object> identitySet() {
        Set<Object> set = new HashSet<>();
        IntStream.range(0, 20).forEach(i -> set.add(new int[] {i}));
        return set;
    }
}
