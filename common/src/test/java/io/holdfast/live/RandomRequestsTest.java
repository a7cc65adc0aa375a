package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.live.HookedStore.Loss;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of one node count in one attribute, in place or by setting the object again, with the object they got at first or the one
 * there is now, on their own thread or on one that nobody knows whose it is, and end or are refused, or the answer to their commit is
 * lost, while another node counts too; in an order that the seed decides. The count is never less than what was acknowledged, and never
 * more than that and what was refused.
 */
class RandomRequestsTest {
    private static final int SEQUENCES = 250;
    private static final int MOST_AT_ONCE = 4;
    private static final int ONE_OF_SO_MANY_IS_REFUSED = 4;
    private static final int ONE_OF_SO_MANY_LOSES_AN_ANSWER = 6;

    private final String namespace = "random-" + UUID.randomUUID();
    private TestNode a;
    private TestNode b;

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 9, 12, 15, 20, 25, 30, 40})
    void acknowledgedCounts_areKept(int length) {
        run(length, ConflictPolicy.MERGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 15, 25, 40})
    void acknowledgedCounts_areKept_ifConflictsLetARequestFail(int length) {
        run(length, ConflictPolicy.FAIL);
    }

    private void run(int length, ConflictPolicy policy) {
        Map<Setting, String> settings =
                TestNode.fetchingOnlyWhatIsNewer(Map.of(Setting.CONFLICT_POLICY, policy.toString()));
        a = new TestNode(namespace, settings);
        b = new TestNode(namespace, settings);
        for (int seed = 0; seed < SEQUENCES; seed++) {
            new Sequence(new Random(1_000L * seed + length), length).run("length " + length + ", seed " + seed);
        }
        assertThat(b.store.newer).hasPositiveValue();
    }

    /** One session and what happens to it. */
    private final class Sequence {
        private final Random random;
        private final int length;
        private final LiveSession onA;
        private final LiveSession onB;
        private final List<Visit> running = new ArrayList<>();
        private final StringBuilder story = new StringBuilder();
        private final boolean objectsAreReplaced;
        private int acknowledged;
        private int refused;

        Sequence(Random random, int length) {
            this.random = random;
            this.length = length;
            this.objectsAreReplaced = random.nextBoolean();
            SessionId id = TestNode.newId();
            onA = a.create(id, attributes -> attributes.put("count", new AtomicInteger()));
            onB = b.load(id);
        }

        void run(String name) {
            for (int step = 0; step < length; step++) {
                int dice = random.nextInt(10);
                if (running.isEmpty() || (dice < 2 && running.size() < MOST_AT_ONCE)) {
                    begin(step);
                } else if (dice < 4) {
                    countOnB();
                } else if (dice < 8) {
                    running.get(random.nextInt(running.size())).count();
                } else {
                    endOne();
                }
            }
            while (!running.isEmpty()) {
                endOne();
            }
            b.request(
                    onB,
                    attributes -> assertThat(counter(attributes).get())
                            .as("%s%s", name, story)
                            .isBetween(acknowledged, acknowledged + refused));
        }

        private void begin(int name) {
            story.append("; ").append(name).append(" begins");
            running.add(new Visit(name, onA, a.begin(onA), story, random, objectsAreReplaced));
        }

        private void countOnB() {
            story.append("; the other node counts");
            TestNode.Request request = b.begin(onB);
            CopyIsTheRecord.assertCopyIsTheRecord(b, onB, story.toString());
            request.work(attributes -> counter(attributes).incrementAndGet());
            request.end();
            acknowledged++;
        }

        private void endOne() {
            Visit visit = running.remove(random.nextInt(running.size()));
            boolean isRefused = random.nextInt(ONE_OF_SO_MANY_IS_REFUSED) == 0;
            story.append("; ").append(visit.name).append(isRefused ? " is refused" : " ends");
            if (isRefused) {
                visit.request.endRefused();
                refused += visit.counted;
            } else if (endsWell(visit)) {
                acknowledged += visit.counted;
            } else {
                refused += visit.counted;
            }
        }

        private boolean endsWell(Visit visit) {
            if (random.nextInt(ONE_OF_SO_MANY_LOSES_AN_ANSWER) == 0) {
                Loss loss = random.nextBoolean() ? Loss.BEHIND_ITS_EFFECT : Loss.INSTEAD_OF_ITS_EFFECT;
                story.append(", an answer is lost ").append(loss);
                a.store.loseNextAnswer(loss);
            }
            try {
                return visit.request.commit();
            } catch (StoreException refusedAsWell) {
                story.append(", but is refused as well");
                visit.request.refuse();
                return false;
            } finally {
                a.store.keepAnswers();
                visit.request.endWithoutCommit();
            }
        }
    }

    /** A request, as its application is written. */
    private static final class Visit {
        private final int name;
        private final LiveSession session;
        private final TestNode.Request request;
        private final StringBuilder story;
        private final boolean setsAgain;
        private final boolean setsANewObject;
        private final boolean keepsItsObject;
        private final boolean usesAThread;
        private AtomicInteger counter = new AtomicInteger();
        private int counted;

        Visit(
                int name,
                LiveSession session,
                TestNode.Request request,
                StringBuilder story,
                Random random,
                boolean objectsAreReplaced) {
            this.name = name;
            this.session = session;
            this.request = request;
            this.story = story;
            this.setsAgain = random.nextBoolean();
            this.setsANewObject = objectsAreReplaced && random.nextBoolean();
            this.keepsItsObject =
                    !objectsAreReplaced && random.nextBoolean(); // else it may count in what is none of the session's
            this.usesAThread = random.nextInt(3) == 0 && !setsANewObject;
            if (!setsANewObject) {
                request.work(this::get);
            }
        }

        void count() {
            if (setsANewObject && counted > 0) {
                return; // of two objects that it has got, or that threads have, nobody can tell which one a new one is
                // made of
            }
            if (!keepsItsObject) {
                work(this::get);
            }
            if (setsANewObject) {
                counter = new AtomicInteger(counter.get());
            }
            counter.incrementAndGet();
            counted++;
            story.append("; ").append(name).append(setsANewObject ? " counts in a new object" : " counts");
            if (setsAgain || setsANewObject) {
                work(attributes -> attributes.put("count", counter));
                story.append(" and sets");
            }
        }

        private void work(TestNode.Work work) {
            if (usesAThread) {
                story.append(", on a thread");
                work.on(session.attributes());
            } else {
                request.work(work);
            }
        }

        private void get(Map<String, Object> attributes) {
            counter = counter(attributes);
            story.append("; ").append(name).append(" gets");
        }
    }

    private static AtomicInteger counter(Map<String, Object> attributes) {
        return (AtomicInteger) attributes.get("count");
    }
}
