package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that go on with a session while a request of its node is refused, or has ended. */
class RefusedWhileThreadsWorkTest {
    private final String namespace = "threads-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession session =
            a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("book"))));
    private final TestNode.Request request = a.begin(session);

    @AfterEach
    void close() {
        HookedValue.WHEN_ENCODED.set(null);
        a.close();
        b.close();
    }

    @Test
    void workOfAThread_thatIsTakenBackWhileItIsCaptured_isNotStoredInPart() {
        cart(session.attributes()).add("cup");
        session.attributes().put("note", new HookedValue());
        session.setMaxInactiveSeconds(777);
        HookedValue.WHEN_ENCODED.set(request::refuse);

        session.commitUnattributedNow();

        LiveSession onB = b.load(id);
        assertThat(onB.attributes()).doesNotContainKey("note");
        assertThat(cart(onB.attributes())).containsExactly("book");
        assertThat(onB.maxInactiveSeconds()).isEqualTo(1_800);
    }

    @Test
    void whatAThreadHasPut_andAnotherRequestHasStored_staysThoughAllOthersAreRefused() {
        session.attributes().put("note", "1");
        a.request(session, attributes -> attributes.put("color", "blue"));
        session.attributes().put("size", "XL");

        a.begin(session).endRefused();

        assertThatThrownBy(request::end)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("or a thread that may");
        assertThat(b.load(id).attributes()).containsEntry("note", "1").doesNotContainKey("size");
    }

    @Test
    void whatAThreadPutsForARequestThatHasJustEnded_isNotLeftWithNobody() {
        request.endRefused();
        request.work(attributes -> attributes.put("late", "1"));

        session.commitUnattributed();

        assertThat(b.load(id).attributes()).containsKey("late");
        assertThat(session.settle()).isTrue();
    }

    @Test
    void whatAThreadChangesInPlaceForARequestThatHasJustEnded_isStored() {
        request.end();
        request.work(attributes -> cart(attributes).add("cup"));

        session.commitUnattributed();

        assertThat(cart(b.load(id).attributes())).containsExactly("book", "cup");
    }

    @Test
    void whatAThreadSetsForARequestThatHasJustEnded_isNotLeftWithNobody() {
        request.end();
        request.work(attributes -> {
            session.setMaxInactiveSeconds(777);
            session.containerState().set("user", "ada");
        });

        session.commitUnattributed();

        LiveSession onB = b.load(id);
        assertThat(onB.maxInactiveSeconds()).isEqualTo(777);
        assertThat(onB.containerState().get("user")).isEqualTo("ada");
        assertThat(session.isSettled()).isTrue();
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }

    /** Something happens, once, while it is encoded. */
    static final class HookedValue implements Serializable {
        static final AtomicReference<Runnable> WHEN_ENCODED = new AtomicReference<>();
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            Runnable action = WHEN_ENCODED.getAndSet(null);
            if (action != null) {
                action.run();
            }
            out.defaultWriteObject();
        }
    }
}
