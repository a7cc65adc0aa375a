package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of objects that a refused request shares with others of its node. */
class RefusedObjectsTest {
    private final String namespace = "refused-objects-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession session =
            a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("book"))));
    private final TestNode.Request beside = a.begin(session);
    private final TestNode.Request refused = a.begin(session);
    private final AtomicReference<List<String>> handedOut = new AtomicReference<>();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void objectThatTheRefusedOneHasPutAgainBehindARefresh_isStillThatOfTheOther() {
        handOutBehindWhichAnotherNodeChanges();
        refused.work(attributes -> attributes.put("cart", handedOut.get()));

        refused.endRefused();
        handedOut.get().add("cup");
        beside.end();

        assertThat(cartOn(b)).containsExactly("book", "milk", "cup");
    }

    @Test
    void objectPutAgain_thatAnotherRefusedRequestHadReplacedMeanwhile_isStillThatOfTheOther() {
        TestNode.Request second = a.begin(session);
        handOutBehindWhichAnotherNodeChanges();
        refused.work(attributes -> attributes.put("cart", handedOut.get()));
        second.work(attributes -> attributes.put("cart", new ArrayList<>()));

        refused.endRefused();
        second.endRefused();
        handedOut.get().add("cup");
        beside.end();

        assertThat(cartOn(b)).containsExactly("book", "milk", "cup");
    }

    @Test
    void newObject_thatTheOtherRequestHasChangedInPlace_andTheRefusedOneHasReplaced_failsTheOther() {
        shareNewObject();
        refused.work(attributes -> attributes.put("wishes", "none"));

        refused.endRefused();

        assertFails(beside);
    }

    @Test
    void newObject_thatTheOtherRequestHasChangedInPlace_andTheRefusedOneHasRemoved_failsTheOther() {
        shareNewObject();
        refused.work(attributes -> attributes.remove("wishes"));

        refused.endRefused();

        assertFails(beside);
    }

    @Test
    void newObject_thatTheOtherRequestHasChangedInPlace_andAnotherRefusedOneHasReplaced_failsTheOther() {
        TestNode.Request second = a.begin(session);
        shareNewObject();
        second.work(attributes -> attributes.put("wishes", "none"));

        refused.endRefused();
        second.endRefused();

        assertFails(beside);
    }

    @Test
    void objectThatTheOtherRequestHasChanged_andTheRefusedOneHasReplaced_isKeptAsTheOtherHasStoredIt() {
        beside.work(attributes -> cart(attributes).add("cup"));
        refused.work(attributes -> attributes.put("cart", new ArrayList<>()));

        beside.end();
        refused.endRefused();

        assertThat(cartOn(b)).containsExactly("book", "cup");
        a.request(session, attributes -> assertThat(cart(attributes)).containsExactly("book", "cup"));
    }

    @Test
    void objectThatTheOtherRequestHasChanged_andTheRefusedOneHasRemoved_isKeptAsTheOtherHasStoredIt() {
        beside.work(attributes -> cart(attributes).add("cup"));
        refused.work(attributes -> attributes.remove("cart"));

        beside.end();
        refused.endRefused();

        assertThat(cartOn(b)).containsExactly("book", "cup");
    }

    @Test
    void objectThatTheOtherRequestHasChangedAndStored_andAnotherOneHasReplaced_isReplacedWhenThatEnds() {
        TestNode.Request second = refused;
        beside.work(attributes -> cart(attributes).add("cup"));
        second.work(attributes -> attributes.put("cart", new ArrayList<>(List.of("pen"))));

        beside.end();
        second.end();

        assertThat(cartOn(b)).containsExactly("pen");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void newObject_thatTheRefusedOneHasReplacedAndStoredBefore_failsNobody() {
        shareNewObject();
        refused.work(attributes -> attributes.put("wishes", "none"));
        refused.commit();
        refused.work(attributes -> attributes.put("color", "green"));

        refused.endRefused();
        beside.end();

        assertThat(b.load(id).attributes()).containsEntry("wishes", "none");
    }

    @Test
    void newObject_thatTheOtherRequestHasOnlyRead_isNotStoredWithIt() {
        refused.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(attributes -> {
            assertThat(list(attributes, "wishes")).isEmpty();
            attributes.put("color", "red");
        });

        beside.end();
        refused.endRefused();

        assertThat(b.load(id).attributes()).containsOnlyKeys("cart", "color");
    }

    @Test
    void objectThatTheRefusedOneChangesBehindItsRefusal_isGivenToNobody() {
        refused.work(attributes -> handedOut.set(cart(attributes)));
        refused.refuse();
        handedOut.get().add("late");

        beside.work(attributes -> assertThat(cart(attributes)).containsExactly("book"));
        beside.end();
        refused.endRefused();

        assertThat(cartOn(b)).containsExactly("book");
    }

    @Test
    void objectThatTheRefusedOneGetsAndChangesBehindItsRefusal_isGivenToNobody() {
        refused.refuse();
        refused.work(attributes -> cart(attributes).add("late"));

        beside.work(attributes -> assertThat(cart(attributes)).containsExactly("book"));
        beside.end();
        refused.endRefused();

        assertThat(cartOn(b)).containsExactly("book");
    }

    @Test
    void commitOfAnotherThreadOfTheRefusedOne_thatWaitedMeanwhile_storesNothing() {
        refused.work(attributes -> attributes.put("color", "green"));
        refused.refuse();
        refused.work(attributes -> attributes.put("size", "XL"));

        assertThatThrownBy(refused::commit).isInstanceOf(StoreException.class).hasMessageContaining("refused");

        refused.endRefused();
        assertThat(b.load(id).attributes()).containsOnlyKeys("cart");
    }

    /** Both requests have the object; another node changes its attribute, and a third request brings that. */
    private void handOutBehindWhichAnotherNodeChanges() {
        beside.work(attributes -> handedOut.set(cart(attributes)));
        refused.work(attributes -> assertThat(cart(attributes)).isSameAs(handedOut.get()));
        b.request(b.load(id), attributes -> cart(attributes).add("milk"));
        a.begin(session).end();
    }

    private void shareNewObject() {
        refused.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(attributes -> list(attributes, "wishes").add("cup"));
    }

    private static void assertFails(TestNode.Request request) {
        assertThatThrownBy(request::end).isInstanceOf(StoreException.class).hasMessageContaining("refused");
    }

    private List<String> cartOn(TestNode node) {
        return cart(node.load(id).attributes());
    }

    private static List<String> cart(Map<String, Object> attributes) {
        return list(attributes, "cart");
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> list(Map<String, Object> attributes, String name) {
        return (List<String>) attributes.get(name);
    }
}
