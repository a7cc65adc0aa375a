package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictException;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.live.HookedStore.Loss;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of two nodes add elements to sets and maps, each element once, and remove some: in place, in an object they got before or the
 * one there is now, or in a copy they set; on their own thread or on one that nobody knows whose it is; also while another one commits,
 * and when they are over. They commit in between, end, or are refused, at once or while they go on reading, in an order that the seed
 * decides. Where no policy lets one change give way to another, the answers to some commits are lost. What was acknowledged is there, or gone, unless the conflict policy costs it, and then that is reported. With each commit goes
 * a mark of its own, which is there if it was acknowledged, and else is not, unless its answer was lost.
 */
class RandomObjectsTest {
    private static final int SEQUENCES = 30;
    private static final int MOST_STEPS = 40;
    private static final int MOST_AT_ONCE = 4;
    private static final List<String> NAMES = List.of("set", "map");

    /** How the application changes its objects. */
    private enum Style {
        /** Nothing is replaced, so that objects which a refresh has replaced may be changed as well. */
        IN_PLACE,
        /** Some requests set copies; all go by the object there is now, as else plain Tomcat would lose something too. */
        COPIES
    }

    private final String namespace = "random-objects-" + UUID.randomUUID();
    private List<TestNode> nodes = List.of();

    static Stream<Arguments> styles() {
        return Stream.of(Style.values())
                .flatMap(style -> Stream.of(ConflictPolicy.values()).map(policy -> Arguments.of(style, policy)));
    }

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    @ParameterizedTest
    @MethodSource("styles")
    void acknowledgedElements_areKept(Style style, ConflictPolicy policy) {
        Map<Setting, String> settings =
                TestNode.fetchingOnlyWhatIsNewer(Map.of(Setting.CONFLICT_POLICY, policy.toString()));
        nodes = List.of(new TestNode(namespace, settings), new TestNode(namespace, settings));
        for (int seed = 0; seed < SEQUENCES; seed++) {
            new Sequence(style, policy, new Random(seed)).run(style + ", " + policy + ", seed " + seed);
        }
        assertThat(nodes.get(1).store.newer).hasPositiveValue();
    }

    /** One session and what happens to it. */
    private final class Sequence {
        private final Style style;
        private final Random random;
        private final boolean losesAnswers;
        private final SessionId id = TestNode.newId();
        private final List<LiveSession> sessions = new ArrayList<>();
        private final List<List<Visit>> running = List.of(new ArrayList<>(), new ArrayList<>());
        private final List<Visit> over = new ArrayList<>();
        private final List<Visit> refusedAndReading = new ArrayList<>();
        private final Set<String> acknowledged = new HashSet<>();
        private final Set<String> acknowledgedAsRemoved = new HashSet<>();
        private final Set<Change> changes = new HashSet<>();
        private final Set<String> removed = new HashSet<>();
        private final Map<String, Boolean> marks = new HashMap<>();

        /** What is reported to have been dropped or overwritten. */
        private final Set<String> lost = new HashSet<>();

        private final StringBuilder story = new StringBuilder();
        private int elements;
        private int visits;
        private int marksSet;
        private boolean duringCommit;

        Sequence(Style style, ConflictPolicy policy, Random random) {
            this.style = style;
            this.losesAnswers = policy == ConflictPolicy.MERGE || policy == ConflictPolicy.FAIL;
            this.random = random;
            sessions.add(nodes.get(0).create(id, attributes -> {
                attributes.put("set", new HashSet<String>());
                attributes.put("map", new HashMap<String, String>());
            }));
            sessions.add(nodes.get(1).load(id));
        }

        void run(String name) {
            int length = 8 + random.nextInt(MOST_STEPS);
            for (int i = 0; i < length; i++) {
                step();
            }
            for (List<Visit> left : running) {
                while (!left.isEmpty()) {
                    end(left.remove(0));
                }
            }
            Map<String, Object> stored = nodes.get(0).load(id).attributes();
            Set<String> all = new HashSet<>(elementsOf(stored.get("set")));
            all.addAll(elementsOf(stored.get("map")));
            refusedAndReading.forEach(visit -> visit.request.endWithoutCommit());
            acknowledged.removeAll(lost);
            acknowledged.removeAll(removed);
            acknowledgedAsRemoved.removeAll(lost);
            assertThat(all).as("%s%s", name, story).containsAll(acknowledged);
            assertThat(acknowledgedAsRemoved).as("removed, %s%s", name, story).noneMatch(all::contains);
            marks.forEach((mark, isThere) -> assertThat(stored.containsKey(mark))
                    .as("%s, %s%s", mark, name, story)
                    .isEqualTo(isThere));
        }

        private void step() {
            int node = random.nextInt(2);
            List<Visit> all = running.get(node);
            int dice = random.nextInt(24);
            if (!duringCommit && (all.isEmpty() || (dice < 4 && all.size() < MOST_AT_ONCE))) {
                all.add(new Visit(node));
            } else if (all.isEmpty()) {
                return;
            } else if (dice < 13) {
                add(all.get(random.nextInt(all.size())));
            } else if (dice == 13 && !over.isEmpty()) {
                add(over.get(random.nextInt(over.size())));
            } else if (dice < 16 && !duringCommit) {
                nodes.get(node).store.beforeNextCommit(this::stepDuringCommit);
            } else if (dice < 18 && !duringCommit) {
                commit(all.get(random.nextInt(all.size())));
            } else if (dice < 20) {
                remove(all.get(random.nextInt(all.size())));
            } else if (dice < 22 && !duringCommit) {
                readRefused(node);
            } else if (!duringCommit) {
                end(all.remove(random.nextInt(all.size())));
            }
        }

        private void stepDuringCommit() {
            duringCommit = true;
            story.append(", and during that");
            step();
            duringCommit = false;
        }

        private void add(Visit visit) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            String element = "e" + elements++;
            changes.add(new Change(visit.node, name, element));
            visit.add(name, element);
        }

        /** What was added and acknowledged; not where copies are set, as one may be made of an object that still has it. */
        private void remove(Visit visit) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            if (style == Style.IN_PLACE) {
                visit.remove(name);
            }
        }

        /** What it gets is its own: who asks next gets another object of the same version. */
        private void readRefused(int node) {
            if (refusedAndReading.isEmpty() || random.nextInt(4) == 0) {
                Visit refused = new Visit(node);
                refused.request.refuse();
                story.append(" and is refused");
                refusedAndReading.add(refused);
            }
            Visit visit = refusedAndReading.get(random.nextInt(refusedAndReading.size()));
            String name = NAMES.get(random.nextInt(NAMES.size()));
            story.append("; ").append(visit).append(" reads ").append(name);
            visit.request.work(attributes -> assertThat(attributes.get(name)).isNotNull());
        }

        private void look(int node) {
            List<ConflictReport> reports = nodes.get(node).conflicts;
            for (ConflictReport report : reports) {
                story.append(" (")
                        .append(report.attribute())
                        .append(' ')
                        .append(report.outcome())
                        .append(')');
                changes.stream()
                        .filter(each -> each.name.equals(report.attribute()))
                        .filter(each -> report.outcome() == Outcome.OVERWRITTEN
                                || (report.outcome() == Outcome.DROPPED && each.node == node && !isAcknowledged(each)))
                        .forEach(each -> lost.add(each.element));
            }
            reports.clear();
        }

        private boolean isAcknowledged(Change change) {
            return removed.contains(change.element)
                    ? acknowledgedAsRemoved.contains(change.element)
                    : acknowledged.contains(change.element);
        }

        private void end(Visit visit) {
            if (random.nextInt(4) == 0) {
                story.append("; ").append(visit).append(" is refused");
                visit.request.endRefused();
            } else {
                commit(visit);
                story.append("; ").append(visit).append(" ends");
                visit.request.endWithoutCommit();
            }
            visit.isOver = true;
            over.add(visit);
        }

        private void commit(Visit visit) {
            List<String> ours = List.copyOf(visit.added);
            List<String> gone = List.copyOf(visit.removed);
            String mark = "mark" + marksSet++;
            visit.request.work(attributes -> attributes.put(mark, "set"));
            story.append("; ").append(visit).append(" commits");
            loseAnswer(visit.node);
            try {
                assertThat(visit.request.commit()).isTrue();
                look(visit.node);
                acknowledged.addAll(ours);
                acknowledgedAsRemoved.addAll(gone);
                marks.put(mark, true);
            } catch (StoreException refused) {
                story.append(", but ").append(refused instanceof ConflictException ? "conflicts" : "is lost");
                look(visit.node);
                visit.request.refuse();
                visit.added.clear();
                visit.removed.clear();
                if (refused.lostCommit() == null) {
                    marks.put(mark, false);
                }
                visit.isOver = true;
            } finally {
                nodes.get(visit.node).store.keepAnswers();
            }
        }

        private void loseAnswer(int node) {
            if (losesAnswers && random.nextInt(6) == 0) {
                Loss loss = random.nextBoolean() ? Loss.BEHIND_ITS_EFFECT : Loss.INSTEAD_OF_ITS_EFFECT;
                story.append(", an answer is lost ").append(loss);
                nodes.get(node).store.loseNextAnswer(loss);
            }
        }

        /** A request, as its application is written. */
        private final class Visit {
            private final int node;
            private final int number = visits++;
            private final TestNode.Request request;
            private final boolean setsCopies;
            private final boolean usesAThread;
            private final Map<String, List<Object>> kept = new HashMap<>();
            private final List<String> added = new ArrayList<>();
            private final List<String> removed = new ArrayList<>();
            private boolean isOver;

            Visit(int node) {
                this.node = node;
                this.request = nodes.get(node).begin(sessions.get(node));
                this.setsCopies = style == Style.COPIES && random.nextBoolean();
                this.usesAThread = !setsCopies && random.nextInt(3) == 0;
                story.append("; ").append(this).append(" begins");
                CopyIsTheRecord.assertCopyIsTheRecord(nodes.get(node), sessions.get(node), story.toString());
            }

            void add(String name, String element) {
                boolean onAThread = usesAThread && random.nextBoolean();
                boolean setsAgain = random.nextInt(4) == 0;
                boolean goesByKept = style == Style.IN_PLACE && random.nextBoolean();
                story.append("; ").append(this).append(isOver ? ", over," : "");
                story.append(" adds ").append(element).append(" to ").append(name);
                story.append(setsCopies ? ", a copy" : goesByKept ? ", as kept" : "");
                story.append(setsAgain ? ", and sets" : "").append(onAThread ? ", on a thread" : "");
                TestNode.Work work = attributes -> {
                    Object value = value(name, attributes, goesByKept);
                    if (setsCopies && !isOver) {
                        attributes.put(name, with(element, copyOf(value)));
                    } else {
                        with(element, value);
                        if (setsAgain) {
                            attributes.put(name, value);
                        }
                    }
                };
                work(work, onAThread);
                if (!isOver) {
                    added.add(element);
                }
            }

            void remove(String name) {
                boolean onAThread = usesAThread && random.nextBoolean();
                boolean goesByKept = random.nextBoolean();
                TestNode.Work work = attributes -> {
                    Collection<String> elements = elementsOf(value(name, attributes, goesByKept));
                    elements.stream()
                            .filter(acknowledged::contains)
                            .min(Comparator.naturalOrder())
                            .ifPresent(element -> {
                                story.append("; ")
                                        .append(this)
                                        .append(" removes ")
                                        .append(element);
                                story.append(goesByKept ? ", as kept" : "").append(onAThread ? ", on a thread" : "");
                                elements.remove(element);
                                changes.add(new Change(node, name, element));
                                Sequence.this.removed.add(element);
                                removed.add(element);
                            });
                };
                work(work, onAThread);
            }

            /** The one there is now, or one that this request has got some time ago. */
            private Object value(String name, Map<String, Object> attributes, boolean goesByKept) {
                List<Object> all = kept.computeIfAbsent(name, key -> new ArrayList<>());
                if (goesByKept && !all.isEmpty()) {
                    return all.get(random.nextInt(all.size()));
                }
                Object value = Objects.requireNonNull(attributes.get(name));
                all.add(value);
                return value;
            }

            private void work(TestNode.Work work, boolean onAThread) {
                if (onAThread) {
                    work.on(sessions.get(node).attributes());
                } else {
                    request.work(work);
                }
            }

            @Override
            public String toString() {
                return (node == 0 ? "a" : "b") + number;
            }
        }
    }

    /** An element that was added to an attribute, or removed. */
    private record Change(int node, String name, String element) {}

    private static Object copyOf(Object value) {
        return value instanceof Map<?, ?> map ? new HashMap<>(map) : new HashSet<>((Set<?>) value);
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Object with(String element, Object value) {
        if (value instanceof Map<?, ?>) {
            ((Map<String, String>) value).put(element, "1");
        } else {
            ((Set<String>) value).add(element);
        }
        return value;
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Set<String> elementsOf(Object value) {
        return value instanceof Map<?, ?> ? ((Map<String, String>) value).keySet() : (Set<String>) value;
    }
}
