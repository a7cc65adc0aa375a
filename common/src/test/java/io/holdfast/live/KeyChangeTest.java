package io.holdfast.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import io.holdfast.tracking.AttributeGate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While the encryption key is changed node by node: one node still writes with the old key, and another, with the new, gets between. */
class KeyChangeTest {
    private static final String OLD = "old=" + "A".repeat(43) + "=\n";
    private static final String NEW = "new=" + "B".repeat(42) + "A=\n";
    private static final int FIELD_HEADER_BYTES = 10;

    /** When the other node commits. */
    enum InBetween {
        CAPTURE_AND_LOOK,
        LOOK_AND_WRITE
    }

    @TempDir
    Path directory;

    private final String namespace = "keys-" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final List<TestNode> nodes = new ArrayList<>();
    private TestNode before;
    private TestNode after;

    @BeforeEach
    void startNodes() throws Exception {
        before = node(proxy.uri(), OLD + NEW);
        after = node(TestRedis.shared().uri(), NEW + OLD);
    }

    private TestNode node(String uri, String keys) throws Exception {
        Path file = Files.writeString(Files.createTempFile(directory, "keys", ""), keys);
        Map<Setting, String> settings = Map.of(Setting.REDIS_URI, uri, Setting.ENCRYPTION_KEYS, "file:" + file);
        TestNode node = new TestNode(namespace, settings, AttributeGate.OPEN);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
        proxy.close();
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void otherAttributesCommittedInBetween_areKept_eachWithTheKeyOfItsWriter(InBetween moment) throws Exception {
        LiveSession here = before.create(id, attributes -> attributes.put("theirs", cart("bread")));
        LiveSession there = after.load(id);
        TestNode.Request overtaken = before.begin(here);
        overtaken.work(attributes -> {
            attributes.put("ours", cart("salt"));
            here.containerState().set("user", "ada");
        });

        endOvertaken(
                overtaken,
                moment,
                () -> after.request(
                        there, attributes -> cart(attributes, "theirs").add("milk")));

        assertThat(before.conflicts).isEmpty();
        assertThat(keyOf("@ours")).isEqualTo("old");
        assertThat(keyOf("$user")).isEqualTo("old");
        assertThat(keyOf("@theirs")).isEqualTo("new");
        requireOnAllNodes(Map.of("ours", cart("salt"), "theirs", cart("bread", "milk")));
        assertThat(after.load(id).containerState().get("user")).isEqualTo("ada");
        before.request(
                here,
                attributes -> assertThat(attributes)
                        .containsOnly(entry("ours", cart("salt")), entry("theirs", cart("bread", "milk"))));
    }

    @ParameterizedTest
    @EnumSource
    void sameAttributeCommittedInBetween_isMerged_andReadWhateverItsKey(InBetween moment) throws Exception {
        LiveSession here = before.create(id, attributes -> attributes.put("cart", cart("bread")));
        LiveSession there = after.load(id);
        TestNode.Request overtaken = before.begin(here);
        overtaken.work(attributes -> cart(attributes, "cart").add("salt"));

        endOvertaken(
                overtaken,
                moment,
                () -> after.request(
                        there, attributes -> cart(attributes, "cart").add("milk")));

        assertThat(before.conflicts).hasSize(1);
        assertThat(keyOf("@cart")).isEqualTo("old");
        requireOnAllNodes(Map.of("cart", cart("bread", "milk", "salt")));

        after.request(there, attributes -> attributes.put("cart", cart("bread", "milk", "salt")));
        assertThat(keyOf("@cart")).as("set again where the new key writes").isEqualTo("new");
        before.request(here, attributes -> cart(attributes, "cart").add("butter"));
        requireOnAllNodes(Map.of("cart", cart("bread", "milk", "salt", "butter")));
        assertThat(after.conflicts).isEmpty();
    }

    /** Nothing but the key was changed, but nobody can tell: counters that counted the same look like this, too. */
    @ParameterizedTest
    @EnumSource
    void attributeSetAgainInBetween_toTheSameValue_isAConflictAndLosesNothing(InBetween moment) throws Exception {
        LiveSession here = before.create(id, attributes -> {
            attributes.put("cart", cart("bread"));
            attributes.put("untouched", cart("bread"));
        });
        LiveSession there = after.load(id);
        TestNode.Request overtaken = before.begin(here);
        overtaken.work(attributes -> {
            cart(attributes, "cart").add("salt");
            attributes.get("untouched");
        });

        endOvertaken(
                overtaken,
                moment,
                () -> after.request(there, attributes -> {
                    attributes.put("cart", cart("bread"));
                    attributes.put("untouched", cart("bread"));
                }));

        assertThat(before.conflicts)
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.attribute()).isEqualTo("cart"));
        assertThat(keyOf("@untouched")).as("only read").isEqualTo("new");
        requireOnAllNodes(Map.of("cart", cart("bread", "salt"), "untouched", cart("bread")));
    }

    @Test
    void longRequestThatHoldsAnObject_whileTheOtherNodeEncryptsItAnew_writesItsChange() throws Exception {
        LiveSession here = before.create(id, attributes -> attributes.put("cart", cart("bread")));
        TestNode.Request poll = before.begin(here);
        List<List<String>> held = new ArrayList<>();
        poll.work(attributes -> held.add(cart(attributes, "cart")));
        after.request(after.load(id), attributes -> attributes.put("cart", cart("bread")));
        before.request(
                here,
                attributes -> assertThat(attributes.get("cart"))
                        .isEqualTo(cart("bread"))
                        .isNotSameAs(held.get(0)));

        held.get(0).add("salt");
        poll.end();

        assertThat(before.conflicts).hasSize(1);
        assertThat(keyOf("@cart")).isEqualTo("old");
        requireOnAllNodes(Map.of("cart", cart("bread", "salt")));
    }

    /** Lets the other node commit when {@code overtaken} has seen what it has to write, and not written it. */
    private void endOvertaken(TestNode.Request overtaken, InBetween moment, Runnable other) throws Exception {
        if (moment == InBetween.CAPTURE_AND_LOOK) {
            before.store.beforeNextCommit(other);
            overtaken.end();
            return;
        }
        Pause pause = proxy.pauseBefore("MULTI");
        CompletableFuture<Boolean> end =
                CompletableFuture.supplyAsync(overtaken::end, task -> new Thread(task, "overtaken").start());
        pause.awaitReached();
        other.run();
        pause.release();
        assertThat(end.get(10, SECONDS)).isTrue();
    }

    /** Also on one that joins later; and none has met anything it could not read. */
    private void requireOnAllNodes(Map<String, Object> expected) throws Exception {
        TestNode joined = node(TestRedis.shared().uri(), NEW + OLD);
        for (TestNode node : List.of(before, after, joined)) {
            assertThat(new HashMap<>(node.load(id).attributes())).isEqualTo(expected);
            assertThat(node.unreadable).isEmpty();
        }
    }

    /** Id of the key a field is encrypted with. */
    private String keyOf(String field) {
        byte[] bytes = redis.send("HGET", "holdfast:" + namespace + ":{" + id.record() + "}", field)
                .bytes();
        return new String(bytes, FIELD_HEADER_BYTES + 1, bytes[FIELD_HEADER_BYTES], US_ASCII);
    }

    private static List<String> cart(String... articles) {
        return new ArrayList<>(List.of(articles));
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> cart(Map<String, Object> attributes, String name) {
        return (List<String>) attributes.get(name);
    }
}
