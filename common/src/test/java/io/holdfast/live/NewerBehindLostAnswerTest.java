package io.holdfast.live;

import static io.holdfast.live.CopyIsTheRecord.assertCopyIsTheRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.live.HookedStore.Loss;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a lost answer is found to have said is older than what this node may have loaded meanwhile. */
class NewerBehindLostAnswerTest {
    private final String namespace = "newer-lost-" + UUID.randomUUID();
    private final TestNode a = new TestNode(
            namespace, TestNode.fetchingOnlyWhatIsNewer(Map.of(Setting.CONFLICT_POLICY, "first-write-wins")));
    private final TestNode b = new TestNode(namespace, TestNode.fetchingOnlyWhatIsNewer(Map.of()));
    private final SessionId id = TestNode.newId();
    private final LiveSession onA = a.create(id, attributes -> {
        attributes.put("contested", list("first"));
        attributes.put("list", list("first"));
    });
    private final LiveSession onB = b.load(id);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** The commit gives way to what it has found, which another node replaces, and a refresh of this node sees that. */
    @Test
    void whatALostCommitGaveWayTo_doesNotHideWhatWasLoadedSince() throws Exception {
        TestNode.Request request = a.begin(onA);
        request.work(attributes -> {
            listOf(attributes, "contested").add("ours");
            listOf(attributes, "list").add("ours");
        });
        b.request(onB, attributes -> attributes.put("contested", list("theirs")));
        Thread refresh = new Thread(() -> a.begin(onA).endWithoutCommit());
        AtomicInteger commits = new AtomicInteger();
        a.store.beforeEachCommit(() -> {
            if (commits.incrementAndGet() == 2) {
                b.request(onB, attributes -> attributes.put("contested", list("theirs", "newer")));
                startAndAwaitItsLoad(refresh);
            }
        });
        a.store.loseNextAnswer(Loss.BEHIND_ITS_EFFECT);

        assertThatThrownBy(request::end).isInstanceOf(StoreException.class);
        refresh.join(TimeUnit.SECONDS.toMillis(10));

        a.request(
                onA,
                attributes -> assertThat(attributes)
                        .containsEntry("contested", list("theirs", "newer"))
                        .containsEntry("list", list("first", "ours")));
        assertThat(commits.get()).isGreaterThanOrEqualTo(2);
        assertCopyIsTheRecord(a, onA, "behind a lost answer");
    }

    /** It has its answer then, and waits for the commit lock. */
    private void startAndAwaitItsLoad(Thread refresh) {
        CountDownLatch loaded = new CountDownLatch(1);
        a.store.afterNextLoad(loaded::countDown);
        refresh.start();
        try {
            assertThat(loaded.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> list(String... elements) {
        return new ArrayList<>(List.of(elements));
    }

    @SuppressWarnings("unchecked")
    private static List<String> listOf(Map<String, Object> attributes, String name) {
        return (List<String>) Objects.requireNonNull(attributes.get(name));
    }
}
