package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.util.Util;
import io.holdfast.session.EncodedValue;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KryoAttributeCodecTest {
    record Listener(List<String> heard) implements Serializable {}

    private final AttributeCodec codec =
            new KryoAttributeCodec(getClass().getClassLoader(), value -> value instanceof Listener);

    @Test
    void bindingListener_isNotedInBothEncodings() {
        EncodedValue plain = codec.encode(new Listener(List.of()));
        EncodedValue javaSerialized = codec.encode(new Listener(Collections.unmodifiableList(List.of())));
        assertThat(plain.flags()).isEqualTo(0b1000);
        assertThat(javaSerialized.flags()).isEqualTo(0b1001);
        assertThat(codec.isBindingListener(plain)).isTrue();
        assertThat(codec.isBindingListener(javaSerialized)).isTrue();
        assertThat(codec.isBindingListener(codec.encode(List.of()))).isFalse();
        assertThat(codec.decode(plain)).isEqualTo(new Listener(List.of()));
    }

    @Test
    void shortText_costsTwoBytesMoreThanItsLetters() {
        assertThat(codec.encode("text").size()).isLessThanOrEqualTo(4 + 2);
        assertThat(codec.encode(1).size()).isEqualTo(2);
    }

    @Test
    void storedFormat_staysAsItIs() {
        assertThat(codec.encode("text").payload()).isEqualTo(new byte[] {3, 't', 'e', 'x', (byte) ('t' | 0x80)});
        assertThat(codec.encode(-1).payload()).isEqualTo(new byte[] {2, 1});
        assertThat(codec.encode(true).payload()).isEqualTo(new byte[] {5, 1});
        assertThat(codec.encode(1L).payload()).isEqualTo(new byte[] {9, 2});
        assertThat(new String(codec.encode(new Listener(List.of())).payload(), StandardCharsets.ISO_8859_1))
                .isEqualTo("\1\0io.holdfast.codec.KryoAttributeCodecTest$Listene\u00f2"
                        + "\1\1hear\u00e4"
                        + "\1\1@List.o\u00e6\1\0");
        assertThat(new String(codec.encode(DayOfWeek.FRIDAY).payload(), StandardCharsets.ISO_8859_1))
                .isEqualTo("\1\0#java.time.DayOfWee\u00ebFRIDA\u00d9");
    }

    @Test
    void kryo_doesWithoutUnsafe_andTheSettingIsGoneAgain() {
        assertThat(codec.encode("text")).isNotNull();
        assertThat(Util.unsafe).isFalse();
        assertThat(System.getProperty("kryo.unsafe")).isNull();
    }
}
