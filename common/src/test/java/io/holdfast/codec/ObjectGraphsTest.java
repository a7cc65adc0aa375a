package io.holdfast.codec;

import static io.holdfast.codec.Codecs.heldByJava;
import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.usesKryo;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Plain classes and records, and how objects refer to each other. */
@SuppressWarnings({"JavaUtilDate", "serial", "unused"}) // what applications hold; fields that only have to survive
class ObjectGraphsTest {
    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
        private String name = "base";

        String baseName() {
            return name;
        }

        void baseName(String newName) {
            name = newName;
        }
    }

    static final class Cart extends Base {
        private static final long serialVersionUID = 1;
        private final List<Item> items = new ArrayList<>();
        private final int limit;
        private String name = "cart";
        private long total = -5;
        private Integer missing;
        private Object anything = new int[] {1, 2};
        private transient String notStored = "set";

        Cart(int limit) {
            if (limit <= 0) {
                throw new IllegalArgumentException("no constructor may run when reading");
            }
            this.limit = limit;
        }
    }

    record Item(String article, BigDecimal price, Date added) implements Serializable {
        Item {
            Objects.requireNonNull(article);
        }
    }

    private record Everything(
            byte b, short s, char c, int i, long l, float f, double d, boolean z, Object o, List<?> list)
            implements Serializable {}

    record Wrapper(Object held) implements Serializable {}

    static final class Node implements Serializable {
        private static final long serialVersionUID = 1;
        private final String name;
        private Node parent;
        private Node self;
        private Object children = new ArrayList<Node>();

        Node(String name) {
            this.name = name;
        }

        @SuppressWarnings("unchecked")
        List<Node> children() {
            return (List<Node>) children;
        }
    }

    static final class NamedChild implements Serializable {
        private static final long serialVersionUID = 1;
        private final Set<NamedChild> all;
        private final String zName;

        NamedChild(String name, Set<NamedChild> all) {
            this.zName = name;
            this.all = all;
            all.add(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NamedChild that && zName.equals(that.zName);
        }

        @Override
        public int hashCode() {
            return zName.hashCode();
        }
    }

    @Test
    void bean_keepsAllItsFieldsButTransientOnes() {
        Cart cart = new Cart(7);
        cart.items.add(new Item("book", new BigDecimal("9.99"), new Date(5)));
        cart.baseName("renamed");

        Cart decoded = roundTrip(cart);

        assertThat(decoded.items).isEqualTo(cart.items);
        assertThat(decoded.limit).isEqualTo(7);
        assertThat(decoded.name).isEqualTo("cart");
        assertThat(decoded.baseName()).isEqualTo("renamed");
        assertThat(decoded.total).isEqualTo(-5);
        assertThat(decoded.missing).isNull();
        assertThat((int[]) decoded.anything).containsExactly(1, 2);
        assertThat(decoded.notStored).isNull();
        assertThat(usesKryo(cart)).isTrue();
    }

    @Test
    void records_keepTheirComponents() {
        Everything record =
                new Everything((byte) 1, (short) 2, 'c', 4, 5L, 6f, 7d, true, null, List.of("a", new Wrapper(1)));
        assertThat(roundTrip(record)).isEqualTo(record);
        assertThat(usesKryo(record)).isTrue();
    }

    @Test
    void sharedObjects_stayShared() {
        List<String> shared = new ArrayList<>(List.of("x"));
        Map<String, Object> map = new HashMap<>();
        map.put("one", shared);
        map.put("other", new Wrapper(shared));
        map.put("array", new Object[] {shared});

        Map<String, Object> decoded = roundTrip(map);

        assertThat(((Wrapper) decoded.get("other")).held()).isSameAs(decoded.get("one"));
        assertThat(((Object[]) decoded.get("array"))[0]).isSameAs(decoded.get("one"));
    }

    @Test
    void sharedObjects_stayShared_alsoBetweenPlainDataAndClassesWithTheirOwnContract() {
        List<String> shared = new ArrayList<>(List.of("x"));
        Map<String, Object> map = new HashMap<>();
        map.put("plain", new Wrapper(shared));
        map.put("contract", heldByJava(shared));

        Map<String, Object> decoded = roundTrip(map);

        assertThat(((List<?>) decoded.get("contract")).get(0)).isSameAs(((Wrapper) decoded.get("plain")).held());
        assertThat(usesKryo(map)).isFalse();
    }

    @Test
    void equalObjects_doNotBecomeOne() {
        List<Object> list = new ArrayList<>(List.of(new ArrayList<>(), new ArrayList<>()));
        List<Object> decoded = roundTrip(list);
        assertThat(decoded.get(0)).isNotSameAs(decoded.get(1));
    }

    @Test
    void cycles_areClosedAgain() {
        Node parent = new Node("parent");
        parent.self = parent;
        Node child = new Node("child");
        child.parent = parent;
        parent.children().add(child);

        Node decoded = roundTrip(parent);

        assertThat(decoded.self).isSameAs(decoded);
        assertThat(decoded.children().get(0).parent).isSameAs(decoded);
        assertThat(decoded.children().get(0).name).isEqualTo("child");
    }

    @Test
    void containersThatContainThemselves_areClosedAgain() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        List<Object> decodedList = roundTrip(list);
        assertThat(decodedList.get(0)).isSameAs(decodedList);

        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        Map<String, Object> decodedMap = roundTrip(map);
        assertThat(decodedMap.get("self")).isSameAs(decodedMap);

        Object[] array = new Object[1];
        array[0] = array;
        Object[] decodedArray = roundTrip(array);
        assertThat(decodedArray[0]).isSameAs(decodedArray);

        List<Object> fixed = Arrays.asList(new Object[1]);
        fixed.set(0, fixed);
        List<Object> decodedFixed = roundTrip(fixed);
        assertThat(decodedFixed.get(0)).isSameAs(decodedFixed);

        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(reference);
        AtomicReference<Object> decodedReference = roundTrip(reference);
        assertThat(decodedReference.get()).isSameAs(decodedReference);

        EnumMap<DayOfWeek, Object> enumMap = new EnumMap<>(DayOfWeek.class);
        enumMap.put(DayOfWeek.MONDAY, enumMap);
        EnumMap<DayOfWeek, Object> decodedEnumMap = roundTrip(enumMap);
        assertThat(decodedEnumMap.get(DayOfWeek.MONDAY)).isSameAs(decodedEnumMap);
    }

    @Test
    void hashSetInACycle_findsItsElementsAfterwards() {
        Set<NamedChild> all = new HashSet<>();
        NamedChild first = new NamedChild("first", all);
        new NamedChild("second", all);

        NamedChild decoded = roundTrip(first);

        assertThat(decoded.all).hasSize(2).contains(decoded);
    }

    @Test
    void deepButPlausibleGraph_isKept() {
        Node chain = null;
        for (int i = 0; i < 500; i++) {
            Node next = new Node("n" + i);
            next.parent = chain;
            chain = next;
        }
        Node decoded = roundTrip(chain);
        int length = 0;
        for (Node node = decoded; node != null; node = node.parent) {
            length++;
        }
        assertThat(length).isEqualTo(500);
    }

    @Test
    void optionalOfSomethingMutable_keepsIt() {
        List<String> shared = new ArrayList<>(List.of("x"));
        List<Object> decoded = roundTrip(new ArrayList<>(List.of(Optional.of(shared), shared)));
        assertThat(((Optional<?>) decoded.get(0)).orElseThrow()).isSameAs(decoded.get(1));
    }
}
