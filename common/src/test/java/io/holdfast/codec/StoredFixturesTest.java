package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.Serializer;
import io.holdfast.codec.FixtureClasses.Listener;
import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions outlive updates of Holdfast: what an earlier release has stored stays readable. The files in
 * {@link StoredFixture#DIRECTORY} hold what releases have stored; they are never changed and never deleted.
 *
 * <p>For another value, add it to {@link JdkFixtures} or {@link ApplicationFixtures}, with a class of its own in
 * {@link FixtureClasses} if it needs one, and run this test once with {@code -Dholdfast.fixtures.write=true}: that writes the
 * files that are missing, and leaves those alone that are there.
 */
class StoredFixturesTest {
    private static final String WRITE_MISSING = "holdfast.fixtures.write";

    private static final String FORMAT_CHANGED = "The value is stored in other bytes than before: the stored format has"
            + " changed. While an application is updated, nodes of the release before must still read what this one writes"
            + " (docs/storage-format.md, \"Formats and updates\": a change that an older release would misread gets a new"
            + " number). If they do, add a fixture with the new bytes, and keep this one for reading only.";

    private static final AttributeCodec CODEC =
            new KryoAttributeCodec(StoredFixturesTest.class.getClassLoader(), value -> value instanceof Listener);

    static List<StoredFixture> fixtures() {
        return Stream.concat(JdkFixtures.all(), ApplicationFixtures.all()).toList();
    }

    static List<StoredFixture> fixturesWithTheSameBytes() {
        return fixtures().stream().filter(StoredFixture::sameBytes).toList();
    }

    @BeforeAll
    static void writeMissing() {
        for (StoredFixture fixture : fixtures()) {
            if (Boolean.getBoolean(WRITE_MISSING) && Files.notExists(fixture.file())) {
                fixture.save(CODEC.encode(fixture.value().get()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatWasStored_isStillRead(StoredFixture fixture) {
        assertThat(fixture.file()).as("write it with -D%s=true", WRITE_MISSING).exists();
        Object expected = fixture.read().get();

        Object decoded = CODEC.decode(fixture.load());

        assertThat(Portrait.of(decoded)).isEqualTo(Portrait.of(expected));
        if (ImmutableTypes.isValue(expected.getClass()) && !(expected instanceof Pattern)) {
            assertThat(decoded).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("fixturesWithTheSameBytes")
    void value_isStillStoredInTheSameBytes(StoredFixture fixture) {
        EncodedValue stored = CODEC.encode(fixture.value().get());
        assertThat(fixture.text(stored)).as(FORMAT_CHANGED).isEqualTo(fixture.text(fixture.load()));
    }

    @Test
    void wishToHearOfBinding_isStillRead() {
        StoredFixture listener = fixtures().stream()
                .filter(fixture -> fixture.value().get() instanceof Listener)
                .findFirst()
                .orElseThrow();
        assertThat(CODEC.isBindingListener(listener.load())).isTrue();
    }

    @Test
    void everyClassOfTheJdkThatKryoStores_hasAFixture() throws Exception {
        List<Class<?>> covered =
                fixtures().stream().<Class<?>>map(StoredFixturesTest::entryFor).toList();
        assertThat(covered)
                .as("classes with fixtures; add those that are missing to JdkFixtures, see the comment of this class")
                .containsAll(entries());
    }

    private static Class<?> entryFor(StoredFixture fixture) {
        Object value = fixture.value().get();
        return value instanceof EnumSet ? EnumSet.class : value.getClass();
    }

    @SuppressWarnings("unchecked") // as it is declared
    private static Iterable<Class<?>> entries() throws ReflectiveOperationException {
        Field table = JdkSerializers.class.getDeclaredField("BY_EXACT_CLASS");
        table.setAccessible(true);
        return ((Map<Class<?>, Serializer<?>>) table.get(null)).keySet();
    }

    @Test
    void everyFile_isTested() throws IOException {
        try (Stream<Path> files = Files.list(StoredFixture.DIRECTORY)) {
            assertThat(files)
                    .containsExactlyInAnyOrderElementsOf(
                            fixtures().stream().map(StoredFixture::file).toList());
        }
    }
}
