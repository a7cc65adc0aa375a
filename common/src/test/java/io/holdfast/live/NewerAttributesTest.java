package io.holdfast.live;

import static io.holdfast.live.CopyIsTheRecord.assertCopyIsTheRecord;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import io.holdfast.session.SessionMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node fetches only what is newer than its copy, and holds just what Redis holds then. */
class NewerAttributesTest {
    private final String namespace = "newer-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace, TestNode.fetchingOnlyWhatIsNewer(Map.of()));
    private final TestNode b = new TestNode(namespace, TestNode.fetchingOnlyWhatIsNewer(Map.of()));
    private final SessionId id = TestNode.newId();
    private final LiveSession onA = a.create(id, attributes -> {
        attributes.put("kept", list("kept"));
        attributes.put("list", list("first"));
        attributes.put("text", "first");
    });
    private final LiveSession onB = b.load(id);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void changeOfAnotherNode_isSeen_andOtherAttributesKeepTheirObjects() {
        List<Object> before = new ArrayList<>();
        a.request(onA, attributes -> before.add(attributes.get("kept")));
        b.request(onB, attributes -> listOf(attributes, "list").add("second"));

        a.request(onA, attributes -> {
            assertThat(attributes.get("list")).isEqualTo(list("first", "second"));
            assertThat(attributes.get("kept")).isSameAs(before.get(0));
        });

        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void attributesThatAnotherNodeAddsAndRemoves_comeAndGo() {
        b.request(onB, attributes -> {
            attributes.remove("text");
            attributes.put("added", "1");
        });
        a.request(onA, attributes -> assertThat(attributes).containsOnlyKeys("kept", "list", "added"));

        b.request(onB, attributes -> attributes.put("text", "again"));

        a.request(onA, attributes -> assertThat(attributes).containsEntry("text", "again"));
        assertOnlyWhatIsNewerWasFetched(2);
    }

    @Test
    void containerStateOfAnotherNode_comesAndGoes() {
        b.request(onB, attributes -> onB.containerState().set("user", "anna"));
        b.request(onB, attributes -> onB.containerState().set("type", "FORM"));
        a.request(onA, attributes -> {});
        assertThat(onA.containerState().get("user")).isEqualTo("anna");

        b.request(onB, attributes -> onB.containerState().set("user", null));
        a.request(onA, attributes -> {});

        assertThat(onA.containerState().get("user")).isNull();
        assertThat(onA.containerState().get("type")).isEqualTo("FORM");
        assertOnlyWhatIsNewerWasFetched(2);
    }

    @Test
    void newIdOfAnotherNode_isTheValidOne() {
        SessionId renewed = SessionIds.renew(id.record(), new SecureRandom()::nextBytes);
        b.begin(onB);
        onB.changeId(renewed);

        a.request(onA, attributes -> {});

        assertThat(onA.accepts(renewed)).isTrue();
        assertThat(onA.accepts(id)).isFalse();
        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void commitThatOthersOvertook_isFetchedAlongWithTheirs() {
        TestNode.Request request = a.begin(onA);
        b.request(onB, attributes -> attributes.put("text", "theirs"));
        request.work(attributes -> attributes.put("ours", "1"));
        request.end();

        a.request(
                onA,
                attributes ->
                        assertThat(attributes).containsEntry("text", "theirs").containsEntry("ours", "1"));

        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void conflict_thatIsMerged_isFetchedLikeAnyOther() {
        TestNode.Request request = a.begin(onA);
        request.work(attributes -> listOf(attributes, "list").add("ours"));
        b.request(onB, attributes -> listOf(attributes, "list").add("theirs"));
        request.end();

        a.request(onA, attributes -> assertThat(attributes.get("list")).isEqualTo(list("first", "theirs", "ours")));

        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void changeThatALocalPutHides_isKnownOnceThatIsTakenBack() {
        TestNode.Request refused = a.begin(onA);
        refused.work(attributes -> attributes.put("text", "ours"));
        b.request(onB, attributes -> attributes.put("text", "theirs"));
        TestNode.Request beside = a.begin(onA);
        beside.work(attributes -> assertThat(attributes).containsEntry("text", "ours"));

        refused.endRefused();

        beside.work(attributes -> assertThat(attributes).containsEntry("text", "theirs"));
        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void removalThatALocalPutHides_likewise() {
        TestNode.Request refused = a.begin(onA);
        refused.work(attributes -> attributes.put("text", "ours"));
        b.request(onB, attributes -> attributes.remove("text"));
        TestNode.Request beside = a.begin(onA);

        refused.endRefused();

        beside.work(attributes -> assertThat(attributes).doesNotContainKey("text"));
        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void commitOfThisNode_betweenTheLoadAndItsWorkingIn_isNotUndone() {
        b.request(onB, attributes -> attributes.put("text", "theirs"));
        TestNode.Request running = a.begin(onA);
        running.work(attributes -> attributes.put("ours", "1"));
        b.request(onB, attributes -> attributes.put("text", "theirs again"));
        a.store.afterNextLoad(() -> {
            running.commit();
            b.request(onB, attributes -> attributes.put("more", "1"));
        });

        a.request(
                onA,
                attributes -> assertThat(attributes)
                        .containsEntry("text", "theirs again")
                        .containsEntry("ours", "1")
                        .containsEntry("more", "1"));

        assertOnlyWhatIsNewerWasFetched(3);
    }

    @Test
    void refreshOfAnotherRequest_betweenTheLoadAndItsWorkingIn_isNotUndone() {
        b.request(onB, attributes -> attributes.put("text", "theirs"));
        a.store.afterNextLoad(() -> {
            b.request(onB, attributes -> attributes.remove("text"));
            a.request(onA, attributes -> assertThat(attributes).doesNotContainKey("text"));
        });

        a.request(onA, attributes -> assertThat(attributes).doesNotContainKey("text"));

        assertOnlyWhatIsNewerWasFetched(2);
    }

    @Test
    void moreCommitsThanTheRecordRemembers_leadToAWholeLoad() {
        for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS; i++) {
            String text = "theirs " + i;
            b.request(onB, attributes -> attributes.put("text", text));
        }

        a.request(onA, attributes -> assertThat(attributes).containsEntry("text", "theirs 7"));

        assertOnlyWhatIsNewerWasFetched(0);
    }

    @Test
    void valueThatCannotBeStored_doesNotHideWhatAnotherNodeStored_whichCanBeRemoved() {
        TestNode.Request request = a.begin(onA);
        request.work(attributes -> attributes.put("thread", Thread.currentThread()));
        b.request(onB, attributes -> attributes.put("thread", "theirs"));
        a.begin(onA).end();
        request.end();
        a.request(onA, attributes -> assertThat(attributes).containsEntry("thread", "theirs"));
        assertOnlyWhatIsNewerWasFetched(1);

        a.request(onA, attributes -> attributes.remove("thread"));

        a.request(onA, attributes -> assertThat(attributes).doesNotContainKey("thread"));
        b.request(onB, attributes -> assertThat(attributes).doesNotContainKey("thread"));
        assertOnlyWhatIsNewerWasFetched(1);
    }

    @Test
    void attributesThatSomebodyElseHasAdded_leadToAWholeLoad_andStayThoughNobodyCanReadThem() {
        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            redis.send("HSET", key(), "@text", "garbage", "@more", "garbage of ten bytes or more");
        }
        b.request(onB, attributes -> attributes.put("new", "1"));
        a.request(onA, attributes -> {
            assertThat(attributes.get("text")).isNull();
            assertThat(attributes).containsEntry("new", "1");
        });
        assertThat(a.store.loadsWithoutACopy).hasValue(1);

        b.request(onB, attributes -> attributes.put("new", "2"));
        a.request(onA, attributes -> assertThat(attributes).containsEntry("new", "2"));

        assertThat(a.store.loadsWithoutACopy).hasValue(1);
        assertCopyIsTheRecord(a, onA, "with what nobody can read");
    }

    @Test
    void sealedValues_areFetchedLikeOthers(@TempDir Path folder) throws IOException {
        Path keys = folder.resolve("keys");
        Files.writeString(keys, "k1=" + Base64.getEncoder().encodeToString(new byte[32]));
        Map<Setting, String> sealing = TestNode.fetchingOnlyWhatIsNewer(
                Map.of(Setting.COMPRESSION_THRESHOLD_BYTES, "100", Setting.ENCRYPTION_KEYS, "file:" + keys));
        try (TestNode c = new TestNode(namespace, sealing);
                TestNode d = new TestNode(namespace, sealing)) {
            SessionId sealed = TestNode.newId();
            LiveSession onC = c.create(sealed, attributes -> {
                attributes.put("kept", list("x".repeat(1_000)));
                attributes.put("changed", "x".repeat(1_000));
            });
            LiveSession onD = d.load(sealed);
            d.request(onD, attributes -> attributes.put("changed", "y".repeat(1_000)));

            c.request(onC, attributes -> {
                assertThat(attributes.get("kept")).isEqualTo(list("x".repeat(1_000)));
                assertThat(attributes.get("changed")).isEqualTo("y".repeat(1_000));
            });

            assertThat(c.store.newer).hasValue(1);
            assertCopyIsTheRecord(c, onC, "sealed");
        }
    }

    /** The record goes on from an older state, in which another commit has made the version that this node's copy has. */
    @Test
    void commitOnTopOfWhatRedisLost_doesNotMakeTheCopyComplete() {
        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            byte[] before = redis.send("DUMP", key()).bytes();
            b.request(onB, attributes -> attributes.put("text", "lost"));
            TestNode.Request request = a.begin(onA);
            redis.send("RESTORE", key(), 600_000, before, "REPLACE");
            b.request(onB, attributes -> attributes.put("list", list("instead")));
            request.work(attributes -> attributes.put("ours", "1"));
            request.end();
            for (int i = 0; i < SessionMetadata.REMEMBERED_COMMITS - 1; i++) {
                String number = "theirs " + i;
                b.request(onB, attributes -> attributes.put("more", number));
            }

            a.request(
                    onA,
                    attributes -> assertThat(attributes)
                            .containsEntry("text", "first")
                            .containsEntry("list", list("instead")));

            assertCopyIsTheRecord(a, onA, "behind a loss");
        }
    }

    /** The record is again as this node's copy was, but the copy has what this node has committed on top of another one's. */
    @Test
    void commitAheadOfTheCopy_thatRedisLost_isNotTakenForWhatThereIs() {
        try (RespConnection redis = RespConnection.open(TestRedis.shared().uri())) {
            byte[] before = redis.send("DUMP", key()).bytes();
            TestNode.Request request = a.begin(onA);
            b.request(onB, attributes -> attributes.put("more", "theirs"));
            request.work(attributes -> attributes.put("text", "ours"));
            request.end();
            redis.send("RESTORE", key(), 600_000, before, "REPLACE");

            a.request(onA, attributes -> assertThat(attributes).containsEntry("text", "first"));

            assertCopyIsTheRecord(a, onA, "behind a loss");
        }
    }

    private void assertOnlyWhatIsNewerWasFetched(int times) {
        assertThat(a.store.newer).hasValue(times);
        assertThat(a.store.loadsWithoutACopy).hasValue(0);
        assertCopyIsTheRecord(a, onA, "behind a refresh");
    }

    private String key() {
        return "holdfast:" + namespace + ":{" + id.record() + "}";
    }

    private static List<String> list(String... elements) {
        return new ArrayList<>(List.of(elements));
    }

    @SuppressWarnings("unchecked")
    private static List<String> listOf(Map<String, Object> attributes, String name) {
        return (List<String>) Objects.requireNonNull(attributes.get(name));
    }
}
