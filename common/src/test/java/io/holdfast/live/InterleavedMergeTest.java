package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.localredis.Cut;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit has found a conflict and merged; before the result is written, something else happens to the session. */
class InterleavedMergeTest {
    private static final String GRACE_SECONDS = "10";

    private final String namespace = "merge-" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();
    private final TestNode a = node(Map.of());
    private final TestNode b = node(Map.of());

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    @Test
    void merge_isDoneAgain_whenAThirdCommitComesBetween() {
        LiveSession onA = a.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> {
            b.request(onB, attributes -> count(attributes, 10));
            a.store.beforeNextCommit(() -> b.request(onB, attributes -> count(attributes, 100)));
        });

        a.request(onA, attributes -> count(attributes, 1));

        a.request(
                onA,
                attributes -> assertThat((AtomicInteger) attributes.get("hits")).hasValue(111));
        assertThat(a.conflicts)
                .singleElement()
                .satisfies(
                        report -> assertThat(report.conflict().foundVersion()).isEqualTo(3));
    }

    @Test
    void merge_overtakenInEveryRound_failsAndWritesNothing() {
        try (TestNode hasty = node(Map.of(Setting.COMMIT_ATTEMPTS, "3"))) {
            LiveSession onA = hasty.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
            LiveSession onB = b.load(id);
            hasty.store.beforeEachCommit(() -> b.request(onB, attributes -> count(attributes, 10)));

            assertThatThrownBy(() -> hasty.request(onA, attributes -> count(attributes, 1)))
                    .isInstanceOf(CommitContentionException.class)
                    .hasMessageContainingAll(id.record(), "3 attempts", "commitAttempts");
            assertThat(hasty.failures).singleElement().isInstanceOf(CommitContentionException.class);

            b.request(
                    onB,
                    attributes ->
                            assertThat((AtomicInteger) attributes.get("hits")).hasValue(30));
        }
    }

    /** As by a node that is faster, or has more requests of the session, and commits all the time. */
    @Test
    void merge_overtakenWheneverTheOthersAreLet_isThrough() {
        LiveSession onA = a.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
        LiveSession onB = b.load(id);
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        AtomicInteger quicker = new AtomicInteger();
        a.store.beforeEachCommit(() -> {
            if (isSomebodysTurn()) {
                waiting.add(CompletableFuture.runAsync(() -> b.request(onB, attributes -> count(attributes, 10))));
            } else {
                b.request(onB, attributes -> count(attributes, 10));
                quicker.incrementAndGet();
            }
        });

        assertThat(a.request(onA, attributes -> count(attributes, 1))).isTrue();

        waiting.forEach(CompletableFuture::join);
        assertHits(10 * (quicker.get() + waiting.size()) + 1);
        assertThat(quicker).hasValueLessThan(6);
    }

    @Test
    void sessionThatEndsWhileAMergeIsUnderWay_staysEnded() {
        LiveSession onA = a.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
        LiveSession onB = b.load(id);
        beforeTheMergeIsWritten(onB, onB::end);

        assertThat(a.request(onA, attributes -> count(attributes, 1))).isFalse();
        assertThat(b.knows(id)).isFalse();
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void sessionThatExpiresWhileAMergeIsUnderWay_staysEnded() {
        LiveSession onA = a.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
        LiveSession onB = b.load(id);
        beforeTheMergeIsWritten(onB, this::letEnd);

        assertThat(a.request(onA, attributes -> count(attributes, 1))).isFalse();

        assertThat(b.knows(id)).isFalse();
        assertThat(a.dropped).hasValue(1);
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void idThatChangesWhileAMergeIsUnderWay_isTheValidOne_andTheMergeIsWritten() {
        LiveSession onA = a.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
        LiveSession onB = b.load(id);
        SessionId next = new SessionId(id.record(), TestNode.newId().secret());
        beforeTheMergeIsWritten(onB, () -> assertThat(onB.changeId(next)).isTrue());

        assertThat(a.request(onA, attributes -> count(attributes, 1))).isTrue();

        LiveSession seen = b.load(id);
        assertThat(seen.accepts(next)).isTrue();
        assertThat(seen.accepts(id)).isFalse();
        assertHits(11);
        assertThat(a.conflicts).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mergeOnAConnectionThatIsLost_countsOnce(boolean executed) {
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                TestNode far = node(Map.of(Setting.REDIS_URI, proxy.uri()))) {
            LiveSession onFar = far.create(id, attributes -> attributes.put("hits", new AtomicInteger()));
            LiveSession onB = b.load(id);
            Cut[] cut = new Cut[1];
            far.store.beforeNextCommit(() -> {
                b.request(onB, attributes -> count(attributes, 10));
                far.store.beforeNextCommit(
                        () -> cut[0] = executed ? proxy.cutAfterSending("EXEC") : proxy.cutInsteadOfSending("EXEC"));
            });

            assertThat(far.request(onFar, attributes -> count(attributes, 1))).isTrue();

            cut[0].awaitDone();
            assertHits(11);
            assertThat(far.conflicts).hasSize(1);
        }
    }

    /** Lets {@code onB} count 10 before A's next commit, so that it conflicts, and {@code action} run before A's second try. */
    private void beforeTheMergeIsWritten(LiveSession onB, Runnable action) {
        a.store.beforeNextCommit(() -> {
            b.request(onB, attributes -> count(attributes, 10));
            a.store.beforeNextCommit(action);
        });
    }

    private void assertHits(int expected) {
        b.request(
                b.load(id),
                attributes -> assertThat((AtomicInteger) attributes.get("hits")).hasValue(expected));
    }

    private boolean isSomebodysTurn() {
        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            return redis.send("HEXISTS", key(), "t").number() == 1;
        }
    }

    private String key() {
        return "holdfast:" + namespace + ":{" + id.record() + "}";
    }

    /** The session's time is up; what is left is the grace. */
    private void letEnd() {
        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            assertThat(redis.send("PEXPIRE", key(), Integer.parseInt(GRACE_SECONDS) * 1_000 - 1)
                            .number())
                    .isEqualTo(1);
        }
    }

    private TestNode node(Map<Setting, String> settings) {
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        all.put(Setting.EXPIRY_GRACE_SECONDS, GRACE_SECONDS);
        all.putAll(settings);
        return new TestNode(namespace, all);
    }

    private static void count(Map<String, Object> attributes, int difference) {
        ((AtomicInteger) attributes.get("hits")).addAndGet(difference);
    }
}
