package io.holdfast.codec;

import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.usesKryo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections and maps keep their class, their elements and their order. */
@SuppressWarnings("JdkObsolete") // what applications use
class CollectionsTest {
    private static final List<String> ELEMENTS = List.of("delta", "alpha", "charlie", "bravo", "echo");

    static final class ByLength implements Comparator<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int compare(String one, String other) {
            return Integer.compare(one.length(), other.length());
        }
    }

    static List<Collection<?>> collectionsKeptByKryo() {
        return List.of(
                new ArrayList<>(ELEMENTS),
                new ArrayList<>(),
                new ArrayList<>(Arrays.asList(null, "a", null)),
                new LinkedList<>(ELEMENTS),
                new Vector<>(ELEMENTS),
                stack(),
                new ArrayDeque<>(ELEMENTS),
                new HashSet<>(ELEMENTS),
                new LinkedHashSet<>(ELEMENTS),
                new TreeSet<>(ELEMENTS),
                new ConcurrentSkipListSet<>(ELEMENTS),
                new PriorityQueue<>(ELEMENTS),
                new CopyOnWriteArrayList<>(ELEMENTS),
                new CopyOnWriteArraySet<>(ELEMENTS),
                new ConcurrentLinkedQueue<>(ELEMENTS),
                new ConcurrentLinkedDeque<>(ELEMENTS),
                EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
                EnumSet.noneOf(DayOfWeek.class),
                EnumSet.allOf(DayOfWeek.class),
                EnumSet.allOf(Character.UnicodeScript.class),
                List.of(),
                List.of(1),
                List.of(1, "two"),
                List.of(1, 2, 3, 4),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                ELEMENTS.stream().toList(),
                Arrays.asList("a", null, "b"),
                Arrays.asList(),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.singletonList(null),
                Collections.singleton("one"));
    }

    static List<Collection<?>> collectionsKeptByJavaSerialization() {
        return List.of(
                Collections.unmodifiableList(new ArrayList<>(ELEMENTS)),
                Collections.unmodifiableCollection(new ArrayList<>(ELEMENTS)),
                Collections.unmodifiableSet(new LinkedHashSet<>(ELEMENTS)),
                Collections.unmodifiableSortedSet(new TreeSet<>(ELEMENTS)),
                Collections.synchronizedList(new ArrayList<>(ELEMENTS)),
                Collections.synchronizedSet(new LinkedHashSet<>(ELEMENTS)),
                Collections.checkedList(new ArrayList<>(ELEMENTS), String.class),
                Collections.nCopies(3, "x"),
                Stream.of("a", null, "b").toList(),
                ConcurrentHashMap.newKeySet(),
                new ArrayBlockingQueue<>(7, false, ELEMENTS),
                new LinkedBlockingQueue<>(ELEMENTS));
    }

    static List<Map<?, ?>> mapsKeptByKryo() {
        return List.of(
                fill(new HashMap<>()),
                fill(new LinkedHashMap<>()),
                fill(new TreeMap<>()),
                fill(new Hashtable<>()),
                fill(new ConcurrentHashMap<>()),
                fill(new ConcurrentSkipListMap<>()),
                withNulls(),
                new HashMap<>(),
                new EnumMap<>(Map.of(DayOfWeek.SUNDAY, "rest")),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                Map.copyOf(fill(new HashMap<>())),
                Collections.emptyMap(),
                Collections.singletonMap(null, "v"));
    }

    static List<Map<?, ?>> mapsKeptByJavaSerialization() {
        Properties defaults = new Properties();
        defaults.setProperty("inherited", "yes");
        return List.of(
                Collections.unmodifiableMap(fill(new HashMap<>())),
                Collections.synchronizedMap(fill(new LinkedHashMap<>())),
                Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("a", 1))),
                new EnumMap<>(DayOfWeek.class),
                fill(new Properties()),
                new Properties(defaults));
    }

    private static Stack<String> stack() {
        Stack<String> stack = new Stack<>();
        stack.addAll(ELEMENTS);
        return stack;
    }

    private static <M extends Map<Object, Object>> M fill(M map) {
        for (int i = 0; i < ELEMENTS.size(); i++) {
            map.put(ELEMENTS.get(i), i);
        }
        return map;
    }

    private static Map<String, String> withNulls() {
        Map<String, String> map = new HashMap<>();
        map.put(null, "value");
        map.put("key", null);
        return map;
    }

    @ParameterizedTest
    @MethodSource("collectionsKeptByKryo")
    void collection_keepsClassAndElements(Collection<?> collection) {
        assertThat(new ArrayList<Object>(roundTrip(collection))).isEqualTo(new ArrayList<Object>(collection));
        assertThat(usesKryo(collection)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("collectionsKeptByJavaSerialization")
    void collectionWithHiddenState_keepsClassAndElements(Collection<?> collection) {
        assertThat(new ArrayList<Object>(roundTrip(collection))).isEqualTo(new ArrayList<Object>(collection));
        assertThat(usesKryo(collection)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("mapsKeptByKryo")
    void map_keepsClassAndEntries(Map<?, ?> map) {
        assertThat((Object) roundTrip(map)).isEqualTo(map);
        assertThat(usesKryo(map)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mapsKeptByJavaSerialization")
    void mapWithHiddenState_keepsClassAndEntries(Map<?, ?> map) {
        assertThat((Object) roundTrip(map)).isEqualTo(map);
        assertThat(usesKryo(map)).isFalse();
    }

    @Test
    void linkedMap_keepsInsertionOrder() {
        assertThat(roundTrip(fill(new LinkedHashMap<>())).keySet()).containsExactlyElementsOf(ELEMENTS);
    }

    @Test
    void sortedCollections_keepTheirComparator() {
        TreeSet<String> set = new TreeSet<>(new ByLength());
        set.addAll(ELEMENTS);
        assertThat(roundTrip(set)).containsExactlyElementsOf(set);
        assertThat(roundTrip(set).add("four")).as("another of length 4").isFalse();
        assertThat(usesKryo(set)).isTrue();

        TreeMap<String, Integer> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        map.put("Key", 1);
        assertThat(roundTrip(map)).containsEntry("KEY", 1);

        TreeMap<String, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(Map.of("a", 1, "b", 2));
        assertThat(roundTrip(reversed).firstKey()).isEqualTo("b");

        PriorityQueue<String> queue = new PriorityQueue<>(new ByLength().reversed());
        queue.addAll(ELEMENTS);
        assertThat(roundTrip(queue).poll()).isEqualTo("charlie");
    }
}
