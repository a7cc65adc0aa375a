package io.holdfast.codec;

import static io.holdfast.codec.Codecs.heldByJava;
import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.roundTripInJava;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Views of maps and lists are stored as collections of their own: what they are views of is not stored. */
class ViewsTest {
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

    /** In both encodings: the second one of each pair is in something that needs Java serialization. */
    @Test
    void views_becomeCollectionsOfTheirOwn() {
        Map<String, Integer> map = new LinkedHashMap<>(Map.of("b", 1));
        map.put("a", 1);
        List<Object> views = List.of(
                map.keySet(), map.values(), map.entrySet(), new ArrayList<>(List.of("a", "b", "c", "d")).subList(1, 3));
        for (Object view : views) {
            for (Object decoded : List.of(Codecs.decode(Codecs.encode(view)), roundTripInJava(view))) {
                assertThat((Collection<?>) decoded).hasToString(view.toString());
                assertThat(decoded).isNotInstanceOf(view.getClass());
            }
        }
        SortedSet<String> sorted = new TreeMap<>(Map.of("b", 1, "a", 2)).descendingKeySet();
        assertThat((SortedSet<?>) Codecs.decode(Codecs.encode(sorted))).hasToString("[b, a]");
        assertThat(Codecs.decode(Codecs.encode(Map.entry("k", 1)))).isEqualTo(Map.entry("k", 1));
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
    void views_areStoredWithoutRunningCodeOfTheirElements() {
        Unhashable element = new Unhashable();
        element.writing = false;
        Map<Object, Object> map = new HashMap<>(Map.of(element, 1));
        Map<Object, Object> values = new HashMap<>(Map.of(1, element));
        element.writing = true;
        assertThat(Codecs.encode(map.keySet())).isNotNull();
        assertThat(Codecs.encode(values.entrySet())).isNotNull();
        assertThat(Codecs.encode(heldByJava(map.keySet()))).isNotNull();
        map.clear();
        map.put("self", map);
        assertThat(Codecs.encode(map.entrySet())).isNotNull();
    }
}
