package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.tracking.Use.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JointUsesTest {
    private static final CountingCodec CODEC = new CountingCodec();
    private static final LiveValue CART = new LiveValue("cart", new ArrayList<>(List.of("book")), CODEC);
    private static final LiveValue OTHER_CART = new LiveValue("cart", new ArrayList<>(List.of("pen")), CODEC);

    private final Use one = new Use();
    private final Use other = new Use();

    @Test
    void twoThatHavePutTheSameObject_goTogether() {
        put(one, CART);
        put(other, CART);

        assertTogether(true);
    }

    @Test
    void onesPutOfWhatTheOtherWasHanded_goesWithIt() {
        put(one, CART);
        other.handOut(CART);

        assertTogether(true);
    }

    @Test
    void onesPutOfAnotherObjectThanTheOtherWasHanded_doesNot() {
        put(one, CART);
        other.handOut(OTHER_CART);

        assertTogether(false);
    }

    @Test
    void removalOfWhatTheOtherKnows_doesNot() {
        put(one, null);
        other.handOut(CART);

        assertTogether(false);
    }

    /** What has been replaced is no longer watched. */
    @Test
    void twoPutsOfDifferentObjects_doNot_thoughNobodyWatchesThem() {
        put(one, CART);
        one.forgetHandedOut();
        put(other, OTHER_CART);
        other.forgetHandedOut();

        assertTogether(false);
    }

    @Test
    void putOfAnotherObjectThanTheOneThatBothWereHanded_doesNot_thoughNobodyWatchesIt() {
        put(one, OTHER_CART);
        one.forgetHandedOut();
        one.handOut(CART);
        other.handOut(CART);

        assertTogether(false);
    }

    @Test
    void whatTheOtherDoesNotKnow_goesWithIt() {
        put(one, CART);
        other.handOut(new LiveValue("address", new ArrayList<>(), CODEC));

        assertTogether(true);
    }

    private static void put(Use use, @Nullable LiveValue live) {
        use.wrote("cart", new Write(1, live, use, Set.of(), List.of()));
    }

    private void assertTogether(boolean expected) {
        assertThat(JointUses.goWith(one, List.of(other))).isEqualTo(expected);
        assertThat(JointUses.goWith(other, List.of(one))).isEqualTo(expected);
        assertThat(JointUses.goTogether(List.of(one, other))).isEqualTo(expected);
    }
}
