package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

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
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

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

        assertFails(beside);
        assertThat(contentOn(b)).doesNotContainKey("note");
    }

    @Test
    void objectThatAThreadChangesInPlace_forWhomeverItWorks_isDropped_andTheOtherRequestFails() {
        putCart();
        List<String> cart = cart(session.attributes());
        cart.add("of a thread");

        refused.endRefused();

        assertFails(beside);
        assertThat(contentOn(b)).containsEntry("cart", List.of("book"));
    }

    @Test
    void objectThatAThreadChangesInPlace_afterTheRefusal_isNotStored_andTheOtherRequestFails() {
        putCart();
        List<String> cart = cart(session.attributes());

        refused.endRefused();
        cart.add("of a thread");

        assertFails(beside);
        assertThat(contentOn(b)).containsEntry("cart", List.of("book"));
    }

    @Test
    void objectThatAThreadOnlyReads_failsNobody() {
        putCart();
        cart(session.attributes());
        beside.work(attributes -> attributes.put("color", "blue"));

        refused.endRefused();
        beside.end();

        assertThat(contentOn(b)).containsEntry("color", "blue");
    }

    @Test
    void objectThatAThreadChangesInPlace_andTheOtherRequestTooWasHanded_isStoredWithThat() {
        putCart();
        List<String> cart = cart(session.attributes());
        beside.work(attributes -> attributes.get("cart"));

        refused.endRefused();
        cart.add("cup");
        beside.end();

        assertThat(contentOn(b)).containsEntry("cart", List.of("book", "cup"));
    }

    @Test
    void newObjectOfTheRefusedOne_thatTheOtherRequestHasChangedInPlace_failsThat() {
        refused.work(attributes -> attributes.put("cart", new ArrayList<>()));
        beside.work(attributes -> cart(attributes).add("cup"));

        refused.endRefused();

        assertFails(beside);
        assertThat(contentOn(b)).doesNotContainKey("cart");
    }

    @Test
    void newObjectOfTheRefusedOne_thatAThreadHasChangedInPlace_failsTheOther() {
        refused.work(attributes -> attributes.put("cart", new ArrayList<>()));
        cart(session.attributes()).add("of a thread");

        refused.endRefused();

        assertFails(beside);
        assertThat(contentOn(b)).doesNotContainKey("cart");
    }

    @Test
    void newObjectOfTheRefusedOne_thatTheOtherRequestHasPutToo_isStored() {
        refused.work(attributes -> attributes.put("cart", new ArrayList<>()));
        beside.work(attributes -> attributes.put("cart", attributes.get("cart")));
        beside.work(attributes -> cart(attributes).add("cup"));

        refused.endRefused();
        beside.end();

        assertThat(contentOn(b)).containsEntry("cart", List.of("cup"));
    }

    @Test
    void putOfTheRefusedOne_isNotSeenFromThenOn() {
        beside.work(attributes -> attributes.put("size", "M"));
        refused.work(attributes -> {
            attributes.put("color", "green");
            attributes.put("size", "XL");
        });

        refused.refuse();

        beside.work(attributes -> assertThat(attributes).containsOnly(entry("color", "red"), entry("size", "M")));
    }

    @Test
    void objectThatTheRefusedOneHasChangedInPlace_isNotGivenToOthers() {
        putCart();
        refused.work(attributes -> cart(attributes).add("cup"));

        refused.refuse();

        beside.work(attributes -> assertThat(cart(attributes)).containsExactly("book"));
        assertThat(cart(session.attributes())).containsExactly("book");
        beside.end();
        refused.endRefused();
        session.commitUnattributed();
        assertThat(contentOn(b)).containsEntry("cart", List.of("book"));
    }

    @Test
    void timeOutThatTheRefusedOneHadReplaced_isStored() {
        beside.work(attributes -> session.setMaxInactiveSeconds(555));
        refused.work(attributes -> session.setMaxInactiveSeconds(777));

        refused.endRefused();

        assertThat(session.maxInactiveSeconds()).isEqualTo(555);
        beside.end();
        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(555);
    }

    @Test
    void loginThatTheRefusedOneHadReplaced_isStored() {
        beside.work(attributes -> session.containerState().set("user", "ada"));
        refused.work(attributes -> session.containerState().set("user", null));

        refused.endRefused();

        assertThat(session.containerState().get("user")).isEqualTo("ada");
        beside.end();
        assertThat(b.load(id).containerState().get("user")).isEqualTo("ada");
    }

    @Test
    void timeOutAndLoginOfTheRefusedOne_areNotStored_thoughTheOtherRequestCommitsBefore() {
        refused.work(attributes -> {
            session.setMaxInactiveSeconds(777);
            session.containerState().set("user", "eve");
        });
        beside.work(attributes -> attributes.put("color", "blue"));
        beside.end();

        refused.endRefused();

        LiveSession onB = b.load(id);
        assertThat(onB.maxInactiveSeconds()).isEqualTo(1_800);
        assertThat(onB.containerState().get("user")).isNull();
        assertThat(onB.attributes()).containsEntry("color", "blue");
    }

    @Test
    void timeOutThatALaterOneOfAnotherRequestReplaces_isCoveredByItsCommit() {
        beside.work(attributes -> session.setMaxInactiveSeconds(555));
        refused.work(attributes -> session.setMaxInactiveSeconds(777));
        refused.end();

        beside.end();

        assertThat(b.load(id).maxInactiveSeconds()).isEqualTo(777);
    }

    @Test
    void loginThatAThreadHasSetForWhomeverItWorks_isDropped_andTheOtherRequestFails() {
        session.containerState().set("user", "ada");

        refused.endRefused();

        assertFails(beside);
        assertThat(b.load(id).containerState().get("user")).isNull();
    }

    @Test
    void whatAThreadHasSet_isDroppedWhileTheOtherRequestWaitsForACommit_whichFails() throws Exception {
        TestNode.Request third = a.begin(session);
        third.work(attributes -> attributes.put("size", "M"));
        AtomicReference<Thread> waiting = new AtomicReference<>();
        a.store.beforeNextCommit(() -> {
            session.attributes().put("note", "of a thread");
            Thread thread = new Thread(() -> assertFails(beside));
            waiting.set(thread);
            thread.setUncaughtExceptionHandler((failed, e) -> failure.set(e));
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
            refused.endRefused();
        });

        third.commit();

        waiting.get().join();
        assertThat(failure).hasNullValue();
        assertThat(contentOn(b)).containsOnly(entry("color", "red"), entry("size", "M"));
    }

    private void assertFails(TestNode.Request request) {
        assertThatThrownBy(request::end).isInstanceOf(StoreException.class).hasMessageContaining("refused");
        assertThat(a.failures)
                .singleElement()
                .satisfies(told -> assertThat(told).hasMessageContaining("refused"));
    }

    private void putCart() {
        TestNode.Request first = a.begin(session);
        first.work(attributes -> attributes.put("cart", new ArrayList<>(List.of("book"))));
        first.end();
    }

    private void changeInPlaceWhile(BiConsumer<Map<String, Object>, List<String>> change) {
        putCart();
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
