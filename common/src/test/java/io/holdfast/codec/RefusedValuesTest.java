package io.holdfast.codec;

import static io.holdfast.codec.Codecs.heldByJava;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be stored is refused as a whole, and the message helps to find it. */
@SuppressWarnings({"serial", "unused"}) // the point of these classes
class RefusedValuesTest {
    static final class Connection {
        private final String password = "hunter2";

        @Override
        public String toString() {
            return password;
        }
    }

    record Plain(int number) {}

    record Holder(Object held) implements Serializable {}

    static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<Object> items = new ArrayList<>();
    }

    static class NeedsArgument {
        NeedsArgument(int argument) {}
    }

    static final class Unreconstructable extends NeedsArgument implements Serializable {
        private static final long serialVersionUID = 1;

        Unreconstructable() {
            super(1);
        }
    }

    static List<Object> notSerializable() {
        Runnable lambda = () -> {};
        return List.of(
                new Connection(),
                new Plain(1),
                new Object(),
                Thread.currentThread(),
                lambda,
                RefusedValuesTest.class.getClassLoader(),
                new ByteArrayInputStream(new byte[0]),
                Thread.State.class.getModule());
    }

    @ParameterizedTest
    @MethodSource("notSerializable")
    void objectThatIsNotSerializable_isRefused_byNameOfItsClass(Object value) {
        assertThatThrownBy(() -> Codecs.encode(value))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageStartingWith(value.getClass().getName() + " cannot be stored: ");
    }

    @Test
    void objectHeldByOthers_isRefused_withTheWayToIt() {
        Cart cart = new Cart();
        cart.items.add(new Holder(new Connection()));
        assertThatThrownBy(() -> Codecs.encode(cart))
                .isInstanceOf(NotEncodableException.class)
                .hasMessage("io.holdfast.codec.RefusedValuesTest$Connection cannot be stored: "
                        + "it does not implement java.io.Serializable; it is in Cart.items > Holder.held");
    }

    @Test
    void objectHeldByJavaSerializedOnes_isRefused_byNameOfItsClass() {
        List<Object> value = heldByJava(new Connection());
        assertThatThrownBy(() -> Codecs.encode(value))
                .isInstanceOfSatisfying(
                        NotEncodableException.class,
                        e -> assertThat(e.className()).isEqualTo(Connection.class.getName()))
                .hasMessageContaining("it is in a java.util.Collections$Unmodifiable");
    }

    @Test
    void message_neverShowsValues() {
        assertThatThrownBy(() -> Codecs.encode(Map.of("hunter2", new Connection())))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void classThatCouldBeWrittenButNotRead_isRefused() {
        assertThatThrownBy(() -> Codecs.encode(new Unreconstructable()))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageContaining("Unreconstructable");
    }

    @Test
    void objectBuiltAtOnceThatContainsItself_isRefused() {
        List<Object> list = new ArrayList<>();
        for (Object frozen : List.of(
                new Holder(list),
                List.of(list),
                Map.of("k", list),
                Optional.of(list),
                Collections.singletonList(list))) {
            list.clear();
            list.add(frozen);
            assertThatThrownBy(() -> Codecs.encode(frozen))
                    .isInstanceOf(NotEncodableException.class)
                    .hasMessageContaining("it contains itself");
        }
    }

    @Test
    void tooDeepGraph_isRefused() {
        List<Object> plain = new ArrayList<>();
        List<Object> unmodifiable = Collections.emptyList();
        for (int i = 0; i < 100_000; i++) {
            plain = new ArrayList<>(Arrays.asList(plain));
            unmodifiable = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(unmodifiable)));
        }
        for (Object value : List.of(new Holder(plain), new Holder(unmodifiable))) {
            assertThatThrownBy(() -> Codecs.encode(value))
                    .isInstanceOf(NotEncodableException.class)
                    .hasMessageContaining("it is nested");
        }
    }

    @Test
    void codeOfTheApplicationThatFails_isReportedWithoutItsMessage() {
        assertThatThrownBy(() -> Codecs.encode(new FailingList()))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageNotContaining("hunter2")
                .hasRootCauseMessage("hunter2");
    }

    static final class FailingList extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        private Object writeReplace() {
            throw new IllegalStateException("hunter2");
        }
    }
}
