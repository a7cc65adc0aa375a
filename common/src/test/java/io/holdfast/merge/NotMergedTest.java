package io.holdfast.merge;

import static io.holdfast.merge.Merges.CODEC;
import static io.holdfast.merge.Merges.changed;
import static io.holdfast.merge.Merges.merge;
import static io.holdfast.merge.Merges.merged;
import static io.holdfast.merge.Merges.notes;
import static io.holdfast.merge.Merges.reason;
import static io.holdfast.merge.Merges.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.session.EncodedValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be merged says why, with classes and counts, and never with anything the application keeps secret. */
class NotMergedTest {
    private static final String SECRET = "s3cret";

    /** Of its own equals it has none. */
    static final class Anonymous implements Serializable {
        private static final long serialVersionUID = 1;
        private int number;

        Anonymous(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return SECRET + number;
        }
    }

    /** Equal to what is equal, but never found again. */
    static final class Restless implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public boolean equals(Object other) {
            return other instanceof Restless;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Cannot be compared. */
    static final class Failing implements Serializable {
        private static final long serialVersionUID = 1;
        private final int kind;

        Failing(int kind) {
            this.kind = kind;
        }

        @Override
        public boolean equals(Object other) {
            if (kind == 0) {
                throw new IllegalStateException(SECRET);
            }
            return other instanceof Failing;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** An application's own counter. */
    static final class Clicks extends AtomicInteger {
        private static final long serialVersionUID = 1;
    }

    private record Price(String text) implements Serializable {}

    @Test
    void equalsThatIsMissing_namesTheClass() {
        Set<Anonymous> set = new HashSet<>(Set.of(new Anonymous(1)));
        assertThat(reason(merge(set, one -> one.add(new Anonymous(2)), one -> one.add(new Anonymous(3)))))
                .isEqualTo(Anonymous.class.getName() + " defines no equals, so its elements cannot be compared");

        Map<Object, Integer> map = new HashMap<>(Map.of("a", 1, new Anonymous(1), 1));
        assertThat(reason(merge(map, one -> one.put("b", 1), one -> one.put("c", 1))))
                .isEqualTo(Anonymous.class.getName() + " defines no equals, so its keys cannot be compared");

        Map<Object, Integer> ofArrays = new HashMap<>(Map.of(new byte[1], 1));
        assertThat(reason(merge(ofArrays, one -> one.put("b", 1), one -> one.put("c", 1))))
                .isEqualTo("byte[] defines no equals, so its keys cannot be compared");
    }

    @Test
    void newElementsWithoutEquals_areAddedAllTheSame() {
        Set<Object> merged = merged(
                new HashSet<Object>(Set.of("a")), set -> set.add(new Anonymous(1)), set -> set.add(new Anonymous(2)));
        assertThat(merged).hasSize(3);
    }

    @Test
    void valuesWhoseKeysLackEquals_areKeptFromTheSideThatChangedThem() {
        Map<String, Set<Anonymous>> base = new HashMap<>();
        base.put("a", new HashSet<>(Set.of(new Anonymous(1), new Anonymous(2))));
        base.put("b", new HashSet<>(Set.of(new Anonymous(1), new Anonymous(2))));

        Map<String, Set<Anonymous>> merged = merged(
                base,
                map -> map.get("a").add(new Anonymous(3)),
                map -> map.get("b").clear());

        assertThat(merged.get("a")).hasSize(3);
        assertThat(merged.get("b")).isEmpty();
    }

    @Test
    void keysThatAreNotFoundAgain_nameTheMap() {
        IdentityHashMap<String, Integer> byIdentity = new IdentityHashMap<>();
        byIdentity.put("a", 1);
        assertThat(reason(merge(byIdentity, one -> one.put("b", 1), one -> one.put("c", 1))))
                .isEqualTo("a java.util.IdentityHashMap does not find its keys again that are a java.lang.String");

        Set<Restless> restless = new HashSet<>(Set.of(new Restless()));
        assertThat(reason(merge(restless, Set::clear, one -> one.add(new Restless()))))
                .isEqualTo(
                        "a java.util.HashSet does not find its elements again that are a " + Restless.class.getName());
    }

    private static List<Object> unchangeable() {
        return List.of(
                List.of("a"),
                Set.of("a"),
                Map.of("a", 1),
                Arrays.asList("a"),
                Collections.singleton("a"),
                Collections.unmodifiableList(new ArrayList<>(List.of("a"))),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("a", 1))),
                Collections.emptyList(),
                Collections.emptyMap());
    }

    @ParameterizedTest
    @MethodSource("unchangeable")
    void collectionsThatCannotBeChanged_areNotMerged(Object theirs) {
        Object base =
                theirs instanceof Map ? new HashMap<>() : theirs instanceof Set ? new HashSet<>() : new ArrayList<>();
        Object ours = theirs instanceof Map
                ? new HashMap<>(Map.of("b", 2))
                : theirs instanceof Set ? new HashSet<>(Set.of("b")) : new ArrayList<>(List.of("b"));

        assertThat(reason(merge(null, ours, theirs)))
                .isEqualTo("a " + CODEC.decode(CODEC.encode(theirs)).getClass().getName() + " cannot be changed");
        assertThat(merged(base, base, theirs)).isEqualTo(theirs);
        assertThat(merged(base, theirs, base)).isEqualTo(theirs);
    }

    @Test
    void whatCannotBeChanged_isMergedIfOnlyWhatItHoldsChanges() {
        Map<String, Set<String>> base = Map.of("a", new HashSet<>(), "b", new HashSet<>());

        Map<String, Set<String>> merged = merged(
                base, map -> map.get("a").add("ours"), map -> map.values().forEach(set -> set.add("theirs")));

        assertThat(merged).isEqualTo(Map.of("a", Set.of("ours", "theirs"), "b", Set.of("theirs")));
    }

    @Test
    void nestedValueThatCannotBeChanged_isOursUnharmed() {
        Map<String, Object> base = new HashMap<>(Map.of("fixed", Map.of("in", new HashSet<>(Set.of("x")))));
        Map<String, Object> ours = new HashMap<>(Map.of("fixed", Map.of("in", Set.of("x", "o"), "more", 1)));
        Map<String, Object> theirs = new HashMap<>(Map.of("fixed", Map.of("in", new HashSet<>(Set.of("x", "t")))));

        MergeResult result = merge(base, ours, theirs);

        assertThat(value(result)).isEqualTo(ours);
        assertThat(notes(result))
                .containsExactly(
                        "1 of its keys was changed on both sides: the last write wins",
                        "a java.util.ImmutableCollections$Map1 cannot be changed");
    }

    @Test
    void whatWasNotedInAValueThatIsNotMergedInTheEnd_doesNotCount() {
        Map<String, Object> base = Map.of("fixed", Collections.unmodifiableMap(new HashMap<>(Map.of("a", 0))));
        Map<String, Object> ours = Map.of("fixed", Collections.unmodifiableMap(new HashMap<>(Map.of("a", 1))));
        Map<String, Object> theirs = Map.of("fixed", Collections.unmodifiableMap(new HashMap<>(Map.of("a", 2))));

        MergeResult result = merge(new HashMap<>(base), new HashMap<>(ours), new HashMap<>(theirs));

        assertThat(value(result)).isEqualTo(ours);
        assertThat(notes(result))
                .containsExactly(
                        "1 of its keys was changed on both sides: the last write wins",
                        "a java.util.Collections$UnmodifiableMap cannot be changed");
    }

    @Test
    void typesWithoutAMerger_areNamed() {
        assertThat(reason(merge("a", "b", "c"))).isEqualTo("there is no merger for java.lang.String");
        assertThat(reason(merge(null, new Price("b"), new Price("c"))))
                .isEqualTo("there is no merger for " + Price.class.getName());
        assertThat(reason(merge(
                        new Clicks(),
                        changed(new Clicks(), Clicks::incrementAndGet),
                        changed(new Clicks(), one -> one.addAndGet(2)))))
                .isEqualTo("there is no merger for " + Clicks.class.getName());
    }

    @Test
    void equalChangesOfATypeWithoutAMerger_areNoConflict() {
        assertThat(merged("a", "b", "b")).isEqualTo("b");
        assertThat(merged(null, new Price("b"), new Price("b"))).isEqualTo(new Price("b"));
    }

    @Test
    void typesThatDiffer_areNamed() {
        assertThat(reason(merge(null, "1", 1)))
                .isEqualTo("it is a java.lang.String here and a java.lang.Integer there");
        assertThat(reason(merge(null, new AtomicInteger(), new AtomicLong())))
                .isEqualTo("it is a java.util.concurrent.atomic.AtomicInteger here and a "
                        + "java.util.concurrent.atomic.AtomicLong there");
        assertThat(reason(merge(new AtomicInteger(5), new AtomicLong(6), new AtomicLong(6))))
                .isEqualTo("a java.util.concurrent.atomic.AtomicLong replaced a "
                        + "java.util.concurrent.atomic.AtomicInteger");
        assertThat(reason(merge("text", new ArrayList<>(List.of(1)), new ArrayList<>(List.of(2)))))
                .isEqualTo("a java.util.ArrayList replaced a java.lang.String");
        assertThat(reason(merge(null, new MapMergeTest.Recent<>(1), new HashMap<>())))
                .isEqualTo("it is a " + MapMergeTest.Recent.class.getName() + " here and a java.util.HashMap there");
        assertThat(reason(merge(new HashMap<>(), new MapMergeTest.Recent<>(1), new MapMergeTest.Recent<>(2))))
                .isEqualTo("a " + MapMergeTest.Recent.class.getName() + " replaced a java.util.HashMap");
    }

    @Test
    void mapsThatContainThemselves_orAreNestedTooDeep_areNotMerged() {
        String tooDeep = "its maps are nested deeper than 100, or contain themselves";
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);
        circle.put("again", circle);
        assertThat(reason(merge(circle, map -> map.put("a", 1), map -> map.put("b", 1))))
                .isEqualTo(tooDeep);
        assertThat(reason(merge(null, circle, circle))).isEqualTo(tooDeep);

        Map<String, Object> innermost = new HashMap<>();
        Map<String, Object> deep = innermost;
        for (int i = 0; i < 200; i++) {
            deep = new HashMap<>(Map.of("in", deep));
        }
        assertThat(reason(merge(
                        deep,
                        map -> innermost(map).put("a", 1),
                        map -> innermost(map).put("b", 1))))
                .isEqualTo(tooDeep);
    }

    @SuppressWarnings("unchecked") // see above
    private static Map<String, Object> innermost(Map<String, Object> map) {
        Map<String, Object> in = map;
        while (in.containsKey("in")) {
            in = (Map<String, Object>) in.get("in");
        }
        return in;
    }

    @Test
    void valuesThatContainThemselves_orAreNestedDeep_doNotHinderAMerge() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        circle.add(new ArrayList<>(List.of(circle)));
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            deep = new ArrayList<>(List.of(deep, i));
        }
        Map<String, Object> base = new HashMap<>(Map.of("circle", circle, "deep", deep));

        Map<String, Object> merged = merged(
                base,
                map -> {
                    map.put("ours", 1);
                    map.put("deep", 1);
                },
                map -> map.put("theirs", 1));

        assertThat(merged).containsOnlyKeys("circle", "deep", "ours", "theirs").containsEntry("deep", 1);
    }

    @Test
    void listsThatAreManyThroughSharing_endWithinBounds() {
        List<Object> many = new ArrayList<>(List.of("leaf"));
        for (int i = 0; i < 90; i++) {
            many = new ArrayList<>(Arrays.asList(many, many));
        }
        assertThat(reason(merge(many, list -> list.add("a"), list -> list.add("b"))))
                .isEqualTo("its objects refer to each other in so many ways that comparing them would take too long");
    }

    @Test
    void whatFails_isNamedWithTheFailure_butNotWithItsText() {
        Map<Failing, Integer> base = new HashMap<>(Map.of(new Failing(0), 1));
        assertThat(reason(merge(
                        base, map -> map.replaceAll((key, value) -> 2), map -> map.replaceAll((key, value) -> 3))))
                .isEqualTo("a java.util.HashMap failed with java.lang.IllegalStateException");

        Map<String, Integer> withNull = new HashMap<>();
        withNull.put(null, 1);
        assertThat(reason(merge(new HashMap<>(), withNull, new ConcurrentHashMap<>(Map.of("a", 1)))))
                .isEqualTo("a java.util.concurrent.ConcurrentHashMap failed with java.lang.NullPointerException");
    }

    @Test
    void whatCannotBeRead_isNamed() {
        EncodedValue good = CODEC.encode(new HashMap<>(Map.of("a", 1)));
        EncodedValue other = CODEC.encode(new HashMap<>(Map.of("b", 1)));
        EncodedValue damaged = new EncodedValue(good.flags(), new byte[] {1, 2, 3});
        ThreeWayMerge merge = new ThreeWayMerge(CODEC, Mergers.NONE);

        assertThat(reason(merge.merge(damaged, good, other))).startsWith("what both have seen cannot be read: ");
        assertThat(reason(merge.merge(null, damaged, other))).startsWith("what this node wrote cannot be read: ");
        assertThat(reason(merge.merge(null, good, damaged))).startsWith("what the other node wrote cannot be read: ");
    }

    @Test
    void whatWouldBeTooLong_isNotMerged() {
        AttributeCodec codec = new KryoAttributeCodec(
                getClass().getClassLoader(),
                value -> false,
                HoldfastSettings.builder()
                        .set("redisUri", "redis://localhost")
                        .set("namespace", "shop")
                        .set("maxAttributeBytes", "1024")
                        .build()
                        .attributes());
        EncodedValue ours = codec.encode(new ArrayList<>(List.of("a".repeat(600))));
        EncodedValue theirs = codec.encode(new ArrayList<>(List.of("b".repeat(600))));

        assertThat(reason(new ThreeWayMerge(codec, Mergers.NONE).merge(null, ours, theirs)))
                .startsWith(
                        "what came of it cannot be stored: java.util.ArrayList cannot be stored: its encoded form is")
                .contains("maxAttributeBytes");
    }

    @Test
    void reasonsAndNotes_showNothingOfTheApplication() {
        Map<String, Object> base = new HashMap<>(Map.of(SECRET, SECRET));
        MergeResult result =
                merge(base, map -> map.put(SECRET, new Anonymous(1)), map -> map.put(SECRET, new Anonymous(2)));

        assertThat(notes(result))
                .isNotEmpty()
                .allSatisfy(note -> assertThat(note).doesNotContain(SECRET));
        assertThat(reason(merge(SECRET, SECRET + 1, SECRET + 2))).doesNotContain(SECRET);
    }
}
