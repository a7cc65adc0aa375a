package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is changed in a value changes what it encodes to; what is changed back is no change. */
class MutationIsSeenTest {
    private static final long SEED = 20_260_101;
    private static final int ROUNDS = 50;

    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(MutationIsSeenTest.class.getClassLoader(), value -> false);

    static List<Sample> samples() {
        return Corpus.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void eachChange_givesOtherBytes_andItsUndoingTheSameAgain(Sample sample) {
        Mutator mutator = Corpus.mutator(sample, new Random(SEED));
        Object made = sample.maker().get();
        EncodedValue stored = CODEC.encode(made);
        if (CODEC.isImmutable(made) || FixedValues.contains(sample)) {
            assertThat(mutator.place(made))
                    .as("what can be changed in a fixed value")
                    .isEmpty();
            assertThat(mutator.place(CODEC.decode(stored)))
                    .as("what can be changed, decoded")
                    .isEmpty();
            return;
        }
        Optional<Place> inMade = mutator.place(made); // none in a view, which comes back as a collection of its own
        inMade.ifPresent(place -> changeAndUndo(made, place, sample + ", as made: " + place.description()));
        Object live = CODEC.decode(stored);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Place> place = mutator.place(live);
            assertThat(place).as("something to change in " + sample).isPresent();
            String what = sample + ", round " + round + ", seed " + SEED + ": "
                    + place.get().description();
            boolean asBefore = changeAndUndo(live, place.get(), what);
            live = asBefore && round % 10 != 0 ? live : CODEC.decode(stored);
        }
    }

    /** True when the value is again exactly what it was. */
    private static boolean changeAndUndo(Object live, Place place, String what) {
        EncodedValue baseline = CODEC.encode(live);
        place.change().run();
        assertThat(CODEC.encode(live)).as(what).isNotEqualTo(baseline);
        Runnable undo = place.undo();
        if (undo == null) {
            return false;
        }
        undo.run();
        if (place.exact()) {
            assertThat(CODEC.encode(live)).as(what + ", undone").isEqualTo(baseline);
        }
        return place.exact();
    }
}
