package io.holdfast.codec;

import static io.holdfast.codec.Codecs.heldByJava;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which classes may be stored and read. */
class ClassFilterTest {
    @SuppressWarnings("unused") // only has to be stored
    static final class Bean implements Serializable {
        private static final long serialVersionUID = 1;
        private final int number = 1;
    }

    record Point(int x) implements Serializable {}

    enum Color {
        RED
    }

    private static ClassFilter filter(String patterns) {
        return new ClassFilter(Codecs.settings("classFilter", patterns).classFilter());
    }

    private static AttributeCodec codec(String patterns) {
        return Codecs.codec("classFilter", patterns);
    }

    @ParameterizedTest
    @CsvSource({
        "'', com.acme.Cart, true",
        "'', com.mchange.v2.c3p0.PoolBackedDataSource, false",
        "'', '[[Lcom.mchange.v2.c3p0.PoolBackedDataSource;', false",
        "'', com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl, false",
        "'com.mchange.**', com.mchange.v2.c3p0.PoolBackedDataSource, false",
        "'com.mchange.v2.c3p0.PoolBackedDataSource', com.mchange.v2.c3p0.PoolBackedDataSource, true",
        "'com.acme.**;!*', com.acme.Cart, true",
        "'com.acme.**;!*', com.acme.shop.Cart$Item, true",
        "'com.acme.**;!*', '[Lcom.acme.Cart;', true",
        "'com.acme.**;!*', '[Lorg.acme.Cart;', false",
        "'com.acme.**;!*', com.acmeother.Cart, false",
        "'com.acme.*;!*', com.acme.shop.Cart, false",
        "'com.acme.Ca*;!*', com.acme.Cart, true",
        "'com.acme.Ca*;!*', com.acme.Order, false",
        "' com.acme.** ;; !* ', com.acme.Cart, true",
        "'com.acme.**;!*', java.util.ArrayList, true",
        "'com.acme.**;!*', java.util.Collections$UnmodifiableList, true",
        "'com.acme.**;!*', java.time.Ser, true",
        "'com.acme.**;!*', int, true",
        "'com.acme.**;!*', '[[J', true",
        "'com.acme.**;!*', javax.swing.JTree, false",
        "'!java.util.PriorityQueue;com.acme.**;!*', java.util.PriorityQueue, false",
        "'!java.util.**;!*', java.util.ArrayList, false",
        "'!com.acme.secret.**;com.acme.**', com.acme.secret.Cart, false",
        "'!com.acme.secret.**;com.acme.**', com.acme.Cart, true",
        "'!com.acme.secret.**', org.other.Cart, true",
        "'!com.acme.Cart', com.acme.Cart, false",
        "'*', com.mchange.v2.c3p0.PoolBackedDataSource, false",
    })
    void firstRuleThatFits_decides(String patterns, String className, boolean allowed) {
        assertThat(filter(patterns).allows(className)).isEqualTo(allowed);
        assertThat(filter(patterns).allows(className)).isEqualTo(allowed);
    }

    static Stream<Arguments> valuesWithClassesOfOurs() {
        return Stream.<Object>of(
                        new Bean(),
                        new Point(1),
                        Color.RED,
                        new Bean[0],
                        new ArrayList<>(List.of(new Bean())),
                        Map.of("k", new Point(2)),
                        EnumSet.of(Color.RED),
                        Bean.class,
                        heldByJava(new Bean()),
                        heldByJava(Color.RED))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("valuesWithClassesOfOurs")
    void refusedClass_isNeitherStoredNorRead_whereverItStands(Object value) {
        AttributeCodec open = codec("");
        AttributeCodec closed = codec("com.acme.**;!*");
        EncodedValue stored = open.encode(value);

        assertThat(open.decode(stored)).isNotNull();
        assertThatThrownBy(() -> closed.encode(value))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageContaining("ClassFilterTest$")
                .hasMessageContaining("classFilter");
        assertThatThrownBy(() -> closed.decode(stored))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("ClassFilterTest$")
                .hasMessageContaining("the class filter refuses it");
        assertThat(closed.decode(closed.encode(new ArrayList<>(List.of("still", DayOfWeek.MONDAY)))))
                .isEqualTo(List.of("still", DayOfWeek.MONDAY));
    }

    static class Base implements Serializable {
        private static final long serialVersionUID = 1;
    }

    static final class Derived extends Base {
        private static final long serialVersionUID = 1;
    }

    @Test
    void refusedSuperclass_refusesTheClass_inBothEncodings() {
        AttributeCodec closed = codec("!" + Base.class.getName());
        for (Object value : List.of(new Derived(), heldByJava(new Derived()))) {
            EncodedValue stored = codec("").encode(value);
            assertThatThrownBy(() -> closed.encode(value)).isInstanceOf(NotEncodableException.class);
            assertThatThrownBy(() -> closed.decode(stored))
                    .isInstanceOf(UnreadableAttributeException.class)
                    .hasMessageContaining("the class filter refuses it");
        }
    }

    @Test
    void jdkDataTypes_needNoPattern_inBothEncodings() {
        AttributeCodec codec = codec("com.acme.**;!*");
        List<Object> data =
                new ArrayList<>(List.of(Optional.of(1), new HashMap<>(Map.of("k", 1L)).keySet(), Locale.ROOT));
        for (Object value : List.of(data, Collections.synchronizedList(new ArrayList<>(data)))) {
            assertThat(codec.decode(codec.encode(value))).hasToString(value.toString());
        }
    }

    @Test
    void unwantedRoot_isNotCreated() {
        AttributeCodec codec = codec("");
        for (Object value : List.of(new Bean(), "text", Collections.unmodifiableList(new ArrayList<>()))) {
            EncodedValue stored = codec.encode(value);
            assertThat(codec.decode(stored, value.getClass().getName()::equals)).isNotNull();
            assertThatThrownBy(() -> codec.decode(stored, "com.acme.Cart"::equals))
                    .isInstanceOfSatisfying(
                            UnreadableAttributeException.class,
                            e -> assertThat(e.className())
                                    .isEqualTo(value.getClass().getName()));
        }
    }

    @ParameterizedTest
    @CsvSource({"com.acme..Cart", "com/acme/Cart", "maxdepth=3", "!", "com.acme.***", "*.acme", "com acme"})
    void patternOfAnotherShape_stopsTheStart(String pattern) {
        assertThatThrownBy(() -> codec("com.acme.*;" + pattern))
                .hasMessageContaining("classFilter=\"com.acme.*;" + pattern + "\"")
                .hasMessageContaining("package.**");
    }

    @Test
    void documentation_listsTheKnownGadgets() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "serialization.md"));
        String missing = String.join(
                ", ",
                KnownGadgets.patterns().stream()
                        .map(pattern -> "`" + pattern.text() + "`")
                        .filter(text -> !page.contains(text))
                        .toList());
        assertThat(missing).isEmpty();
        assertThat(page.toLowerCase(Locale.ROOT)).contains("known gadgets");
    }
}
