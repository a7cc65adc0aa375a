package io.holdfast.codec;

import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.roundTripInJava;
import static io.holdfast.codec.Codecs.usesKryo;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.EncodedValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import org.junit.jupiter.api.Test;

/** Maps that are more than their entries: with an order of access, compared by identity, with weak keys, with defaults. */
class SpecialMapsTest {
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
            for (Object decoded : List.of(roundTrip(map), roundTripInJava(map))) {
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

    @Test
    void weakHashMap_holdsItsKeysAfterwards() {
        Map<Object, Object> map = new WeakHashMap<>();
        List<Object> key = new ArrayList<>(List.of(1));
        map.put(key, "one");
        for (Object decoded : List.of(Codecs.decode(Codecs.encode(map)), roundTripInJava(map))) {
            System.gc();
            assertThat(decoded).isInstanceOf(WeakHashMap.class).isEqualTo(map);
            EncodedValue again = Codecs.encode(decoded);
            assertThat(Codecs.decode(again)).isEqualTo(map);
            ((Map<?, ?>) decoded).remove(key);
            assertThat(Codecs.encode(decoded)).isNotEqualTo(again);
        }
        assertThat(key).isNotEmpty();
    }

    @Test
    void weakHashMap_thatHoldsItself_isOneMapAfterwards() {
        Map<Object, Object> map = new WeakHashMap<>();
        map.put("self", map);
        for (Object decoded : List.of(Codecs.decode(Codecs.encode(map)), roundTripInJava(map))) {
            assertThat(((Map<?, ?>) decoded).get("self")).isSameAs(decoded);
        }
    }

    @Test
    void propertiesWithDefaults_keepThem() {
        Properties defaults = new Properties();
        defaults.setProperty("inherited", "yes");
        assertThat(roundTrip(new Properties(defaults)).getProperty("inherited")).isEqualTo("yes");
    }
}
