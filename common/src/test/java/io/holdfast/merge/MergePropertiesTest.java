package io.holdfast.merge;

import static io.holdfast.merge.Merges.CODEC;
import static io.holdfast.merge.Merges.copy;
import static io.holdfast.merge.Merges.merge;
import static io.holdfast.merge.Merges.merged;
import static io.holdfast.merge.Merges.notes;
import static io.holdfast.merge.Merges.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What holds of every merge, tried with values drawn at random. */
class MergePropertiesTest {
    private static final int TIMES = 500;
    private static final int THREADS = 4;

    private interface Property {
        void holdsFor(Random random) throws Exception;
    }

    private static void always(Property property) {
        for (int seed = 0; seed < TIMES; seed++) {
            try {
                property.holdsFor(new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with seed " + seed, e);
            }
        }
    }

    private static Set<Integer> someOf(Random random, int most) {
        Set<Integer> some = new HashSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(random.nextInt(most));
        }
        return some;
    }

    @Test
    void sets_haveAllThatWasAdded_andNothingThatWasRemoved_whoeverWritesFirst() {
        always(random -> {
            Set<Integer> base = someOf(random, 12);
            Set<Integer> ours = someOf(random, 12);
            Set<Integer> theirs = someOf(random, 12);
            Set<Integer> expected = new HashSet<>();
            for (int element = 0; element < 12; element++) {
                boolean untouched = base.contains(element) && ours.contains(element) && theirs.contains(element);
                boolean added = !base.contains(element) && (ours.contains(element) || theirs.contains(element));
                if (untouched || added) {
                    expected.add(element);
                }
            }

            assertThat(merged(base, ours, theirs)).isEqualTo(expected);
            assertThat(merged(base, theirs, ours)).isEqualTo(expected);
            assertThat(merged(new TreeSet<>(base), new TreeSet<>(ours), new TreeSet<>(theirs)))
                    .isEqualTo(expected);
        });
    }

    @Test
    void counters_haveWhatBothCounted_whoeverWritesFirst() {
        always(random -> {
            long base = random.nextInt(10);
            long ours = random.nextInt(10);
            long theirs = random.nextInt(10);

            assertThat(merged(new AtomicLong(base), new AtomicLong(ours), new AtomicLong(theirs)))
                    .hasValue(ours + theirs - base);
            assertThat(merged(new AtomicInteger((int) base), new AtomicInteger((int) theirs), new AtomicInteger((int)
                            ours)))
                    .hasValue((int) (ours + theirs - base));
        });
    }

    @Test
    void maps_haveOfEachKeyWhatChanged_andCountWhereBothDid() {
        always(random -> {
            Map<Integer, Integer> base = new HashMap<>();
            Map<Integer, Integer> ours = new TreeMap<>();
            Map<Integer, Integer> theirs = new TreeMap<>();
            Map<Integer, Integer> expected = new HashMap<>();
            int changedByBoth = 0;
            for (int key = 0; key < 8; key++) {
                Integer before = someValue(random, base, key);
                Integer our = someValue(random, ours, key);
                Integer their = someValue(random, theirs, key);
                boolean both = !Objects.equals(our, before) && !Objects.equals(their, before);
                changedByBoth += both && !Objects.equals(our, their) ? 1 : 0;
                Integer value = both || !Objects.equals(our, before) ? our : their;
                if (value != null) {
                    expected.put(key, value);
                }
            }

            MergeResult result = merge(base, ours, theirs);

            assertThat(value(result)).isEqualTo(expected);
            if (changedByBoth == 0) {
                assertThat(notes(result)).isEmpty();
                assertThat(merged(base, theirs, ours)).isEqualTo(expected);
            } else {
                assertThat(notes(result).get(0)).startsWith(changedByBoth + " of its keys ");
            }
        });
    }

    private static Integer someValue(Random random, Map<Integer, Integer> map, int key) {
        int value = random.nextInt(4);
        if (value == 0) {
            return null;
        }
        map.put(key, value);
        return value;
    }

    /** Maps, sets and lists in maps, whose text says all there is to say about them. */
    private static Map<String, Object> tree(Random random, int depth) {
        Map<String, Object> tree = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            tree.put("b" + i, leafOrTree(random, depth));
        }
        return tree;
    }

    private static Object leafOrTree(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> random.nextInt(10);
            case 1 -> new AtomicLong(random.nextInt(10));
            case 2 -> new TreeSet<>(Set.of("x", "y", "z"));
            case 3 -> new ArrayList<>(List.of("x", "y"));
            default -> tree(random, depth - 1);
        };
    }

    private interface Edit {
        void in(Map<String, Object> tree);
    }

    /** Edits of one side: no two sides edit the same number, and all else can be merged. */
    private static List<Edit> edits(Random random, Map<String, Object> tree, String side) {
        List<Edit> edits = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Object> entry : tree.entrySet()) {
            String key = entry.getKey();
            boolean ownNumber = number++ % 2 == (side.equals("o") ? 0 : 1);
            Object value = entry.getValue();
            if (value instanceof Map) {
                for (Edit edit : edits(random, map(tree, key), side)) {
                    edits.add(root -> edit.in(map(root, key)));
                }
            } else if (random.nextBoolean()) {
                edits.addAll(leafEdits(random, key, value, side, ownNumber));
            }
        }
        if (random.nextInt(3) == 0) {
            Object added = leafOrTree(random, 1);
            edits.add(root -> root.put(side + "-new", copy(added)));
        }
        return edits;
    }

    private static List<Edit> leafEdits(Random random, String key, Object value, String side, boolean ownNumber) {
        int number = random.nextInt(100);
        if (value instanceof AtomicLong) {
            return List.of(root -> ((AtomicLong) root.get(key)).addAndGet(number));
        }
        if (value instanceof Set) {
            return List.of(
                    root -> elements(root, key).add(side + number),
                    root -> elements(root, key).remove(number % 2 == 0 ? "x" : "y"));
        }
        if (value instanceof List) {
            return List.of(root -> elements(root, key).add(side + number));
        }
        if (ownNumber) {
            return List.of(root -> {
                if (number < 30) {
                    root.remove(key);
                } else {
                    root.put(key, number);
                }
            });
        }
        return List.of();
    }

    @SuppressWarnings("unchecked") // see tree
    private static Map<String, Object> map(Map<String, Object> tree, String key) {
        return (Map<String, Object>) tree.get(key);
    }

    @SuppressWarnings("unchecked") // see tree
    private static Collection<String> elements(Map<String, Object> tree, String key) {
        return (Collection<String>) tree.get(key);
    }

    private static Map<String, Object> edited(Map<String, Object> tree, List<Edit> edits) {
        Map<String, Object> copy = copy(tree);
        edits.forEach(edit -> edit.in(copy));
        return copy;
    }

    @Test
    void editsOfTwoSides_areAsIfOneHadMadeThemAll() {
        always(random -> {
            Map<String, Object> base = tree(random, 3);
            List<Edit> ours = edits(random, base, "o");
            List<Edit> theirs = edits(random, base, "t");
            Map<String, Object> both = edited(edited(base, theirs), ours);

            assertThat(merged(base, edited(base, ours), edited(base, theirs))).hasToString(both.toString());
        });
    }

    @Test
    void sideThatChangedNothing_neverWins() {
        always(random -> {
            Map<String, Object> base = tree(random, 3);
            Map<String, Object> other = tree(random, 3);

            assertThat(merged(base, copy(base), copy(base))).hasToString(base.toString());
            assertThat(merged(base, other, copy(base))).hasToString(other.toString());
            assertThat(merged(base, copy(base), other)).hasToString(other.toString());
        });
    }

    @Test
    void whateverTheSidesDid_allKeysTheyAddedAreThere_andNoneThatWeRemoved() {
        always(random -> {
            Map<String, Object> base = tree(random, 2);
            Map<String, Object> ours = tree(random, 2);
            Map<String, Object> theirs = tree(random, 2);
            Set<Object> merged = new HashSet<>(((Map<?, ?>) value(merge(base, ours, theirs))).keySet());

            assertThat(merged).containsAll(added(ours, base));
            assertThat(merged).containsAll(added(theirs, base));
            assertThat(merged).allMatch(key -> ours.containsKey(key) || !base.containsKey(key));
        });
    }

    private static Set<Object> added(Map<String, Object> map, Map<String, Object> before) {
        Set<Object> added = new HashSet<>(map.keySet());
        added.removeAll(before.keySet());
        return added;
    }

    @Test
    void oneMerge_servesManyThreads() throws Exception {
        ThreeWayMerge shared = new ThreeWayMerge(CODEC, Mergers.NONE);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<String>> results = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int seed = 0; seed < TIMES; seed++) {
                Random random = new Random(seed);
                Map<String, Object> base = tree(random, 3);
                Map<String, Object> ours = edited(base, edits(random, base, "o"));
                Map<String, Object> theirs = edited(base, edits(random, base, "t"));
                expected.add(merged(base, ours, theirs).toString());
                results.add(threads.submit(
                        () -> value(shared.merge(CODEC.encode(base), CODEC.encode(ours), CODEC.encode(theirs)))
                                .toString()));
            }
            for (int i = 0; i < TIMES; i++) {
                assertThat(results.get(i).get()).isEqualTo(expected.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
