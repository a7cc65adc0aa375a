package io.holdfast.corpus;

import static io.holdfast.corpus.LibrarySample.ordered;
import static io.holdfast.corpus.LibrarySample.orderedMap;
import static io.holdfast.corpus.LibrarySample.plain;
import static io.holdfast.corpus.LibrarySample.sample;
import static io.holdfast.corpus.LibrarySample.unorderedMap;
import static io.holdfast.corpus.Portraits.listed;
import static io.holdfast.corpus.Portraits.sorted;
import static io.holdfast.corpus.Portraits.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.collections4.ListUtils;
import org.apache.commons.collections4.MultiValuedMap;
import org.apache.commons.collections4.bag.HashBag;
import org.apache.commons.collections4.bidimap.DualHashBidiMap;
import org.apache.commons.collections4.bidimap.TreeBidiMap;
import org.apache.commons.collections4.keyvalue.MultiKey;
import org.apache.commons.collections4.map.CaseInsensitiveMap;
import org.apache.commons.collections4.map.LRUMap;
import org.apache.commons.collections4.map.LinkedMap;
import org.apache.commons.collections4.map.ListOrderedMap;
import org.apache.commons.collections4.map.PassiveExpiringMap;
import org.apache.commons.collections4.multimap.ArrayListValuedHashMap;
import org.apache.commons.collections4.queue.CircularFifoQueue;
import org.apache.commons.collections4.set.ListOrderedSet;
import org.apache.commons.lang3.Range;
import org.apache.commons.lang3.mutable.MutableBoolean;
import org.apache.commons.lang3.mutable.MutableInt;
import org.apache.commons.lang3.mutable.MutableObject;
import org.apache.commons.lang3.tuple.MutablePair;
import org.apache.commons.lang3.tuple.Pair;
import org.apache.commons.lang3.tuple.Triple;

/** Objects of Apache Commons: Collections 3 and 4, and Lang. FileUpload's items are no longer serializable. */
final class CommonsSamples {
    private CommonsSamples() {}

    static List<LibrarySample<?>> all() {
        return Stream.of(maps(), collections(), legacyCollections(), values())
                .<LibrarySample<?>>flatMap(List::stream)
                .toList();
    }

    private static List<LibrarySample<?>> maps() {
        return List.of(
                sample("Commons LRUMap", CommonsSamples::recentlyUsed, map -> map.maxSize() + listed(map.entrySet()))
                        .changedBy(map -> map.get("first")),
                orderedMap("Commons ListOrderedMap", () -> ListOrderedMap.listOrderedMap(numbers()))
                        .changedBy(map -> map.put(0, "c", 3)),
                orderedMap("Commons LinkedMap", () -> new LinkedMap<>(numbers()))
                        .changedBy(map -> map.remove("a")),
                unorderedMap("Commons CaseInsensitiveMap", () -> new CaseInsensitiveMap<>(numbers()))
                        .changedBy(map -> map.put("A", 9)),
                unorderedMap("Commons PassiveExpiringMap", () -> new PassiveExpiringMap<>(numbers()))
                        .changedBy(map -> map.put("c", 3)),
                sample(
                                "Commons DualHashBidiMap",
                                () -> new DualHashBidiMap<>(numbers()),
                                map -> sorted(map.entrySet())
                                        + sorted(map.inverseBidiMap().entrySet()))
                        .changedBy(map -> map.removeValue(1)),
                orderedMap("Commons TreeBidiMap", () -> new TreeBidiMap<>(numbers()))
                        .changedBy(map -> map.put("c", 3)),
                sample(
                                "Commons ArrayListValuedHashMap",
                                CommonsSamples::multiValued,
                                map -> sorted(map.asMap().entrySet()))
                        .changedBy(map -> map.put("a", 3)));
    }

    private static List<LibrarySample<?>> collections() {
        return List.of(
                sample("Commons HashBag", () -> new HashBag<>(List.of("b", "a", "b")), Portraits::sorted)
                        .changedBy(bag -> bag.add("b")),
                sample("Commons CircularFifoQueue", CommonsSamples::lastTwo, queue -> queue.maxSize() + listed(queue))
                        .changedBy(queue -> queue.add("d")),
                ordered(
                                "Commons ListOrderedSet",
                                () -> ListOrderedSet.listOrderedSet(new ArrayList<>(List.of("b", "a"))))
                        .changedBy(set -> set.add(0, "c")),
                ordered("Commons unmodifiableList", () -> ListUtils.unmodifiableList(List.of("b", "a"))),
                sample(
                        "Commons MultiKey",
                        () -> new MultiKey<Object>("a", 1),
                        key -> key + " " + key.equals(new MultiKey<Object>("a", 1))));
    }

    private static List<LibrarySample<?>> legacyCollections() {
        return List.of(
                orderedMap("Commons 3 LRUMap", () -> new org.apache.commons.collections.map.LRUMap(numbers()))
                        .changedBy(map -> map.clear()),
                orderedMap(
                                "Commons 3 ListOrderedMap",
                                () -> org.apache.commons.collections.map.ListOrderedMap.decorate(numbers()))
                        .changedBy(map -> map.clear()),
                unorderedMap("Commons 3 FastHashMap", () -> new org.apache.commons.collections.FastHashMap(numbers()))
                        .changedBy(map -> map.clear()));
    }

    private static List<LibrarySample<?>> values() {
        return List.of(
                plain("Commons MutableInt", () -> new MutableInt(5)).changedBy(MutableInt::increment),
                plain("Commons MutableBoolean", () -> new MutableBoolean(true)).changedBy(MutableBoolean::setFalse),
                sample("Commons MutableObject", () -> new MutableObject<>(new ArrayList<>()), held -> text(held.get()))
                        .changedBy(held -> held.get().add("a")),
                plain("Commons Pair", () -> Pair.of("left", 2)),
                plain("Commons Pair of lists", () -> Pair.of("left", new ArrayList<>(List.of(1))))
                        .changedBy(pair -> pair.getRight().add(2)),
                plain("Commons MutablePair", () -> MutablePair.of("left", 2)).changedBy(pair -> pair.setRight(3)),
                plain("Commons Triple", () -> Triple.of("left", 2, 'r')),
                sample("Commons Range", () -> Range.of(3, 7), range -> range + " " + range.contains(7)));
    }

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new TreeMap<>();
        numbers.put("b", 1);
        numbers.put("a", 2);
        return numbers;
    }

    private static LRUMap<String, Integer> recentlyUsed() {
        LRUMap<String, Integer> map = new LRUMap<>(1_000);
        map.put("first", 1);
        map.put("second", 2);
        return map;
    }

    private static MultiValuedMap<String, Integer> multiValued() {
        MultiValuedMap<String, Integer> map = new ArrayListValuedHashMap<>(new HashMap<>(Map.of("b", 1)));
        map.putAll("a", List.of(2, 1));
        return map;
    }

    private static CircularFifoQueue<String> lastTwo() {
        CircularFifoQueue<String> queue = new CircularFifoQueue<>(2);
        queue.addAll(List.of("a", "b", "c"));
        return queue;
    }
}
