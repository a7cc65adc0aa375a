package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.tracking.Use.NewObject;
import io.holdfast.tracking.Use.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UseTest {
    private static final CountingCodec CODEC = new CountingCodec();
    private static final LiveValue CART = new LiveValue("cart", new ArrayList<>(List.of("book")), CODEC);

    /** All that may be the first thing that a use notes. */
    static Stream<Consumer<Use>> firstNotes() {
        return Stream.of(
                use -> use.handOut(CART),
                use -> use.watch(CART),
                use -> use.suspect(List.of(CART)),
                use -> use.suspect(List.of()),
                use -> use.wrote("cart", new Write(1, CART, use, Set.of(), List.of())),
                use -> use.wrote("cart", new Write(1, null, use, Set.of(), List.of())),
                use -> use.noteNewOfOther(CART, new NewObject(Optional.empty(), use)),
                Use::forgetNewOfOthers,
                Use::forgetHandedOut,
                use -> use.forgetReplaced("cart", live -> true),
                use -> use.forgetWrite("cart", 7),
                use -> use.takeBack("cart", new Write(1, null, use, Set.of(), List.of())));
    }

    @ParameterizedTest
    @MethodSource("firstNotes")
    void whatOneUseNotes_noOtherOneKnows(Consumer<Use> note) {
        note.accept(new Use());

        Use other = new Use();
        assertThat(other.isEmpty()).isTrue();
        assertThat(other.knows("cart")).isFalse();
        assertThat(other.wasHanded("cart")).isFalse();
        assertThat(other.lastHandedOut("cart")).isNull();
        assertThat(other.handedOut()).isEmpty();
        assertThat(other.writes()).isEmpty();
        assertThat(other.suspects()).isEmpty();
        assertThat(other.newOfOthers()).isEmpty();
        assertThat(other.hasWithdrawn()).isFalse();
    }
}
