package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.merge.MergeResult;
import io.holdfast.merge.MergeResult.Merged;
import io.holdfast.merge.Mergers;
import io.holdfast.merge.ThreeWayMerge;
import io.holdfast.session.EncodedValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one side changed in a value is in the result of a merge, or the result says that it is not. */
class MergeTest {
    private static final long SEED = 20_260_101;
    private static final int ROUNDS = 20;

    /**
     * Two changes of these cannot both be seen: they remove entries by rules of their own, know themselves by their elements,
     * are changed in a way that breaks them, or add up what was counted.
     */
    private static final List<String> WITH_RULES = List.of(
            "LRUMap",
            "order of access",
            "BidiMap",
            "knows the set",
            "ListOrdered",
            "PassiveExpiringMap",
            "concurrent: AtomicInteger",
            "concurrent: AtomicLong",
            "concurrent: LongAdder");

    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(MergeTest.class.getClassLoader(), value -> false);

    private static final ThreeWayMerge MERGE = new ThreeWayMerge(CODEC, Mergers.NONE);

    static List<Sample> samples() {
        return Corpus.all();
    }

    static List<Sample> samplesWithoutRules() {
        return Corpus.all().stream()
                .filter(sample -> WITH_RULES.stream().noneMatch(sample.name()::contains))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void changeOfAValueInAMap_isNotLostToAChangeBesideIt(Sample sample) {
        Random random = new Random(SEED);
        EncodedValue stored = CODEC.encode(sample.maker().get());
        for (int round = 0; round < ROUNDS; round++) {
            Object before = CODEC.decode(stored);
            Object after = CODEC.decode(stored);
            Optional<Place> place = change(sample, after, random);
            EncodedValue changed = CODEC.encode(map(after, 0));
            place.ifPresent(MergeTest::undo);
            if (place.isEmpty() || !isReadable(changed)) {
                continue;
            }
            EncodedValue base = CODEC.encode(map(before, 0));
            EncodedValue beside = CODEC.encode(map(before, 1));
            Object expected = map(CODEC.decode(changed)).get("value");
            String what = sample + ", round " + round + ": " + place.get().description();

            assertBoth(sample, merge(base, changed, beside), expected, what + ", by us");
            assertBoth(sample, merge(base, beside, changed), expected, what + ", by them");
        }
    }

    private static void assertBoth(Sample sample, MergeResult result, Object changed, String what) {
        assertThat(result).as(what).isInstanceOf(Merged.class);
        assertThat(((Merged) result).notes()).as(what).isEmpty();
        Map<?, ?> merged = map(CODEC.decode(((Merged) result).value()));
        assertThat(merged.get("beside")).as(what).isEqualTo(1);
        if (!CODEC.encode(merged.get("value")).equals(CODEC.encode(changed))) {
            assertThat(sample.portrait().apply(merged.get("value")))
                    .as(what)
                    .isEqualTo(sample.portrait().apply(changed));
        }
    }

    @ParameterizedTest
    @MethodSource("samplesWithoutRules")
    void twoChanges_areBothInTheResult_orItSaysThatTheyAreNot(Sample sample) {
        Random random = new Random(SEED);
        EncodedValue base = CODEC.encode(sample.maker().get());
        for (int round = 0; round < ROUNDS; round++) {
            Object our = CODEC.decode(base);
            Object their = CODEC.decode(base);
            Optional<Place> ourPlace = change(sample, our, random);
            Optional<Place> theirPlace = change(sample, their, random);
            EncodedValue ours = CODEC.encode(our);
            EncodedValue theirs = CODEC.encode(their);
            theirPlace.ifPresent(MergeTest::undo);
            ourPlace.ifPresent(MergeTest::undo);
            if (ourPlace.isEmpty() || theirPlace.isEmpty() || !isReadable(ours) || !isReadable(theirs)) {
                continue;
            }
            MergeResult result = merge(base, ours, theirs);
            if (result instanceof Merged merged && merged.notes().isEmpty()) {
                Set<EncodedValue> parts = partsOf(merged.value());
                Set<EncodedValue> missing = partsOf(ours);
                missing.addAll(partsOf(theirs));
                missing.removeAll(partsOf(base));
                missing.removeAll(parts);
                assertThat(missing)
                        .as(sample + ", round " + round + ": " + ourPlace.get().description() + " and "
                                + theirPlace.get().description())
                        .isEmpty();
            }
        }
    }

    private static Optional<Place> change(Sample sample, Object value, Random random) {
        Optional<Place> place = Corpus.mutator(sample, random).place(value);
        place.ifPresent(found -> found.change().run());
        return place;
    }

    /** Libraries may hold in static fields what was changed. */
    private static void undo(Place place) {
        if (place.undo() != null) {
            place.undo().run();
        }
    }

    /** Some changes that no application could make leave something that cannot be read again. */
    private static boolean isReadable(EncodedValue value) {
        try {
            return CODEC.decode(value) != null;
        } catch (UnreadableAttributeException e) {
            return false;
        }
    }

    /** The keys of a map, the elements of a collection, or the value itself. */
    private static Set<EncodedValue> partsOf(EncodedValue value) {
        Object decoded = CODEC.decode(value);
        Collection<?> parts = decoded instanceof Map<?, ?> map
                ? map.keySet()
                : decoded instanceof Collection<?> collection ? collection : List.of(decoded);
        Set<EncodedValue> encoded = new HashSet<>();
        parts.forEach(part -> encoded.add(CODEC.encode(Arrays.asList(part))));
        return encoded;
    }

    private static Map<String, Object> map(Object value, int beside) {
        return new HashMap<>(Map.of("value", value, "beside", beside));
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static MergeResult merge(EncodedValue base, EncodedValue ours, EncodedValue theirs) {
        return MERGE.merge(base, ours, theirs, className -> true);
    }
}
