package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that is refused takes nothing of another one with it that runs beside it on the same node. */
class RefusedBesideTest {
    private final String namespace = "refused-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession session = a.create(id, attributes -> attributes.put("color", "red"));
    private final TestNode.Request beside = a.begin(session);
    private final TestNode.Request refused = a.begin(session);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void putThatTheRefusedOneHadReplaced_isSeenAgain() {
        beside.work(attributes -> attributes.put("color", "blue"));
        refused.work(attributes -> attributes.put("color", "green"));

        refused.endRefused();

        beside.work(attributes -> assertThat(attributes).containsOnly(entry("color", "blue")));
        beside.end();
        assertThat(contentOn(b)).containsOnly(entry("color", "blue"));
    }

    @Test
    void removalThatTheRefusedOneHadReplaced_isSeenAgain() {
        beside.work(attributes -> attributes.remove("color"));
        refused.work(attributes -> attributes.put("color", "green"));

        refused.endRefused();

        beside.work(attributes -> assertThat(attributes).isEmpty());
        beside.end();
        assertThat(contentOn(b)).isEmpty();
    }

    @Test
    void putThatTheRefusedOneHadRemoved_isSeenAgain() {
        beside.work(attributes -> attributes.put("size", "XL"));
        refused.work(attributes -> attributes.remove("size"));

        refused.endRefused();

        beside.work(attributes -> assertThat(attributes).containsEntry("size", "XL"));
        beside.end();
        assertThat(contentOn(b)).containsEntry("size", "XL");
    }

    @Test
    void timeOut_isStored() {
        beside.work(attributes -> session.setMaxInactiveSeconds(777));

        refused.endRefused();
        beside.end();

        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(777);
    }

    @Test
    void timeOutOfTheRefusedOne_isNotStored() {
        refused.work(attributes -> session.setMaxInactiveSeconds(777));

        refused.endRefused();
        beside.end();

        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(1_800);
    }

    @Test
    void login_isStored() {
        beside.work(attributes -> session.containerState().set("user", "ada"));

        refused.endRefused();
        beside.end();

        assertThat(b.load(id).containerState().get("user")).isEqualTo("ada");
    }

    @Test
    void loginOfTheRefusedOne_isNotStored() {
        refused.work(attributes -> session.containerState().set("user", "eve"));

        refused.endRefused();
        beside.end();

        assertThat(b.load(id).containerState().get("user")).isNull();
    }

    @Test
    void objectThatIsChangedInPlace_andThatTheRefusedOneHadPutAgain_isStored() {
        changeInPlaceWhile((attributes, cart) -> attributes.put("cart", cart));
    }

    @Test
    void objectThatIsChangedInPlace_andThatTheRefusedOneHadReplaced_isStored() {
        changeInPlaceWhile((attributes, cart) -> attributes.put("cart", new ArrayList<>()));
    }

    @Test
    void objectThatIsChangedInPlace_andThatTheRefusedOneHadReplacedAndRemoved_isStored() {
        changeInPlaceWhile((attributes, cart) -> {
            attributes.put("cart", new ArrayList<>());
            attributes.remove("cart");
        });
    }

    @Test
    void objectThatIsCommittedAndChangedInPlaceThen_whileTheRefusedOneReplacesIt_isStored() {
        List<String> cart = new ArrayList<>();
        TestNode.Request putting = beside;
        a.store.beforeNextCommit(() -> refused.work(attributes -> attributes.put("cart", "nothing")));
        putting.work(attributes -> attributes.put("cart", cart));
        putting.commit();

        refused.endRefused();
        cart.add("cup");
        putting.end();

        assertThat(contentOn(b)).containsEntry("cart", List.of("cup"));
    }

    @Test
    void whatAThreadHasSetForWhomeverItWorks_isDropped_andTheOtherRequestFails() {
        session.attributes().put("note", "of a thread");

        refused.endRefused();

        assertThatThrownBy(beside::end).isInstanceOf(StoreException.class).hasMessageContaining("refused");
        assertThat(contentOn(b)).doesNotContainKey("note");
    }

    private void changeInPlaceWhile(BiConsumer<Map<String, Object>, List<String>> change) {
        TestNode.Request first = a.begin(session);
        first.work(attributes -> attributes.put("cart", new ArrayList<>(List.of("book"))));
        first.end();
        AtomicReference<List<String>> handedOut = new AtomicReference<>();
        beside.work(attributes -> handedOut.set(cart(attributes)));
        refused.work(attributes -> change.accept(attributes, cart(attributes)));

        refused.endRefused();
        handedOut.get().add("cup");
        beside.end();

        assertThat(contentOn(b)).containsEntry("cart", List.of("book", "cup"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }

    private Map<String, Object> contentOn(TestNode node) {
        return Map.copyOf(node.load(id).attributes());
    }
}
