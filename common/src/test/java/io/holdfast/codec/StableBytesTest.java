package io.holdfast.codec;

import static io.holdfast.codec.Codecs.decode;
import static io.holdfast.codec.Codecs.encode;
import static io.holdfast.codec.Codecs.heldByJava;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.EncodedValue;
import java.io.Serializable;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes are found by comparing bytes, so bytes differ if, and only if, the object has changed. */
@SuppressWarnings("JdkObsolete") // what applications use
class StableBytesTest {
    @SuppressWarnings("serial") // its list is serializable
    static final class Bean implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused") // only has to be stored
        private int count;

        private final List<String> names = new ArrayList<>(List.of("a"));
    }

    static List<Object> manyKinds() {
        List<Object> kinds = new ArrayList<>();
        for (int size : new int[] {1, 10, 100, 1_000}) {
            for (Map<Object, Object> map : List.of(
                    new HashMap<>(),
                    new HashMap<>(4 * size),
                    new ConcurrentHashMap<>(),
                    new Hashtable<>(),
                    new IdentityHashMap<>(),
                    new TreeMap<>())) {
                for (int i = 0; i < size; i++) {
                    map.put("key" + i, new ArrayList<>(List.of(i)));
                }
                kinds.add(map);
                kinds.add(Collections.unmodifiableMap(map));
            }
        }
        Map<Object, Object> byIdentity = new HashMap<>();
        IntStream.range(0, 100).forEach(i -> byIdentity.put(new Object[0], i));
        kinds.add(byIdentity);
        kinds.add(IntStream.range(0, 50).boxed().collect(Collectors.toUnmodifiableMap(i -> "k" + i, i -> i)));
        kinds.add(Set.copyOf(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
        kinds.add(new HashSet<>(List.of(DayOfWeek.values())));
        kinds.add(new EnumMap<>(DayOfWeek.class));
        kinds.add(new Bean());
        kinds.add(new IllegalStateException("with a stack trace"));
        return kinds;
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("manyKinds")
    void unchangedObject_givesTheSameBytesEachTime_whateverWasEncodedInBetween(Object value) {
        assertStable(value);
        assertStable(decode(encode(value)));
    }

    private static void assertStable(Object value) {
        byte[] before = encode(value).payload();
        for (Object other : List.of(new Bean(), "text", Map.of("a", 1))) {
            decode(encode(other));
        }
        assertThat(encode(value).payload()).isEqualTo(before);
        assertThat(Codecs.codec(StableBytesTest.class.getClassLoader())
                        .encode(value)
                        .payload())
                .as("by another Kryo")
                .isEqualTo(before);
    }

    @Test
    void objectChangedInPlace_givesOtherBytes() {
        Bean bean = new Bean();
        byte[] before = encode(bean).payload();
        bean.count++;
        byte[] afterwards = encode(bean).payload();
        assertThat(afterwards).isNotEqualTo(before);
        bean.names.add("b");
        assertThat(encode(bean).payload()).isNotEqualTo(afterwards);

        Map<String, Bean> map = new ConcurrentHashMap<>(Map.of("bean", bean));
        byte[] mapBefore = encode(map).payload();
        bean.names.set(0, "c");
        assertThat(encode(map).payload()).isNotEqualTo(mapBefore);
    }

    @Test
    void equalTexts_encodeLikeOneText() {
        String one = "text";
        String equal = String.copyValueOf(one.toCharArray());
        assertThat(encode(new ArrayList<>(List.of(one, equal))).payload())
                .isEqualTo(encode(new ArrayList<>(List.of(one, one))).payload());
    }

    @Test
    void url_thatWasAskedForItsHashCode_isNoOther_inBothEncodings() throws Exception {
        URL url = new URI("http://127.0.0.1/a").toURL();
        for (Object value : List.of(url, heldByJava(url))) {
            EncodedValue before = encode(value);
            assertThat(url.hashCode()).isNotZero();
            assertThat(encode(value)).isEqualTo(before);
        }
    }
}
