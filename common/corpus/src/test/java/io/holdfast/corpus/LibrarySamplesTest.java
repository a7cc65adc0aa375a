package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application does to a library's object in its session is seen, and arrives on another node. */
class LibrarySamplesTest {
    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(LibrarySamplesTest.class.getClassLoader(), value -> false);

    private static OtherLoader otherLoader;
    private static KryoAttributeCodec otherNode;

    @BeforeAll
    static void loadAgain() {
        otherLoader = new OtherLoader();
        otherNode = new KryoAttributeCodec(otherLoader.loader(), value -> false);
    }

    @AfterAll
    static void close() throws IOException {
        otherLoader.close();
    }

    static Stream<LibrarySample<?>> changeable() {
        return LibrarySamples.typed().stream().filter(sample -> sample.change() != null);
    }

    @ParameterizedTest
    @MethodSource("changeable")
    void aChange_isNoticedAndKept(LibrarySample<?> typed) {
        Sample sample = typed.asSample();
        Object live = CODEC.decode(CODEC.encode(sample.maker().get()));
        EncodedValue baseline = CODEC.encode(live);
        String before = sample.portrait().apply(live);

        typed.applyChange(live);

        EncodedValue changed = CODEC.encode(live);
        assertThat(changed).isNotEqualTo(baseline);
        String after = sample.portrait().apply(live);
        assertThat(after).isNotEqualTo(before);
        assertThat(otherLoader.portraitOf(sample, otherNode.decode(changed))).isEqualTo(after);
    }
}
