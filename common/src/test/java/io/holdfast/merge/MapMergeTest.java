package io.holdfast.merge;

import static io.holdfast.merge.Merges.changed;
import static io.holdfast.merge.Merges.merge;
import static io.holdfast.merge.Merges.merged;
import static io.holdfast.merge.Merges.notes;
import static io.holdfast.merge.Merges.reason;
import static io.holdfast.merge.Merges.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps are merged key by key. */
class MapMergeTest {
    private static final String LAST_WRITE_WINS = " changed on both sides: the last write wins";

    /** Is the same whatever its quantity is, as entities are. */
    static final class Line implements Serializable {
        private static final long serialVersionUID = 1;
        private final String article;
        private int quantity;

        Line(String article, int quantity) {
            this.article = article;
            this.quantity = quantity;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Line that && article.equals(that.article);
        }

        @Override
        public int hashCode() {
            return article.hashCode();
        }
    }

    /** Of its own equals it has none. */
    static final class Plain implements Serializable {
        private static final long serialVersionUID = 1;
        private final ArrayList<String> texts = new ArrayList<>();

        Plain(String text) {
            texts.add(text);
        }
    }

    /** Keeps as many entries as its limit says. */
    static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1;
        private int limit;

        Recent(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }

    private static List<Map<String, Object>> emptyMaps() {
        TreeMap<String, Object> backwards = new TreeMap<>(Comparator.reverseOrder());
        return List.of(
                new HashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(16, 0.75f, true),
                new TreeMap<>(),
                backwards,
                new ConcurrentHashMap<>(),
                new ConcurrentSkipListMap<>(),
                new WeakHashMap<>(),
                Collections.synchronizedMap(new HashMap<>()),
                new Recent<>(20));
    }

    @ParameterizedTest
    @MethodSource("emptyMaps")
    void whatEitherSideAddedChangedAndRemoved_isInTheResult(Map<String, Object> base) {
        base.putAll(Map.of("same", 0, "ours", 0, "theirs", 0, "our nil", 0, "their nil", 0, "both nil", 0, "both", 0));

        Map<String, Object> merged = merged(
                base,
                map -> {
                    map.put("ours", 1);
                    map.put("both", 1);
                    map.put("our new", 1);
                    map.put("both new", 1);
                    map.keySet().removeAll(Set.of("our nil", "both nil"));
                },
                map -> {
                    map.put("theirs", 2);
                    map.put("both", 1);
                    map.put("their new", 2);
                    map.put("both new", 1);
                    map.keySet().removeAll(Set.of("their nil", "both nil"));
                });

        assertThat(merged)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "same", 0, "ours", 1, "theirs", 2, "our new", 1, "their new", 2, "both", 1, "both new", 1));
        assertThat(merged.getClass()).isEqualTo(Merges.copy(base).getClass());
    }

    @ParameterizedTest
    @MethodSource("emptyMaps")
    void withoutABase_bothAreThere(Map<String, Object> empty) {
        Map<String, Object> ours = changed(empty, map -> map.put("a", 1));
        Map<String, Object> theirs = changed(empty, map -> map.put("b", 2));

        assertThat(merged(null, ours, theirs)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 2));
        assertThat(merged(empty, ours, theirs)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 1, "b", 2));
    }

    @Test
    void keyChangedOnBothSides_isOurs_andIsCounted() {
        Map<String, Object> base = new HashMap<>(Map.of("a", 0, "b", 0, "c", 0));
        Map<String, Object> ours = Map.of("a", 1, "b", 1, "new", "our text");
        Map<String, Object> theirs = new HashMap<>(Map.of("a", 2, "c", 2, "new", "their text"));

        MergeResult result = merge(base, new HashMap<>(ours), theirs);

        assertThat(value(result)).isEqualTo(ours);
        assertThat(notes(result))
                .containsExactly(
                        "4 of its keys were" + LAST_WRITE_WINS,
                        "there is no merger for java.lang.Integer",
                        "there is no merger for java.lang.String");
    }

    @Test
    void oneKeyChangedOnBothSides_isWordedAsOne() {
        MergeResult result =
                merge(new HashMap<>(Map.of("a", 0)), new HashMap<>(Map.of("a", 1)), new HashMap<>(Map.of("a", "text")));

        assertThat(value(result)).isEqualTo(Map.of("a", 1));
        assertThat(notes(result))
                .containsExactly(
                        "1 of its keys was" + LAST_WRITE_WINS,
                        "it is a java.lang.Integer here and a java.lang.String there");
    }

    @Test
    void nullsAreValues() {
        HashMap<String, Object> base = new HashMap<>();
        base.put("a", null);
        base.put("b", null);
        base.put("c", 0);
        base.put(null, 0);

        HashMap<String, Object> merged = merged(
                base,
                map -> {
                    map.put("a", 1);
                    map.put(null, 1);
                },
                map -> {
                    map.put("b", 2);
                    map.put("c", null);
                });
        HashMap<String, Object> expected = new HashMap<>(Map.of("a", 1, "b", 2));
        expected.put("c", null);
        expected.put(null, 1);
        assertThat(merged).isEqualTo(expected);

        MergeResult both = merge(base, changed(base, map -> map.put("c", null)), changed(base, map -> map.put("c", 2)));
        assertThat(notes(both)).containsExactly("1 of its keys was" + LAST_WRITE_WINS, "one side set it to null");
    }

    @Test
    void valuesThatAreMapsSetsListsOrCounters_areMergedInTurn() {
        Map<String, Object> base = new HashMap<>();
        base.put("counter", new AtomicInteger(1));
        base.put("set", new TreeSet<>(Set.of("x")));
        base.put("list", new ArrayList<>(List.of("x")));
        base.put("map", new LinkedHashMap<>(Map.of("in", new HashMap<>(Map.of("x", 0)))));

        Map<String, Object> merged = merged(base, map -> grow(map, "a"), map -> grow(map, "b"));

        assertThat(merged.get("counter")).hasToString("3");
        assertThat(merged.get("set")).isEqualTo(new TreeSet<>(Set.of("a", "b", "x")));
        assertThat(merged.get("list")).isEqualTo(List.of("x", "b", "a"));
        assertThat(merged.get("map"))
                .isEqualTo(Map.of(
                        "in",
                        Map.of("x", 0, "a", 1, "b", 1),
                        "new a",
                        Map.of("a", 1),
                        "new b",
                        Map.of("b", 1),
                        "new",
                        Map.of("a", 1, "b", 1)));
    }

    @SuppressWarnings("unchecked") // see above
    private static void grow(Map<String, Object> map, String name) {
        ((AtomicInteger) map.get("counter")).incrementAndGet();
        ((Set<String>) map.get("set")).add(name);
        ((List<String>) map.get("list")).add(name);
        Map<String, Map<String, Object>> inner = (Map<String, Map<String, Object>>) map.get("map");
        inner.get("in").put(name, 1);
        inner.put("new " + name, new HashMap<>(Map.of(name, 1)));
        inner.put("new", new HashMap<>(Map.of(name, 1)));
    }

    @Test
    void valuesInMapsThatAreChangedInPlace_areFound_whateverTheirEqualsSays() {
        Map<String, Line> lines = new HashMap<>(Map.of("a", new Line("a", 1), "b", new Line("b", 1)));
        Map<String, Line> merged = merged(lines, map -> map.get("a").quantity = 2, map -> map.get("b").quantity = 3);
        assertThat(merged.get("a").quantity).isEqualTo(2);
        assertThat(merged.get("b").quantity).isEqualTo(3);

        Map<String, Plain> plain = new HashMap<>(Map.of("a", new Plain("x"), "b", new Plain("x")));
        Map<String, Plain> mergedPlain = merged(
                plain,
                map -> map.get("a").texts.add("a"),
                map -> map.get("b").texts.add("b"));
        assertThat(mergedPlain.get("a").texts).containsExactly("x", "a");
        assertThat(mergedPlain.get("b").texts).containsExactly("x", "b");
    }

    @Test
    void onlyOneSideChangesAValueAndTheOtherRemovesIt_theLastWriteWins() {
        Map<String, Line> lines = new HashMap<>(Map.of("a", new Line("a", 1)));
        Map<String, Line> removed = new HashMap<>();
        Map<String, Line> changed = changed(lines, map -> map.get("a").quantity = 2);

        MergeResult ourChange = merge(lines, changed, removed);
        MergeResult ourRemoval = merge(lines, removed, changed);

        assertThat((Map<?, ?>) value(ourChange)).hasSize(1);
        assertThat((Map<?, ?>) value(ourRemoval)).isEmpty();
        assertThat(notes(ourChange)).containsExactly("1 of its keys was" + LAST_WRITE_WINS);
        assertThat(notes(ourRemoval)).containsExactly("1 of its keys was" + LAST_WRITE_WINS);
    }

    @Test
    void result_isOfTheirClass_andInTheirOrder() {
        Map<String, Integer> base = new TreeMap<>(Map.of("m", 0));

        Map<String, Integer> linked = merged(base, new HashMap<>(Map.of("m", 0, "b", 1)), linked("z", "m", "a"));
        assertThat(linked).isExactlyInstanceOf(LinkedHashMap.class);
        assertThat(linked.keySet()).containsExactly("z", "m", "a", "b");

        TreeMap<String, Integer> backwards = new TreeMap<>(Comparator.reverseOrder());
        backwards.putAll(Map.of("z", 0, "m", 0, "a", 0));
        SortedMap<String, Integer> sorted = merged(base, new HashMap<>(Map.of("m", 0, "b", 1)), backwards);
        assertThat(sorted.comparator()).isEqualTo(Comparator.reverseOrder());
        assertThat(sorted.keySet()).containsExactly("z", "m", "b", "a");

        EnumMap<TimeUnit, Integer> units = new EnumMap<>(TimeUnit.class);
        EnumMap<TimeUnit, Integer> all =
                merged(units, map -> map.put(TimeUnit.DAYS, 1), map -> map.put(TimeUnit.HOURS, 1));
        assertThat(all.keySet()).containsExactly(TimeUnit.HOURS, TimeUnit.DAYS);
    }

    @Test
    void mapInOrderOfAccess_keepsTheirOrder_withWhatWeUsedAsTheLatest() {
        LinkedHashMap<String, Integer> base = new LinkedHashMap<>(16, 0.75f, true);
        base.putAll(linked("a", "b", "c", "d"));

        LinkedHashMap<String, Integer> merged = merged(
                base,
                map -> {
                    map.get("d");
                    map.put("a", 1);
                },
                map -> {
                    map.get("b");
                    map.put("c", 1);
                });
        assertThat(merged.keySet()).containsExactly("d", "b", "c", "a");

        merged.get("d");
        assertThat(merged.keySet()).containsExactly("b", "c", "a", "d");
    }

    @Test
    void orderThatOnlyOneSideChanged_isKept() {
        Map<String, Integer> base = linked("a", "b", "c");
        Map<String, Integer> reordered = linked("c", "b", "a");

        assertThat(merged(base, reordered, Merges.copy(base)).keySet()).containsExactly("c", "b", "a");
        assertThat(merged(base, Merges.copy(base), reordered).keySet()).containsExactly("c", "b", "a");
    }

    @Test
    void keysThatTheMapTakesForTheSame_areTheSame() {
        TreeMap<String, Integer> base = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        base.putAll(Map.of("Accept", 0, "Host", 0));

        TreeMap<String, Integer> merged = merged(
                base,
                map -> {
                    map.remove("ACCEPT");
                    map.put("new", 1);
                },
                map -> {
                    map.put("HOST", 2);
                    map.put("NEW", 1);
                });

        assertThat(merged).hasToString("{Host=2, NEW=1}");
    }

    @Test
    void mapThatLimitsItself_goesOnDoingSo() {
        Recent<String, Integer> base = new Recent<>(3);
        base.putAll(linked("a", "b", "c"));

        Recent<String, Integer> merged = merged(base, map -> map.put("d", 1), map -> map.put("e", 1));

        assertThat(merged.keySet()).containsExactly("c", "e", "d");
        assertThat(merged.limit).isEqualTo(3);
    }

    @Test
    void whatAMapHoldsBesidesItsEntries_isTheirs_andMustNotBeChangedByUs() {
        Recent<String, Integer> base = new Recent<>(3);
        base.put("a", 0);
        Recent<String, Integer> limited = changed(base, map -> map.limit = 2);
        Recent<String, Integer> grown = changed(base, map -> map.put("b", 1));

        Recent<String, Integer> merged = merged(base, grown, changed(limited, map -> map.put("c", 1)));
        assertThat(merged.limit).isEqualTo(2);
        assertThat(merged.keySet()).containsExactly("c", "b");
        assertThat(merged(base, limited, Merges.copy(base)).limit).isEqualTo(2);
        assertThat(reason(merge(base, limited, grown)))
                .isEqualTo("a " + Recent.class.getName() + " holds more than its content, and that was changed");

        Properties defaults = new Properties();
        defaults.setProperty("a", "1");
        Properties withDefaults = new Properties(defaults);
        Properties without = new Properties();
        without.setProperty("b", "2");
        assertThat(merged(new Properties(), without, withDefaults).getProperty("a"))
                .isEqualTo("1");
        assertThat(reason(merge(new Properties(), withDefaults, without)))
                .isEqualTo("a java.util.Properties holds more than its content, and that was changed");
    }

    private static Map<String, Integer> linked(String... keys) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (String key : keys) {
            map.put(key, 0);
        }
        return map;
    }
}
