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
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sets are merged by element, lists where one side only appended, counters by what both counted. */
class SetListAndCounterMergeTest {
    /** Is the same whatever its state is, as entities are. */
    static final class Task implements Serializable, Comparable<Task> {
        private static final long serialVersionUID = 1;
        private final int id;
        private String state = "new";

        Task(int id) {
            this.id = id;
        }

        Task in(String newState) {
            state = newState;
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Task that && id == that.id;
        }

        @Override
        public int hashCode() {
            return id;
        }

        @Override
        public int compareTo(Task other) {
            return Integer.compare(id, other.id);
        }

        @Override
        public String toString() {
            return id + state;
        }
    }

    /** Of its own equals it has none. */
    static final class Step implements Serializable {
        private static final long serialVersionUID = 1;
        private final String name;

        Step(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Set<String>> emptySets() {
        return List.of(
                new HashSet<>(),
                new LinkedHashSet<>(),
                new TreeSet<>(),
                new ConcurrentSkipListSet<>(),
                new CopyOnWriteArraySet<>(),
                ConcurrentHashMap.newKeySet());
    }

    @ParameterizedTest
    @MethodSource("emptySets")
    void set_hasWhatEitherSideAdded_andNotWhatOneRemoved(Set<String> base) {
        base.addAll(Set.of("a", "b", "c", "d"));

        Set<String> merged = merged(
                base,
                set -> {
                    set.removeAll(Set.of("a", "c"));
                    set.addAll(Set.of("ours", "both"));
                },
                set -> {
                    set.removeAll(Set.of("b", "c"));
                    set.addAll(Set.of("theirs", "both"));
                });

        assertThat(merged).containsExactlyInAnyOrder("d", "ours", "theirs", "both");
        assertThat(merged).isExactlyInstanceOf(base.getClass());
        assertThat(merged(null, Set.of("a"), base)).contains("a", "b", "c", "d");
    }

    @Test
    void set_keepsTheirOrder() {
        TreeSet<String> backwards = new TreeSet<>(Comparator.reverseOrder());
        backwards.addAll(List.of("z", "a"));

        assertThat(merged(new HashSet<>(), Set.of("m"), backwards)).containsExactly("z", "m", "a");
        assertThat(merged(new HashSet<>(), Set.of("m"), new LinkedHashSet<>(List.of("z", "a"))))
                .containsExactly("z", "a", "m");
        assertThat(merged(
                        EnumSet.noneOf(TimeUnit.class), set -> set.add(TimeUnit.DAYS), set -> set.add(TimeUnit.HOURS)))
                .containsExactly(TimeUnit.HOURS, TimeUnit.DAYS);
    }

    @Test
    void elementThatWasChangedInPlace_isTaken_whateverItsEqualsSays() {
        for (Set<Task> base : List.of(new HashSet<Task>(), new TreeSet<Task>())) {
            base.addAll(List.of(new Task(1), new Task(2), new Task(3)));
            MergeResult result = merge(
                    base,
                    changed(base, set -> set.forEach(task -> task.in(task.id == 2 ? task.state : "ours"))),
                    changed(base, set -> set.forEach(task -> task.in(task.id == 1 ? task.state : "theirs"))));

            assertThat(((Set<?>) value(result)).stream().map(Object::toString))
                    .containsExactlyInAnyOrder("1ours", "2theirs", "3ours");
            assertThat(notes(result))
                    .containsExactly(
                            "1 of its elements was changed on both sides: the last write wins",
                            "there is no merger for " + Task.class.getName());
        }
    }

    @Test
    void equalElementsThatBothAdded_areOne() {
        Set<List<String>> base = new HashSet<>(Set.of(List.of("a")));

        assertThat(merged(base, set -> set.add(list("x", "y")), set -> set.add(list("x", "y"))))
                .containsExactlyInAnyOrder(List.of("a"), List.of("x", "y"));
    }

    @SuppressWarnings("JdkObsolete") // applications use the old ones too
    private static List<List<Object>> emptyLists() {
        return List.of(new ArrayList<>(), new LinkedList<>(), new Vector<>(), new CopyOnWriteArrayList<>());
    }

    @ParameterizedTest
    @MethodSource("emptyLists")
    void list_hasWhatBothAppended_theirsFirst(List<Object> base) {
        assertThat(merged(base, list -> list.add("x"), list -> list.add("x"))).containsExactly("x", "x");
        base.addAll(Arrays.asList("a", null, 1));

        List<Object> merged = merged(base, list -> list.addAll(List.of("o", "p")), list -> list.add("t"));

        assertThat(merged).containsExactly("a", null, 1, "t", "o", "p");
        assertThat(merged).isExactlyInstanceOf(base.getClass());
        assertThat(merged(null, list("a"), list("a", "b"))).containsExactly("a", "b", "a");
    }

    @Test
    void listOfObjectsWithoutEquals_isMerged_becauseWhatTheyHoldIsCompared() {
        List<Step> base = new ArrayList<>(List.of(new Step("a")));

        List<Step> merged = merged(base, list -> list.add(new Step("o")), list -> list.add(new Step("t")));

        assertThat(merged).hasToString("[a, t, o]");
    }

    @Test
    void listThatOnlyOneSideChanged_isThatSides() {
        List<String> base = list("a", "b");

        assertThat(merged(base, list("b"), list("a", "b"))).containsExactly("b");
        assertThat(merged(base, list("a", "b"), list("x", "a"))).containsExactly("x", "a");
    }

    @Test
    void whatOneSideAppended_goesToTheEndOfWhatTheOtherMadeOfTheList() {
        List<String> base = list("a", "b");

        assertThat(merged(base, list("b"), list("a", "b", "t"))).containsExactly("b", "t");
        assertThat(merged(base, list("a", "b", "o"), list("a"))).containsExactly("a", "o");
        assertThat(merged(base, list("a", "b", "o"), list("t", "a", "b"))).containsExactly("t", "a", "b", "o");
        assertThat(merged(base, list("a", "b", "o"), list())).containsExactly("o");

        List<Task> tasks = new ArrayList<>(List.of(new Task(1)));
        List<Task> merged = merged(
                tasks, changed(tasks, list -> list.get(0).in("done")), changed(tasks, list -> list.add(new Task(2))));
        assertThat(merged)
                .hasToString(changed(tasks, list -> {
                            list.get(0).in("done");
                            list.add(new Task(2));
                        })
                        .toString());
    }

    @Test
    void listThatNeitherSideOnlyAppendedTo_isNotMerged() {
        String expected = "a java.util.ArrayList is merged only if one side did nothing but append to it";
        List<String> base = list("a", "b");

        assertThat(reason(merge(base, list("b"), list("a")))).isEqualTo(expected);
        assertThat(reason(merge(base, list("a", "x", "o"), list("t", "a", "b"))))
                .isEqualTo(expected);
    }

    @Test
    void counters_haveWhatBothCounted() {
        assertThat(merged(new AtomicInteger(1), new AtomicInteger(2), new AtomicInteger(2)))
                .hasValue(3);
        assertThat(merged(new AtomicInteger(10), new AtomicInteger(7), new AtomicInteger(11)))
                .hasValue(8);
        assertThat(merged(new AtomicLong(1L << 40), new AtomicLong((1L << 40) + 5), new AtomicLong(0)))
                .hasValue(5);
        assertThat(merged(null, new AtomicLong(2), new AtomicLong(3))).hasValue(5);
        assertThat(merged(null, new AtomicInteger(1), new AtomicInteger(1))).hasValue(2);
        assertThat(merged(adder(1), adder(2), adder(2)).sum()).isEqualTo(3);
        assertThat(merged(null, adder(2), adder(2)).sum()).isEqualTo(4);
    }

    @Test
    void counterThatRunsOver_startsAnew_asIfOneNodeHadCounted() {
        assertThat(merged(
                        new AtomicInteger(Integer.MAX_VALUE - 1),
                        new AtomicInteger(Integer.MAX_VALUE),
                        new AtomicInteger(Integer.MAX_VALUE)))
                .hasValue(Integer.MIN_VALUE);
    }

    @Test
    void countersInAMap_areCounted_alsoWhenBothSidesAddedThem() {
        Map<String, LongAdder> base = new HashMap<>(Map.of("hits", adder(1)));

        Map<String, LongAdder> merged = merged(
                base,
                map -> {
                    map.get("hits").increment();
                    map.put("new", adder(1));
                },
                map -> {
                    map.get("hits").increment();
                    map.put("new", adder(1));
                });

        assertThat(merged.get("hits").sum()).isEqualTo(3);
        assertThat(merged.get("new").sum()).isEqualTo(2);
    }

    private static LongAdder adder(long sum) {
        LongAdder adder = new LongAdder();
        adder.add(sum);
        return adder;
    }

    private static List<String> list(String... elements) {
        return new ArrayList<>(List.of(elements));
    }
}
