package io.holdfast.live;

import static io.holdfast.live.CopyIsTheRecord.assertCopyIsTheRecord;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A load that commits and other refreshes of this node overtake, with copies that are fetched as a whole and with such of which
 * only what is newer is fetched.
 */
class OvertakenRefreshTest {
    private final String namespace = "overtaken-" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();
    private final List<TestNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(boolean large) {
        TestNode node = new TestNode(namespace, large ? TestNode.fetchingOnlyWhatIsNewer(Map.of()) : Map.of());
        nodes.add(node);
        return node;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loadOfAnOlderState_thanThisNodeHasMade_isNotRepeated(boolean large) {
        TestNode a = node(large);
        LiveSession onA = a.create(id, attributes -> attributes.put("text", "first"));
        TestNode.Request other = a.begin(onA);
        other.work(attributes -> attributes.put("text", "second"));
        int loads = a.store.loads.get();
        a.store.afterNextLoad(other::end);

        a.request(onA, attributes -> assertThat(attributes).containsEntry("text", "second"));

        assertThat(a.store.loads.get() - loads).isEqualTo(1);
        assertCopyIsTheRecord(a, onA, "copy of a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loadThatAnotherRefreshHasOvertaken_isNotRepeated(boolean large) {
        TestNode a = node(large);
        TestNode b = node(large);
        LiveSession onA = a.create(id, attributes -> attributes.put("text", "first"));
        LiveSession onB = copyOn(b);
        b.request(onB, attributes -> attributes.put("text", "second"));
        int loads = a.store.loads.get();
        a.store.afterNextLoad(() -> {
            b.request(onB, attributes -> attributes.put("text", "third"));
            a.request(onA, attributes -> assertThat(attributes).containsEntry("text", "third"));
        });

        a.request(onA, attributes -> assertThat(attributes).containsEntry("text", "third"));

        assertThat(a.store.loads.get() - loads).isEqualTo(2);
        assertCopyIsTheRecord(a, onA, "copy of a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loadOfAState_withTheCommitThatCameInBetween_isNotRepeated_unlessItIsOnTopOfAnOlderCopy(boolean large) {
        TestNode a = node(large);
        TestNode b = node(large);
        LiveSession onA = a.create(id, attributes -> attributes.put("text", "first"));
        LiveSession onB = copyOn(b);
        TestNode.Request other = a.begin(onA);
        other.work(attributes -> attributes.put("ours", "1"));
        b.request(onB, attributes -> attributes.put("text", "second"));
        int loads = a.store.loads.get();
        a.store.beforeNextLoad(other::end);

        a.request(
                onA,
                attributes ->
                        assertThat(attributes).containsEntry("text", "second").containsEntry("ours", "1"));

        assertThat(a.store.loads.get() - loads).isEqualTo(large ? 2 : 1);
        assertCopyIsTheRecord(a, onA, "copy of a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loadThatLacksACommit_onTopOfWhatThisNodeHasNotSeen_isRepeated(boolean large) {
        TestNode a = node(large);
        TestNode b = node(large);
        LiveSession onA = a.create(id, attributes -> attributes.put("text", "first"));
        LiveSession onB = copyOn(b);
        TestNode.Request other = a.begin(onA);
        other.work(attributes -> attributes.put("ours", "1"));
        int loads = a.store.loads.get();
        a.store.afterNextLoad(() -> {
            b.request(onB, attributes -> {
                attributes.put("text", "second");
                attributes.put("theirs", "2");
            });
            other.end();
        });

        a.request(
                onA,
                attributes -> assertThat(attributes)
                        .containsOnly(Map.entry("text", "second"), Map.entry("ours", "1"), Map.entry("theirs", "2")));

        assertThat(a.store.loads.get() - loads).isEqualTo(2);
        assertCopyIsTheRecord(a, onA, "copy of a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loadFromBeforeTheEnd_ofAnotherSessionOfTheSameName_bringsNothingBack(boolean large) {
        TestNode a = node(large);
        LiveSession onA = a.create(id, attributes -> attributes.put("text", "first"));
        a.store.afterNextLoad(onA::end);

        assertThat(a.request(onA, attributes -> attributes.put("text", "late"))).isFalse();

        assertThat(onA.hasEnded()).isTrue();
        assertThat(a.dropped).hasValue(1);
    }

    private LiveSession copyOn(TestNode node) {
        LiveSession copy = node.load(id);
        node.request(copy, attributes -> {});
        return copy;
    }
}
