package io.holdfast.live;

import static io.holdfast.live.CopyIsTheRecord.assertCopyIsTheRecord;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionMetadata;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes, which fetch only what is newer, put, change in place and remove attributes and container state, are refused, overtake each
 * other, and go on from what Redis has lost, in an order that the seed decides. Whoever has just asked Redis knows just what it holds.
 */
class RandomCopiesTest {
    private static final int SEQUENCES = 60;
    private static final int STEPS = 60;
    private static final int MOST_AT_ONCE = 3;
    private static final int NAMES = 5;

    private final String namespace = "random-copies-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private List<TestNode> nodes = List.of();

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void whoHasAsked_knowsWhatRedisHolds(ConflictPolicy policy) {
        Map<Setting, String> settings =
                TestNode.fetchingOnlyWhatIsNewer(Map.of(Setting.CONFLICT_POLICY, policy.toString()));
        nodes = List.of(new TestNode(namespace, settings), new TestNode(namespace, settings));
        for (int seed = 0; seed < SEQUENCES; seed++) {
            new Sequence(new Random(seed), policy + ", seed " + seed).run();
        }
        assertThat(nodes).allSatisfy(node -> assertThat(node.store.newer).hasValueGreaterThan(SEQUENCES));
        assertThat(nodes.get(0).store.loadsWithoutACopy)
                .as("copies that were not what they should be")
                .hasValue(0);
        assertThat(nodes.get(1).store.loadsWithoutACopy).hasValue(SEQUENCES);
    }

    /** One session and what happens to it. */
    private final class Sequence {
        private final Random random;
        private final StringBuilder story;
        private final SessionId id = TestNode.newId();
        private final String key = "holdfast:" + namespace + ":{" + id.record() + "}";
        private final List<LiveSession> sessions = new ArrayList<>();
        private final List<List<TestNode.Request>> running = List.of(new ArrayList<>(), new ArrayList<>());
        private byte[] kept;
        private int values;
        private boolean inBetween;
        private boolean overtaken;

        Sequence(Random random, String name) {
            this.random = random;
            story = new StringBuilder(name);
            sessions.add(nodes.get(0).create(id, attributes -> attributes.put("a0", value())));
            sessions.add(nodes.get(1).load(id));
            kept = redis.send("DUMP", key).bytes();
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            for (int node = 0; node < nodes.size(); node++) {
                begin(node);
                for (TestNode.Request left : running.get(node)) {
                    left.endWithoutCommit();
                }
            }
        }

        private void step() {
            int node = random.nextInt(nodes.size());
            List<TestNode.Request> requests = running.get(node);
            int dice = random.nextInt(20);
            if (!inBetween && (requests.isEmpty() || (dice < 4 && requests.size() < MOST_AT_ONCE))) {
                begin(node);
            } else if (dice < 6) {
                commitSeveral(node);
            } else if (dice == 6) {
                nodes.get(node).store.afterNextLoad(this::stepInBetween);
            } else if (dice == 7) {
                nodes.get(node).store.beforeNextCommit(this::stepInBetween);
            } else if (dice == 8) {
                kept = redis.send("DUMP", key).bytes();
            } else if (dice == 9 && random.nextInt(4) == 0) {
                story.append("; Redis loses what came since");
                redis.send("RESTORE", key, 600_000, kept, "REPLACE");
            } else if (requests.isEmpty()) {
                return;
            } else if (dice < 16) {
                work(node, requests.get(random.nextInt(requests.size())));
            } else if (!inBetween) {
                end(node, requests.remove(random.nextInt(requests.size())));
            }
        }

        private void stepInBetween() {
            boolean nested = inBetween;
            inBetween = true;
            overtaken = true;
            story.append(", and meanwhile");
            step();
            inBetween = nested;
        }

        private void begin(int node) {
            story.append("; node ").append(node).append(" begins");
            overtaken = false;
            running.get(node).add(nodes.get(node).begin(sessions.get(node)));
            if (!overtaken) {
                assertCopyIsTheRecord(nodes.get(node), sessions.get(node), story.toString());
            }
        }

        private void commitSeveral(int node) {
            int times = 1 + random.nextInt(SessionMetadata.REMEMBERED_COMMITS + 1);
            story.append("; node ")
                    .append(node)
                    .append(" commits ")
                    .append(times)
                    .append(" times");
            for (int i = 0; i < times; i++) {
                TestNode.Request request = nodes.get(node).begin(sessions.get(node));
                work(node, request);
                end(node, request);
            }
        }

        private void work(int node, TestNode.Request request) {
            String name = "a" + random.nextInt(NAMES);
            int dice = random.nextInt(8);
            request.work(attributes -> {
                if (dice < 3) {
                    story.append("; node ").append(node).append(" puts ").append(name);
                    attributes.put(name, value());
                } else if (dice < 5 && attributes.get(name) instanceof List<?> list) {
                    story.append(", changes ").append(name);
                    change(list);
                } else if (dice < 6) {
                    story.append(", removes ").append(name);
                    attributes.remove(name);
                } else if (dice < 7) {
                    story.append(", sets $").append(name);
                    sessions.get(node).containerState().set(name, random.nextInt(3) == 0 ? null : "v" + values++);
                } else {
                    sessions.get(node).containerState().setAlong("along", "v" + values++);
                }
            });
        }

        private void end(int node, TestNode.Request request) {
            if (random.nextInt(6) == 0) {
                story.append("; node ").append(node).append(" refuses");
                request.endRefused();
                return;
            }
            story.append("; node ").append(node).append(" ends");
            try {
                assertThat(request.commit()).isTrue();
                request.endWithoutCommit();
            } catch (StoreException refused) {
                story.append(", in vain");
                request.endRefused();
            }
        }

        private Object value() {
            return random.nextBoolean() ? "v" + values++ : new ArrayList<>(List.of("v" + values++));
        }

        @SuppressWarnings("unchecked")
        private void change(List<?> list) {
            ((List<String>) list).add("v" + values++);
        }
    }
}
