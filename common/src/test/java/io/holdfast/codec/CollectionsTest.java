package io.holdfast.codec;

import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.usesKryo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
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
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
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

/** Collections, maps and arrays keep their class, their elements and their order. */
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
    void propertiesWithDefaults_keepThem() {
        Properties defaults = new Properties();
        defaults.setProperty("inherited", "yes");
        assertThat(roundTrip(new Properties(defaults)).getProperty("inherited")).isEqualTo("yes");
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

    @Test
    void linkedHashMap_keepsItsOrder_ofAccessOrOfInsertion() throws Exception {
        for (boolean byAccess : new boolean[] {true, false}) {
            LinkedHashMap<Object, Object> map = new LinkedHashMap<>(16, 0.75f, byAccess);
            assertThat(AccessOrdered.isOrderOf(map)).isEqualTo(byAccess);
            map.put("a", new Object());
            map.put("b", map);
            map.put("c", null);
            assertThat(AccessOrdered.isOrderOf(map)).isEqualTo(byAccess);
            assertThat(AccessOrdered.lastByteOf(map))
                    .as("where the field is hidden")
                    .isEqualTo(byAccess ? 1 : 0);
            assertThat(map.keySet()).containsExactly("a", "b", "c");
            map.put("a", 1);
            for (Object decoded : List.of(roundTrip(map), inUnmodifiableList(map))) {
                LinkedHashMap<?, ?> copy = (LinkedHashMap<?, ?>) decoded;
                assertThat(copy).hasSize(3);
                assertThat(copy.get("b")).isSameAs(copy);
                assertThat(new ArrayList<Object>(copy.keySet()).get(2)).isEqualTo(byAccess ? "b" : "c");
                assertThat(usesKryo(copy)).isTrue();
            }
        }
    }

    @Test
    void identityHashMap_comparesByIdentityAfterwards() {
        IdentityHashMap<Object, String> map = new IdentityHashMap<>();
        map.put(new ArrayList<>(List.of(1)), "one");
        map.put(new ArrayList<>(List.of(1)), "other");
        assertThat(roundTrip(map)).hasSize(2);
    }

    /** In both encodings: the second one of each pair is in something that needs Java serialization. */
    @Test
    void views_becomeCollectionsOfTheirOwn() {
        Map<String, Integer> map = new LinkedHashMap<>(Map.of("b", 1));
        map.put("a", 1);
        List<Object> views =
                List.of(map.keySet(), map.values(), map.entrySet(), new ArrayList<>(ELEMENTS).subList(1, 3));
        for (Object view : views) {
            for (Object decoded : List.of(Codecs.decode(Codecs.encode(view)), inUnmodifiableList(view))) {
                assertThat((Collection<?>) decoded).hasToString(view.toString());
                assertThat(decoded).isNotInstanceOf(view.getClass());
            }
        }
        SortedSet<String> sorted = new TreeMap<>(Map.of("b", 1, "a", 2)).descendingKeySet();
        assertThat((SortedSet<?>) Codecs.decode(Codecs.encode(sorted))).hasToString("[b, a]");
        assertThat(Codecs.decode(Codecs.encode(Map.entry("k", 1)))).isEqualTo(Map.entry("k", 1));
    }

    private static Object inUnmodifiableList(Object value) {
        return roundTrip(Collections.unmodifiableList(new ArrayList<>(List.of(value))))
                .get(0);
    }

    @Test
    void viewReferredToTwice_isOneCollectionAfterwards() {
        Set<String> keys = new HashMap<>(Map.of("a", 1)).keySet();
        for (List<Object> pair : List.of(
                new ArrayList<>(List.<Object>of(keys, keys)),
                Collections.unmodifiableList(new ArrayList<>(List.<Object>of(keys, keys))))) {
            List<Object> decoded = roundTrip(pair);
            assertThat(decoded.get(0)).isEqualTo(keys).isSameAs(decoded.get(1));
        }
    }

    @Test
    void keysOfIdentityHashMap_thatAreEqual_areStillTwo() {
        IdentityHashMap<Object, String> map = new IdentityHashMap<>();
        map.put(new ArrayList<>(List.of(1)), "one");
        map.put(new ArrayList<>(List.of(1)), "other");
        assertThat((Collection<?>) Codecs.decode(Codecs.encode(map.keySet()))).hasSize(2);
        assertThatThrownBy(() -> Codecs.encode(map.entrySet())).isInstanceOf(NotEncodableException.class);
    }

    @Test
    void weakHashMap_holdsItsKeysAfterwards() {
        Map<Object, Object> map = new WeakHashMap<>();
        List<Object> key = new ArrayList<>(List.of(1));
        map.put(key, "one");
        for (Object decoded : List.of(Codecs.decode(Codecs.encode(map)), inUnmodifiableList(map))) {
            System.gc();
            assertThat(decoded).isInstanceOf(WeakHashMap.class).isEqualTo(map);
            EncodedValue again = Codecs.encode(decoded);
            assertThat(Codecs.decode(again)).isEqualTo(map);
            ((Map<?, ?>) decoded).remove(key);
            assertThat(Codecs.encode(decoded)).isNotEqualTo(again);
        }
        assertThat(key).isNotEmpty();
    }

    private static final class Unhashable implements Serializable {
        private static final long serialVersionUID = 1;
        private boolean writing = true;

        @Override
        public int hashCode() {
            if (writing) {
                throw new IllegalStateException("asked for a hash code");
            }
            return 1;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Unhashable;
        }
    }

    @Test
    void views_areStoredWithoutRunningCodeOfTheirElements() {
        Unhashable element = new Unhashable();
        element.writing = false;
        Map<Object, Object> map = new HashMap<>(Map.of(element, 1));
        Map<Object, Object> values = new HashMap<>(Map.of(1, element));
        element.writing = true;
        assertThat(Codecs.encode(map.keySet())).isNotNull();
        assertThat(Codecs.encode(values.entrySet())).isNotNull();
        assertThat(Codecs.encode(Collections.unmodifiableList(new ArrayList<>(List.of(map.keySet())))))
                .isNotNull();
        map.clear();
        map.put("self", map);
        assertThat(Codecs.encode(map.entrySet())).isNotNull();
    }

    @Test
    void weakHashMap_thatHoldsItself_isOneMapAfterwards() {
        Map<Object, Object> map = new WeakHashMap<>();
        map.put("self", map);
        for (Object decoded : List.of(Codecs.decode(Codecs.encode(map)), inUnmodifiableList(map))) {
            assertThat(((Map<?, ?>) decoded).get("self")).isSameAs(decoded);
        }
    }

    @Test
    void url_thatWasAskedForItsHashCode_isNoOther_inBothEncodings() throws Exception {
        URL url = new URI("http://127.0.0.1/a").toURL();
        for (Object value : List.of(url, Collections.unmodifiableList(new ArrayList<>(List.of(url))))) {
            EncodedValue before = Codecs.encode(value);
            assertThat(url.hashCode()).isNotZero();
            assertThat(Codecs.encode(value)).isEqualTo(before);
        }
    }

    @Test
    void optionals_inWhatNeedsJavaSerialization_areKept() {
        for (Object optional : List.of(
                Optional.of("x"),
                Optional.empty(),
                OptionalInt.of(3),
                OptionalInt.empty(),
                OptionalLong.of(4),
                OptionalLong.empty(),
                OptionalDouble.of(5),
                OptionalDouble.empty())) {
            assertThat(inUnmodifiableList(optional)).isEqualTo(optional);
        }
    }

    @Test
    void arrays_keepTypeAndElements() {
        assertThat(roundTrip(new int[] {1, -2, Integer.MAX_VALUE})).containsExactly(1, -2, Integer.MAX_VALUE);
        assertThat(roundTrip(new byte[0])).isEmpty();
        assertThat(roundTrip(new long[] {Long.MIN_VALUE})).containsExactly(Long.MIN_VALUE);
        assertThat(roundTrip(new short[] {-1, 1})).containsExactly(-1, 1);
        assertThat(roundTrip(new char[] {'a', 'ß'})).containsExactly('a', 'ß');
        assertThat(roundTrip(new boolean[] {true, false})).containsExactly(true, false);
        assertThat(roundTrip(new float[] {0.5f})).containsExactly(0.5f);
        assertThat(roundTrip(new double[] {-0.5})).containsExactly(-0.5);
        assertThat(roundTrip(new String[] {"a", null})).containsExactly("a", null);
        assertThat(roundTrip(new int[][] {{1}, {}, null})).isDeepEqualTo(new int[][] {{1}, {}, null});
        assertThat(Arrays.deepEquals(
                        roundTrip(new Object[] {1, "two", new Object[] {3L}}),
                        new Object[] {1, "two", new Object[] {3L}}))
                .isTrue();
        assertThat(roundTrip(new DayOfWeek[] {DayOfWeek.MONDAY})).containsExactly(DayOfWeek.MONDAY);
        assertThat(roundTrip(new Thread[0])).isEmpty();
    }
}
