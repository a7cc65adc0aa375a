package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libraries leave in sessions has to come back on another node as it was, and be written when it has changed. */
class LibrarySamplesTest {
    private static final int CYCLES = 10;

    /** What does not work yet, and why. */
    private static final Map<String, String> NOT_YET = Map.of(
            "Jetty HttpURI, not asked yet",
            "it keeps what it is asked for in fields that are not transient, so asking it looks like a change");

    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(LibrarySamplesTest.class.getClassLoader(), value -> false);

    private static URLClassLoader otherLoader;
    private static OtherNode otherNode;

    @BeforeAll
    static void startOtherNode() throws ReflectiveOperationException {
        otherLoader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        otherNode = new OtherNode(otherLoader);
    }

    @AfterAll
    static void stopOtherNode() throws IOException {
        otherLoader.close();
    }

    private static URL[] classPath() {
        return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
                .splitAsStream(System.getProperty("java.class.path"))
                .map(LibrarySamplesTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Stream<Sample> working() {
        return LibrarySamples.all().stream().filter(sample -> !NOT_YET.containsKey(sample.name()));
    }

    static Stream<Sample> notYet() {
        return LibrarySamples.all().stream().filter(sample -> NOT_YET.containsKey(sample.name()));
    }

    static Stream<LibrarySample<?>> changeable() {
        return LibrarySamples.typed().stream().filter(sample -> sample.change() != null);
    }

    @Test
    void names_areUnique() {
        Map<String, List<Sample>> byName = LibrarySamples.all().stream().collect(Collectors.groupingBy(Sample::name));
        assertThat(byName.values()).allSatisfy(samples -> assertThat(samples).hasSize(1));
        assertThat(byName.keySet()).containsAll(NOT_YET.keySet());
    }

    @ParameterizedTest
    @MethodSource("working")
    void anotherNode_seesTheSameValue(Sample sample) throws ReflectiveOperationException {
        Object value = sample.maker().get();
        String portrait = sample.portrait().apply(value);

        EncodedValue encoded = CODEC.encode(value);

        assertThat(otherNode.portraitOf(sample.name(), encoded)).isEqualTo(portrait);
        assertThat(sample.portrait().apply(sample.maker().get())).isEqualTo(portrait);
    }

    @ParameterizedTest
    @MethodSource("working")
    void readingIt_changesNothing(Sample sample) {
        Object made = sample.maker().get();
        EncodedValue encoded = CODEC.encode(made);
        String portrait = sample.portrait().apply(made);
        assertThat(CODEC.encode(made)).isEqualTo(encoded);

        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Object live = CODEC.decode(encoded);
            EncodedValue baseline = CODEC.encode(live);

            assertThat(sample.portrait().apply(live)).isEqualTo(portrait);
            assertThat(CODEC.encode(live)).isEqualTo(baseline);
            encoded = baseline;
        }
    }

    @ParameterizedTest
    @MethodSource("changeable")
    void aChange_isNoticedAndKept(LibrarySample<?> typed) throws ReflectiveOperationException {
        Sample sample = typed.asSample();
        Object live = CODEC.decode(CODEC.encode(sample.maker().get()));
        EncodedValue baseline = CODEC.encode(live);
        String before = sample.portrait().apply(live);

        typed.applyChange(live);

        EncodedValue changed = CODEC.encode(live);
        assertThat(changed).isNotEqualTo(baseline);
        String after = sample.portrait().apply(live);
        assertThat(after).isNotEqualTo(before);
        assertThat(otherNode.portraitOf(sample.name(), changed)).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("notYet")
    void whatDoesNotWorkYet_stillDoesNot(Sample sample) {
        assertThatThrownBy(() -> {
                    anotherNode_seesTheSameValue(sample);
                    readingIt_changesNothing(sample);
                })
                .as(NOT_YET.get(sample.name()))
                .isInstanceOfAny(AssertionError.class, NotEncodableException.class, UnreadableAttributeException.class);
    }

    /** An application of the same classes in another class loader. */
    private static final class OtherNode {
        private final KryoAttributeCodec codec;
        private final Map<String, Object> samples;

        OtherNode(ClassLoader loader) throws ReflectiveOperationException {
            codec = new KryoAttributeCodec(loader, value -> false);
            var all = loader.loadClass(LibrarySamples.class.getName()).getDeclaredMethod("all");
            all.setAccessible(true);
            samples =
                    ((List<?>) all.invoke(null)).stream().collect(Collectors.toMap(Object::toString, sample -> sample));
        }

        String portraitOf(String name, EncodedValue encoded) throws ReflectiveOperationException {
            Object sample = samples.get(name);
            var portrait = sample.getClass().getDeclaredMethod("portrait");
            portrait.setAccessible(true);
            @SuppressWarnings("unchecked") // Function is the JDK's, in whatever loader the sample is
            var function = (Function<Object, String>) portrait.invoke(sample);
            Object decoded = codec.decode(encoded);
            assertThat(decoded.getClass().getClassLoader()).isNotEqualTo(LibrarySamplesTest.class.getClassLoader());
            return function.apply(decoded);
        }
    }
}
