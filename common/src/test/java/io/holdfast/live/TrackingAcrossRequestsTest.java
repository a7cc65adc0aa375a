package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of one node that get into each other's way, with another node writing in between. */
class TrackingAcrossRequestsTest {
    private final String namespace = "live-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void putBeforeARefresh_overAValueAnotherNodeHasChanged_isAConflict() {
        LiveSession onA = a.create(id, attributes -> attributes.put("count", 1));
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> attributes.put("count", 2));
        b.request(b.load(id), attributes -> attributes.put("count", 2));
        a.request(onA, attributes -> {});

        slow.end();

        assertThat(a.conflicts).hasSize(1);
    }

    @Test
    void putBeforeARefresh_ofANameAnotherNodeHasAdded_isAConflict() {
        LiveSession onA = a.create(id, attributes -> {});
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> attributes.put("count", 2));
        b.request(b.load(id), attributes -> attributes.put("count", 2));
        a.request(onA, attributes -> {});

        slow.end();

        assertThat(a.conflicts).hasSize(1);
    }

    @Test
    void removalBeforeARefresh_ofAValueAnotherNodeHasChanged_isAConflict() {
        LiveSession onA = a.create(id, attributes -> attributes.put("count", 1));
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> attributes.remove("count"));
        b.request(b.load(id), attributes -> attributes.put("count", 2));
        a.request(onA, attributes -> {});

        slow.end();

        assertThat(a.conflicts).hasSize(1);
        assertThat(b.load(id).attributes()).isEmpty();
    }

    @Test
    void putBeforeARefresh_ofAValueAnotherNodeHasRemoved_isAConflict() {
        LiveSession onA = a.create(id, attributes -> attributes.put("count", 1));
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> attributes.put("count", 2));
        b.request(b.load(id), attributes -> attributes.remove("count"));
        a.request(onA, attributes -> {});

        slow.end();

        assertThat(a.conflicts).hasSize(1);
        assertThat(b.load(id).attributes()).containsEntry("count", 2);
    }

    @Test
    void objectTakenOutAndPutBackByOneRequest_andMutatedByAnother_isWritten() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        TestNode.Request other = a.begin(onA);
        List<List<String>> held = new ArrayList<>();
        other.work(attributes -> held.add(cart(attributes)));
        a.request(onA, attributes -> attributes.put("cart", attributes.remove("cart")));

        held.get(0).add("milk");
        other.end();

        assertThat(b.load(id).attributes()).containsEntry("cart", List.of("bread", "milk"));
    }

    @Test
    void putOfARequestThatEndsWithoutACommit_isTakenBack() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "old"));
        TestNode.Request refused = a.begin(onA);
        refused.work(attributes -> {
            attributes.put("x", "never written");
            attributes.put("y", "never written");
        });

        refused.endWithoutCommit();

        assertThat(onA.attributes()).hasSize(1).containsEntry("x", "old");
        b.request(b.load(id), attributes -> attributes.put("x", "new"));
        a.request(onA, attributes -> assertThat(attributes).containsEntry("x", "new"));
    }

    @Test
    void valueAnotherNodeSets_displacesOneThatCouldNotBeStored() {
        LiveSession onA = a.create(id, attributes -> {});
        a.request(onA, attributes -> attributes.put("x", new Object()));
        a.request(onA, attributes -> assertThat(attributes.get("x")).isNotNull());

        b.request(b.load(id), attributes -> attributes.put("x", "new"));

        a.request(onA, attributes -> assertThat(attributes).containsEntry("x", "new"));
    }

    @Test
    void objectHeldByAThreadThatWorksForNoRequest_isTrackedWhileItIsTheValue() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        List<String> held = cart(onA.attributes());
        a.request(onA, attributes -> {});
        onA.commitUnattributedNow();

        held.add("milk");
        a.request(onA, attributes -> {});

        assertThat(b.load(id).attributes()).containsEntry("cart", List.of("bread", "milk"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }
}
