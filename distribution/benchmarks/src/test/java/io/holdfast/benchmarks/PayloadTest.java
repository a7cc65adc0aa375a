package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.holdfast.benchmarks.Encoding.Encoder;
import io.holdfast.benchmarks.payload.Payload;
import io.holdfast.session.EncodedValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PayloadTest {
    private static final ClassLoader LOADER = PayloadTest.class.getClassLoader();

    @ParameterizedTest
    @CsvSource({"CART, 1000", "ACCOUNT, 10000", "RESULTS, 100000"})
    void size_isAboutWhatItsTitleSays(Payload payload, int bytes) {
        assertThat(Report.size(payload, Encoding.HOLDFAST)).isCloseTo(bytes, withinPercentage(20));
    }

    @ParameterizedTest
    @EnumSource
    void decode_givesWhatWasEncoded(Payload payload) {
        for (Encoding encoding : Encoding.values()) {
            Encoder encoder = encoding.encoder(LOADER);
            assertThat(encoder.decode(encoder.encode(payload.make())))
                    .as("%s", encoding)
                    .usingRecursiveComparison()
                    .isEqualTo(payload.make());
        }
    }

    /** Else the comparison would be one of Java serialization with itself. */
    @ParameterizedTest
    @EnumSource
    void holdfast_needsNoJavaSerialization(Payload payload) {
        EncodedValue encoded = Encoding.HOLDFAST.encoder(LOADER).encode(payload.make());
        assertThat(encoded.flags()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void unchangedValue_equalsItsBaseline(Payload payload) {
        Object value = payload.make();
        for (Encoding encoding : Encoding.values()) {
            Encoder encoder = encoding.encoder(LOADER);
            assertThat(encoder.encode(value)).isEqualTo(encoder.encode(value));
        }
    }
}
