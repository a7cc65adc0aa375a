package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that at once overwrite or remove an attribute neither of them can read: one result, and whoever lost is told. */
class UnreadableAtOnceTest {
    private static final String NAME = "broken";

    /** The place of the byte that is damaged. Without its header, not even its version can be told. */
    enum Damage {
        HEADER(0),
        PAYLOAD(10);

        private final int offset;

        Damage(int offset) {
            this.offset = offset;
        }
    }

    private final String namespace = "unreadable-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());

    private LiveSession onA;
    private LiveSession onB;

    @BeforeEach
    void create() {
        a.create(id, attributes -> {
            attributes.put("cart", new ArrayList<>(List.of("bread")));
            attributes.put(NAME, new ArrayList<>(List.of("lost")));
        });
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void removalUnderAnOverwriting_isAConflict_andTheOverwritingStands(Damage damage) {
        breakAttribute(damage);

        commitInBetween(attributes -> attributes.put(NAME, "ours"), attributes -> attributes.remove(NAME));

        requireResult(Map.of(NAME, "ours"), 1);
    }

    @ParameterizedTest
    @EnumSource
    void overwritingUnderARemoval_isAConflict_andTheRemovalStands(Damage damage) {
        breakAttribute(damage);

        commitInBetween(attributes -> attributes.remove(NAME), attributes -> attributes.put(NAME, "theirs"));

        requireResult(Map.of(), 1);
    }

    @ParameterizedTest
    @EnumSource
    void overwritingByBoth_isAConflict_andTheLastStands(Damage damage) {
        breakAttribute(damage);

        commitInBetween(attributes -> attributes.put(NAME, "ours"), attributes -> attributes.put(NAME, "theirs"));

        requireResult(Map.of(NAME, "ours"), 1);
    }

    @ParameterizedTest
    @EnumSource
    void removalByBoth_isNoConflict(Damage damage) {
        breakAttribute(damage);

        commitInBetween(attributes -> attributes.remove(NAME), attributes -> attributes.remove(NAME));

        requireResult(Map.of(), 0);
    }

    /** The other way a node learns of it: another of its requests has brought what the other node did. */
    @ParameterizedTest
    @EnumSource
    void removalThatArrivesWhileAnOverwritingIsPending_isAConflict(Damage damage) {
        breakAttribute(damage);
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> attributes.put(NAME, "ours"));
        b.request(onB, attributes -> attributes.remove(NAME));
        a.request(onA, attributes -> {});

        slow.end();

        requireResult(Map.of(NAME, "ours"), 1);
    }

    @ParameterizedTest
    @EnumSource
    void otherAttributesCommittedWhileItIsOverwritten_areNoConflict(Damage damage) {
        breakAttribute(damage);

        commitInBetween(attributes -> attributes.put(NAME, "ours"), attributes -> attributes.put("x", "theirs"));

        requireResult(Map.of(NAME, "ours", "x", "theirs"), 0);
        assertThat(b.unreadable).containsExactly(NAME);
    }

    private void breakAttribute(Damage damage) {
        String key = "holdfast:" + namespace + ":{" + id.record() + "}";
        byte[] field = redis.send("HGET", key, "@" + NAME).bytes();
        field[damage.offset] ^= 0x55;
        redis.send("HSET", key, "@" + NAME, field);
        onA = a.load(id);
        onB = b.load(id);
        a.request(onA, attributes -> assertThat(attributes.get(NAME)).isNull());
        b.request(onB, attributes -> assertThat(attributes.get(NAME)).isNull());
        assertThat(a.unreadable).containsExactly(NAME);
    }

    /** A's change is captured, then B commits, then A's change reaches Redis. */
    private void commitInBetween(Consumer<Map<String, Object>> ours, Consumer<Map<String, Object>> theirs) {
        a.store.beforeNextCommit(() -> b.request(onB, theirs::accept));
        assertThat(a.request(onA, attributes -> {
                    cart(attributes).add("milk");
                    ours.accept(attributes);
                }))
                .isTrue();
    }

    private void requireResult(Map<String, String> expected, int conflicts) {
        assertThat(a.conflicts)
                .hasSize(conflicts)
                .allSatisfy(conflict -> assertThat(conflict.attribute()).isEqualTo(NAME));
        assertThat(b.conflicts).isEmpty();
        for (TestNode node : List.of(a, b)) {
            Map<String, Object> content = new HashMap<>(node.load(id).attributes());
            assertThat(content.remove("cart"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .startsWith("bread");
            assertThat(content).isEqualTo(expected);
        }
        a.request(
                onA,
                attributes ->
                        assertThat(attributes).hasSize(expected.size() + 1).containsAllEntriesOf(expected));
        b.request(
                onB,
                attributes ->
                        assertThat(attributes).hasSize(expected.size() + 1).containsAllEntriesOf(expected));
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }
}
