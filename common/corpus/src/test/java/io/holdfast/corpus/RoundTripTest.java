package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read, by classes of another loader, is what was stored: nothing an application could notice is missing. */
class RoundTripTest {
    private static final KryoAttributeCodec HERE =
            new KryoAttributeCodec(RoundTripTest.class.getClassLoader(), value -> false);

    private static OtherLoader otherLoader;
    private static KryoAttributeCodec there;

    static List<Sample> samples() {
        return Corpus.all();
    }

    @BeforeAll
    static void loadAgain() {
        otherLoader = new OtherLoader();
        there = new KryoAttributeCodec(otherLoader.loader(), value -> false);
    }

    @AfterAll
    static void close() throws IOException {
        otherLoader.close();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void decodedInAnotherLoader_looksLikeTheOriginal(Sample sample) {
        Object original = sample.maker().get();
        String portrait = sample.portrait().apply(original);
        EncodedValue encoded = HERE.encode(original);
        Object decoded = there.decode(encoded);

        assertThat(sample.portrait().apply(original))
                .as("original, after encoding")
                .isEqualTo(portrait);
        if (decoded.getClass().getPackageName().equals(RoundTripTest.class.getPackageName())) {
            assertThat(decoded.getClass().getClassLoader()).isSameAs(otherLoader.loader());
        }
        String decodedPortrait = otherLoader.portraitOf(sample, decoded);
        assertThat(decodedPortrait).isEqualTo(portrait);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void portrait_isTheSameForEachInstance(Sample sample) {
        assertThat(sample.portrait().apply(sample.maker().get()))
                .isEqualTo(sample.portrait().apply(sample.maker().get()))
                .isEqualTo(Corpus.portraitOf(sample.name(), sample.maker().get()));
    }

    @Test
    void listsOfExceptions_nameSamples() {
        assertThat(KnownLimits.unknown()).isEmpty();
        assertThat(FixedValues.unknown()).isEmpty();
    }
}
