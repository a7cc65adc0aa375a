package io.holdfast.codec;

import static io.holdfast.codec.Codecs.decode;
import static io.holdfast.codec.Codecs.encode;
import static io.holdfast.codec.Codecs.heldByJava;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that cannot be decoded end in one kind of exception, whatever is wrong with them. */
class UnreadableValuesTest {
    record Item(String name, BigDecimal price, Object held) implements Serializable {}

    @SuppressWarnings("serial") // its contents are serializable
    static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused") // only has to be stored
        private final Object[] contents;

        Cart(Object... contents) {
            this.contents = contents;
        }
    }

    @SuppressWarnings({"UnnecessaryStringBuilder", "IdentityHashMapUsage"}) // what applications hold
    static List<Object> payloads() {
        Map<Object, Object> map = new HashMap<>(Map.of("key", 1L, DayOfWeek.MONDAY, "täxt", 'c', List.of(1, 2)));
        Cart cart = new Cart(
                new Item("name", BigDecimal.TEN, map),
                new ArrayList<>(List.of("a", 2.0, Instant.EPOCH)),
                new int[] {1, 2, 3},
                new byte[] {1},
                new String[] {"x"},
                new long[] {1},
                new boolean[] {true},
                new TreeMap<>(Map.of("b", "c")),
                EnumSet.of(DayOfWeek.FRIDAY),
                BitSet.valueOf(new byte[] {9}),
                new EnumMap<>(Map.of(DayOfWeek.SUNDAY, map)),
                BigInteger.TEN.pow(30),
                new GregorianCalendar(),
                Arrays.asList(1, null),
                new StringBuilder("ß"),
                String.class,
                new double[] {1},
                new char[] {'c'});
        List<Object> javaSerialized = Collections.unmodifiableList(new ArrayList<>(List.of(
                map, new HashSet<>(map.keySet()), new ArrayDeque<>(List.of(1)), new IdentityHashMap<>(map), cart)));
        return List.of("just a text", cart, javaSerialized);
    }

    private static void decodeOrRefuse(EncodedValue value) {
        try {
            assertThat(decode(value)).isNotNull();
        } catch (UnreadableAttributeException e) {
            assertThat(e).hasMessageContaining("unreadable");
        }
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void truncatedPayload_isUnreadable(Object value) {
        EncodedValue encoded = encode(value);
        for (int length = 0; length < encoded.size(); length++) {
            EncodedValue truncated = new EncodedValue(encoded.flags(), Arrays.copyOf(encoded.payload(), length));
            assertThatThrownBy(() -> decode(truncated)).isInstanceOf(UnreadableAttributeException.class);
        }
    }

    @Test
    void decoding_leavesThePayloadAlone() {
        for (Object value : payloads()) {
            EncodedValue encoded = encode(value);
            byte[] truncated = Arrays.copyOf(encoded.payload(), encoded.size() / 2);
            byte[] before = truncated.clone();
            decodeOrRefuse(new EncodedValue(encoded.flags(), truncated));
            assertThat(truncated).isEqualTo(before);
        }
    }

    /** Each announces as many elements as there are bytes; together they would not fit into memory. */
    @Test
    void arraysInArrays_thatAnnounceMoreThanThereIs_areRefused() {
        int depth = 500;
        ByteBuffer payload = ByteBuffer.allocate(1_000_000);
        String name = "[Ljava.lang.Object;";
        for (int i = 0; i < depth; i++) {
            payload.put((byte) 1).put((byte) 0);
            if (i == 0) {
                payload.put(name.substring(0, name.length() - 1).getBytes(StandardCharsets.US_ASCII))
                        .put((byte) (';' | 0x80));
            }
            payload.put((byte) 1).put(new byte[] {(byte) 0xA0, (byte) 0x8D, 0x38}); // 919,200 elements
        }
        assertThatThrownBy(() -> decode(new EncodedValue(ValueFlags.KRYO, payload.array())))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("Underflow");
    }

    @Test
    void classWithAHugeName_isRefusedBeforeAnybodyRemembersIt() {
        byte[] payload = new byte[100_000];
        Arrays.fill(payload, (byte) 'a');
        payload[0] = 1;
        payload[1] = 0;
        payload[payload.length - 1] |= (byte) 0x80;
        assertThatThrownBy(() -> decode(new EncodedValue(ValueFlags.KRYO, payload)))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("a class has a name of 99998 letters");
    }

    static final class Failing implements Serializable {
        private static final long serialVersionUID = 1;

        private Object readResolve() {
            throw new NotImplemented();
        }
    }

    /** As Kotlin and Scala have one. */
    static final class NotImplemented extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void errorOfTheApplication_costsTheAttributeOnly() {
        EncodedValue stored = encode(new Failing());
        assertThatThrownBy(() -> decode(stored))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining(NotImplemented.class.getName());
    }

    @Test
    void bytesLeftOver_areNotIgnored() {
        EncodedValue encoded = encode("text");
        EncodedValue longer = new EncodedValue(0, Arrays.copyOf(encoded.payload(), encoded.size() + 1));
        assertThatThrownBy(() -> decode(longer)).isInstanceOf(UnreadableAttributeException.class);
    }

    @Test
    void unknownFlags_areUnreadable() {
        EncodedValue encoded = encode("text");
        for (int flags : new int[] {2, 3, 4, 7, 1 << 6, 1 << 7, 255}) {
            EncodedValue fromTheFuture = new EncodedValue(flags, encoded.payload());
            assertThatThrownBy(() -> decode(fromTheFuture))
                    .isInstanceOf(UnreadableAttributeException.class)
                    .hasMessage("The stored value is unreadable: a newer version has written it");
        }
    }

    @Test
    void hugeLengthInJavaSerialization_isRefusedBeforeItIsAllocated() {
        EncodedValue encoded = encode(heldByJava(new long[] {1, 2, 3}));
        byte[] payload = encoded.payload().clone();
        int length = payload.length - 3 * Long.BYTES - Integer.BYTES;
        while (payload[length + 3] != 3 || payload[length] != 0) {
            length--;
        }
        payload[length] = 0x7F;
        assertThatThrownBy(() -> decode(new EncodedValue(encoded.flags(), payload)))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void kryoPayload_cannotNameClassesThatAreNeverStored() {
        String className = "java.lang.Thread";
        byte[] payload = new byte[3 + className.length()];
        payload[0] = 1;
        System.arraycopy(className.getBytes(StandardCharsets.US_ASCII), 0, payload, 2, className.length());
        payload[1 + className.length()] |= (byte) 0x80;
        payload[2 + className.length()] = 1;
        assertThatThrownBy(() -> decode(new EncodedValue(0, payload)))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining(className)
                .hasMessageContaining("java.io.Serializable");
    }
}
