package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.ordered;
import static io.holdfast.corpus.LibrarySample.orderedMap;
import static io.holdfast.corpus.LibrarySample.plain;
import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.Portraits.listed;
import static io.holdfast.corpus.Portraits.shared;
import static io.holdfast.corpus.Portraits.sorted;

import com.google.common.base.Functions;
import com.google.common.base.Optional;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimap;
import com.google.common.collect.Multiset;
import com.google.common.collect.Ordering;
import com.google.common.collect.Range;
import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;
import com.google.common.collect.TreeMultimap;
import com.google.common.collect.TreeMultiset;
import com.google.common.net.HostAndPort;
import com.google.common.util.concurrent.AtomicLongMap;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Guava's collections and values, nearly all of which have a serialized form of their own. */
final class GuavaSamples {
    private GuavaSamples() {}

    static List<LibrarySample<?>> all() {
        return Stream.of(lists(), maps(), multis(), values())
                .<LibrarySample<?>>flatMap(List::stream)
                .toList();
    }

    private static List<LibrarySample<?>> lists() {
        return List.of(
                ordered("Guava ImmutableList", () -> ImmutableList.of("b", "a", 3L)),
                ordered("Guava ImmutableList, empty", ImmutableList::of),
                ordered("Guava ImmutableSet", () -> ImmutableSet.of("b", "a", "c")),
                ordered(
                        "Guava ImmutableSortedSet",
                        () -> ImmutableSortedSet.<String>reverseOrder()
                                .add("a", "c", "b")
                                .build()),
                ordered("Guava Lists.newArrayList", () -> Lists.newArrayList("b", "a", null))
                        .changedBy(list -> list.add("c")),
                ordered(
                                "Guava Lists.transform",
                                () -> Lists.transform(Lists.newArrayList(1, 2, 3), Functions.toStringFunction()))
                        .changedBy(list -> list.remove(1)),
                ordered("Guava Ordering.sortedCopy", () -> Ordering.natural().sortedCopy(List.of("b", "a")))
                        .changedBy(list -> list.set(0, "c")));
    }

    private static List<LibrarySample<?>> maps() {
        return List.of(
                orderedMap("Guava ImmutableMap", () -> ImmutableMap.of("b", BigDecimal.ONE, "a", BigDecimal.TEN)),
                orderedMap("Guava ImmutableMap, empty", ImmutableMap::of),
                orderedMap("Guava ImmutableMap of lists", () -> ImmutableMap.of("b", Lists.newArrayList("1")))
                        .changedBy(map -> map.get("b").add("2")),
                orderedMap("Guava ImmutableBiMap", () -> ImmutableBiMap.of("b", 1, "a", 2)),
                orderedMap("Guava ImmutableSortedMap", () -> ImmutableSortedMap.of("b", 1, "a", 2)),
                orderedMap(
                        "Guava ImmutableSortedMap, reversed",
                        () -> ImmutableSortedMap.<String, Integer>reverseOrder()
                                .put("a", 1)
                                .put("b", 2)
                                .build()),
                sample(
                                "Guava HashBiMap",
                                () -> HashBiMap.create(Map.of("b", 1, "a", 2)),
                                map -> sorted(map.entrySet())
                                        + sorted(map.inverse().entrySet()))
                        .changedBy(map -> map.forcePut("c", 1)),
                sample(
                                "Guava AtomicLongMap",
                                GuavaSamples::counters,
                                counters -> sorted(counters.asMap().entrySet()))
                        .changedBy(counters -> counters.incrementAndGet("a")));
    }

    private static List<LibrarySample<?>> multis() {
        return List.of(
                multimap("Guava ArrayListMultimap", ArrayListMultimap::create),
                multimap("Guava HashMultimap", HashMultimap::create),
                multimap("Guava TreeMultimap", TreeMultimap::create),
                sample(
                                "Guava LinkedHashMultimap",
                                () -> LinkedHashMultimap.create(pairs()),
                                map -> listed(map.entries()))
                        .changedBy(map -> map.remove("b", "3")),
                sample(
                        "Guava ImmutableListMultimap",
                        () -> ImmutableListMultimap.copyOf(pairs()),
                        map -> listed(map.entries())),
                multiset("Guava HashMultiset", HashMultiset::create),
                multiset("Guava TreeMultiset", TreeMultiset::create),
                ordered("Guava LinkedHashMultiset", () -> LinkedHashMultiset.create(List.of("b", "a", "b")))
                        .changedBy(multiset -> multiset.setCount("a", 4)),
                ordered("Guava ImmutableMultiset", () -> ImmutableMultiset.of("b", "a", "b")),
                table("Guava HashBasedTable", HashBasedTable::create).changedBy(table -> table.put("1", "A", 7)),
                table("Guava TreeBasedTable", TreeBasedTable::create).changedBy(table -> table.remove("1", "A")),
                table("Guava ImmutableTable", () -> ImmutableTable.of("1", "A", 3)));
    }

    private static List<LibrarySample<?>> values() {
        return List.of(
                plain("Guava Range", () -> Range.closedOpen(3, 7)),
                sample("Guava Range, unbounded", Range::all, range -> range + shared(range, Range.all())),
                plain("Guava ImmutableRangeMap", () -> ImmutableRangeMap.of(Range.atLeast(18), "adult")),
                sample("Guava Optional, present", () -> Optional.of(Lists.newArrayList("here")), Optional::toString)
                        .changedBy(optional -> optional.get().add("there")),
                sample("Guava Optional, absent", Optional::absent, value -> value + shared(value, Optional.absent())),
                plain("Guava HostAndPort", () -> HostAndPort.fromParts("db.example", 5432)));
    }

    private static LibrarySample<Multimap<String, String>> multimap(
            String name, Supplier<Multimap<String, String>> maker) {
        Supplier<Multimap<String, String>> filled = () -> {
            Multimap<String, String> multimap = maker.get();
            multimap.putAll(pairs());
            return multimap;
        };
        return sample(name, filled, multimap -> sorted(multimap.asMap().entrySet()))
                .changedBy(multimap -> multimap.get("a").add("4"));
    }

    private static Multimap<String, String> pairs() {
        Multimap<String, String> pairs = LinkedHashMultimap.create();
        pairs.put("b", "1");
        pairs.put("a", "2");
        pairs.put("b", "3");
        return pairs;
    }

    private static LibrarySample<Multiset<String>> multiset(String name, Supplier<Multiset<String>> maker) {
        Supplier<Multiset<String>> filled = () -> {
            Multiset<String> multiset = maker.get();
            multiset.add("b", 2);
            multiset.add("a");
            return multiset;
        };
        return sample(name, filled, Portraits::sorted).changedBy(multiset -> multiset.remove("b", 1));
    }

    private static LibrarySample<Table<String, String, Integer>> table(
            String name, Supplier<Table<String, String, Integer>> maker) {
        Supplier<Table<String, String, Integer>> filled = () -> {
            Table<String, String, Integer> table = maker.get();
            if (table.isEmpty()) {
                table.put("1", "A", 3);
                table.put("2", "B", 4);
            }
            return table;
        };
        return sample(name, filled, table -> sorted(table.cellSet()));
    }

    private static AtomicLongMap<String> counters() {
        AtomicLongMap<String> counters = AtomicLongMap.create();
        counters.addAndGet("a", 3);
        return counters;
    }
}
