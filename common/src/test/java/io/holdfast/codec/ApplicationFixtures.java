package io.holdfast.codec;

import io.holdfast.codec.FixtureClasses.Bag;
import io.holdfast.codec.FixtureClasses.Cart;
import io.holdfast.codec.FixtureClasses.Color;
import io.holdfast.codec.FixtureClasses.Empty;
import io.holdfast.codec.FixtureClasses.Everything;
import io.holdfast.codec.FixtureClasses.External;
import io.holdfast.codec.FixtureClasses.Handler;
import io.holdfast.codec.FixtureClasses.Listener;
import io.holdfast.codec.FixtureClasses.Money;
import io.holdfast.codec.FixtureClasses.Node;
import io.holdfast.codec.FixtureClasses.Replaced;
import io.holdfast.codec.FixtureClasses.Trouble;
import io.holdfast.codec.FixtureClasses.WithHooks;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.SimpleTimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Fixtures of an application's own objects, of arrays, and of all that goes through Java serialization. */
final class ApplicationFixtures {
    private ApplicationFixtures() {}

    static Stream<StoredFixture> all() {
        return Stream.of(objects(), arrays(), inJavaSerialization(), standIns(), ownContracts())
                .flatMap(List::stream);
    }

    private static List<StoredFixture> objects() {
        return List.of(
                fixture("bean", new Cart("cart", "a", 1)),
                fixture("bean-empty", new Empty()),
                fixture("bean-twice", new ArrayList<>(List.of(new Cart("one"), new Cart("other"), new Empty()))),
                StoredFixture.of("bean-cyclic", Node::cyclic),
                StoredFixture.of("bean-shared-parts", () -> {
                    List<Object> shared = new ArrayList<>(List.of("shared"));
                    Cart cart = new Cart("cart", shared, shared, new Object[] {shared});
                    return new ArrayList<>(List.of(cart, shared, cart));
                }),
                fixture("record", new Money(-1, "EUR")),
                fixture(
                        "record-of-everything",
                        new Everything((byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, true, null, Color.BLUE, new Empty())),
                fixture("enum", Color.RED),
                fixture("enum-with-body", Color.GREEN),
                StoredFixture.of("containing-itself", () -> {
                    Map<String, Object> map = new HashMap<>();
                    map.put("self", new ArrayList<>(List.of(new Object[] {map}, map)));
                    return map;
                }),
                StoredFixture.of("mixed", ApplicationFixtures::mixed),
                fixture("binding-listener", new Listener()));
    }

    private static Map<String, Object> mixed() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("user", "Zoë");
        map.put("cart", new Cart("cart", new Money(5, "EUR"), new BigDecimal("0.10"), Color.BLUE));
        map.put("since", Instant.ofEpochSecond(1_700_000_000));
        map.put("colors", EnumSet.of(Color.RED, Color.BLUE));
        map.put("sizes", List.of(1, 2L, Optional.of((short) 3)));
        map.put("table", new Object[][] {{1, "one"}, {}, {null}});
        map.put("dates", new TreeMap<>(Map.of("birth", LocalDate.of(1999, 12, 31))));
        map.put("nothing", null);
        map.put("again", map.get("cart"));
        map.put("class", Cart.class);
        return map;
    }

    private static List<StoredFixture> arrays() {
        return List.of(
                fixture("array-byte", new byte[] {1, -1}),
                fixture("array-short", new short[] {1, -1}),
                fixture("array-int", new int[] {1, -1, Integer.MAX_VALUE}),
                fixture("array-long", new long[] {1, Long.MIN_VALUE}),
                fixture("array-float", new float[] {0.5f, Float.NaN}),
                fixture("array-double", new double[] {-0.5, Double.MAX_VALUE}),
                fixture("array-boolean", new boolean[] {true, false}),
                fixture("array-char", new char[] {'a', 'ß'}),
                fixture("array-string", new String[] {"a", null, "b"}),
                fixture("array-boxed", new Integer[] {1, null}),
                fixture("array-object", new Object[] {1, "two", null, new Object[] {3L}}),
                fixture("array-nested", new int[][] {{1, 2}, {}, null}),
                fixture("array-enum", new Color[] {Color.GREEN, Color.RED}),
                fixture("array-record", new Money[] {new Money(1, "EUR"), null}),
                fixture("array-interface", new Comparable<?>[] {1, "a"}),
                fixture("array-empty", new Object[0]));
    }

    private static List<StoredFixture> inJavaSerialization() {
        List<Object> list = new ArrayList<>(Arrays.asList("a", null, 1));
        return List.of(
                fixture("unmodifiable-list", Collections.unmodifiableList(list)),
                fixture("unmodifiable-collection", Collections.unmodifiableCollection(list)),
                fixture("unmodifiable-set", Collections.unmodifiableSet(new LinkedHashSet<>(list))),
                fixture("unmodifiable-map", Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("k", "v")))),
                fixture("unmodifiable-sorted-set", Collections.unmodifiableSortedSet(new TreeSet<>(List.of("a")))),
                fixture("synchronized-list", Collections.synchronizedList(list)).withBytesOfItsOwn(),
                fixture("stream-to-list", Stream.of("a", null).toList()),
                fixture("concurrent-key-set", keySet()),
                fixture("properties", properties()),
                fixture("identity-hash-map", identityMap()),
                fixture("enum-map-empty", new java.util.EnumMap<>(Color.class)),
                fixture("time-zone-simple", new SimpleTimeZone(3_600_000, "odd")),
                fixture("inet-address", address()),
                StoredFixture.of(
                        "java-bean-and-record",
                        () -> inUnmodifiableList(
                                new Cart("cart", new Money(1, "EUR")), Node.cyclic(), Color.GREEN, new int[] {1})));
    }

    private static Object keySet() {
        ConcurrentHashMap.KeySetView<Object, Boolean> keys = ConcurrentHashMap.newKeySet();
        keys.add("key");
        return keys;
    }

    private static IdentityHashMap<String, String> identityMap() {
        IdentityHashMap<String, String> map = new IdentityHashMap<>();
        map.put("k", "v");
        return map;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("key", "value");
        return properties;
    }

    private static InetAddress address() {
        try {
            return Inet4Address.getByAddress("host", new byte[] {10, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    private static List<StoredFixture> standIns() {
        List<String> list = new ArrayList<>(List.of("a", "b", "c"));
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("x", 1);
        map.put("y", 2);
        return List.of(
                fixture("stand-in-optional", inUnmodifiableList(Optional.of("x"), Optional.empty())),
                fixture(
                        "stand-in-optional-numbers",
                        inUnmodifiableList(
                                OptionalInt.of(1),
                                OptionalInt.empty(),
                                OptionalLong.of(2),
                                OptionalLong.empty(),
                                OptionalDouble.of(3),
                                OptionalDouble.empty())),
                // Java serialization writes a zone with rules as the tables of the JDK at hand.
                fixture("stand-in-calendar", inUnmodifiableList(JdkFixtures.calendar("GMT-05:00"))),
                fixture("stand-in-weak-map", inUnmodifiableList(new WeakHashMap<>(Map.of("k", "v")))),
                fixture("view-sub-list", list.subList(1, 3)).readAs(() -> new ArrayList<>(List.of("b", "c"))),
                fixture("view-key-set", map.keySet()).readAs(() -> new LinkedHashSet<>(List.of("x", "y"))),
                fixture("view-values", map.values()).readAs(() -> new ArrayList<>(List.of(1, 2))),
                fixture("view-entry-set", map.entrySet())
                        .readAs(() -> new LinkedHashSet<>(
                                List.of(new AbstractMap.SimpleEntry<>("x", 1), new AbstractMap.SimpleEntry<>("y", 2)))),
                fixture("view-descending-keys", new TreeMap<>(map).descendingKeySet())
                        .readAs(() -> new TreeMap<>(map)
                                .descendingKeySet().stream()
                                        .collect(java.util.stream.Collectors.toCollection(
                                                () -> new TreeSet<>(Collections.reverseOrder())))),
                fixture("map-entry", Map.entry("k", 1)).readAs(() -> new AbstractMap.SimpleEntry<>("k", 1)));
    }

    private static List<StoredFixture> ownContracts() {
        Bag bag = new Bag();
        bag.add("in the bag");
        Object proxy = Proxy.newProxyInstance(
                ApplicationFixtures.class.getClassLoader(), new Class<?>[] {Runnable.class}, new Handler("proxy"));
        return List.of(
                fixture("own-write-object", new WithHooks()),
                fixture("own-write-replace", new Replaced("text")),
                fixture("own-externalizable", new External("state")),
                fixture("own-collection", bag),
                StoredFixture.of("exception", Trouble::nested),
                fixture("proxy", proxy));
    }

    private static List<Object> inUnmodifiableList(Object... elements) {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(elements)));
    }

    /** For values that nobody changes, so that one object will do. */
    private static StoredFixture fixture(String name, Object value) {
        return StoredFixture.of(name, () -> value);
    }
}
