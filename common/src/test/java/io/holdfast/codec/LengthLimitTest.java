package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No attribute gets longer than the setting allows, in both encodings. */
class LengthLimitTest {
    private static AttributeCodec codec(int maxBytes) {
        return Codecs.codec("maxAttributeBytes", String.valueOf(maxBytes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void longerValue_isNeitherStoredNorRead(boolean javaSerialized) {
        List<byte[]> plain = new ArrayList<>(List.of(new byte[5_000]));
        Object value = javaSerialized ? Collections.unmodifiableList(plain) : plain;
        EncodedValue stored = codec(6_000).encode(value);

        assertThat(codec(stored.size()).encode(value)).isEqualTo(stored);
        assertThat(codec(stored.size()).decode(stored)).isNotNull();
        AttributeCodec shorter = codec(stored.size() - 1);
        assertThatThrownBy(() -> shorter.encode(value))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageContaining(value.getClass().getName())
                .hasMessageContaining("longer than " + (stored.size() - 1) + " bytes")
                .hasMessageContaining("maxAttributeBytes");
        assertThatThrownBy(() -> shorter.decode(stored))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("maxAttributeBytes");
        assertThat(shorter.decode(shorter.encode("still working"))).isEqualTo("still working");
    }
}
