package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.events.SessionEvents;
import io.holdfast.request.SharedSession;
import io.holdfast.session.SessionId;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How requests that share a container's session object fail and end beside each other. */
class SharedSessionTest {
    private final String namespace = "shared-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void twoRequestsOfASessionThatCouldNotBeStored_endingAtOnce_tellItsEnd() {
        Container session = new Container(a.createLater(id));
        Use one = session.live.begin();
        Use other = session.live.begin();
        refuseCreations();
        assertThatThrownBy(() -> session.commit(one)).isInstanceOf(StoreException.class);
        session.refuse(one);
        assertThatThrownBy(() -> session.commit(other)).isInstanceOf(StoreException.class);
        session.refuse(other);
        session.whenAskedForTheSecondTime.set(() -> session.endUse(other)); // one has looked whether it is the last

        session.endUse(one);

        assertThat(session.told).hasValue(1);
    }

    @Test
    void requestThatStoresASession_whichAnotherOneCouldNotStore_storesNothingOfThatOne() {
        Container session = new Container(a.createLater(id));
        Use refused = session.live.begin();
        TestNode.Request beside = a.begin(session.live);
        session.live.containerState().set("user", "of a thread");
        refuseCreations();
        assertThatThrownBy(() -> session.commit(refused)).isInstanceOf(StoreException.class);
        session.refuse(refused);
        session.endUse(refused);

        a.store.beforeEachCreation(() -> {});
        assertThatThrownBy(beside::commit).isInstanceOf(StoreException.class);

        assertThat(session.told).hasValue(0);
        assertThat(b.knows(id)).isFalse();
    }

    @Test
    void lateCommitThatFails_isNotStoredInPartByAnotherRequest() {
        Container session =
                new Container(a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("book")))));
        TestNode.Request beside = a.begin(session.live);
        TestNode.Request late = a.begin(session.live);
        late.work(attributes -> {
            cart(attributes).add("cup");
            attributes.put("note", "of the late one");
        });
        a.store.beforeNextCommit(() -> {
            throw new StoreException("down");
        });

        assertThat(late.commitLate(session)).isFalse();
        assertThat(late.commitLate(session)).isFalse();
        assertThat(session.failures).hasValue(1);
        beside.work(attributes -> cart(attributes).add("pen"));
        beside.end();

        assertThat(cart(b.load(id).attributes())).containsExactly("book", "pen");
    }

    @Test
    void whatAThreadPutsBehindTheLastCommitOfARequest_isStoredWhenThatEnds() {
        Container session = new Container(a.create(id, attributes -> attributes.put("user", "ada")));
        Use use = session.live.begin();
        session.commit(use);

        session.live.attributes().put("thread", "was here");
        session.live.commitUnattributed();
        session.endUse(use);

        assertThat(b.load(id).attributes()).containsEntry("thread", "was here");
    }

    /** As where the heap is full. */
    @Test
    void commitThatFailsWithAnErrorOfTheJvm_isToldAsAFailureOfTheStore_andTheCopyIsGivenUp() {
        Container session = new Container(a.create(id, attributes -> attributes.put("user", "ada")));
        Use use = session.live.begin();
        session.live.validate(use);
        session.live.attributes().put("user", "bob");
        a.store.beforeNextCommit(() -> {
            throw new OutOfMemoryError("forced");
        });

        assertThatThrownBy(() -> session.commit(use))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("OutOfMemoryError: forced")
                .hasMessageContaining("-Xmx");

        assertThat(session.givenUp).hasValue(1);
        assertThat(session.failures).hasValue(1);
    }

    private void refuseCreations() {
        a.store.beforeEachCreation(() -> {
            StoreException refused = new StoreException("memory is full");
            refused.markNothingDone();
            throw refused;
        });
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }

    /** A session object that notes how often its end was told. */
    static final class Container implements SharedSession {
        final LiveSession live;
        final AtomicInteger told = new AtomicInteger();
        final AtomicInteger failures = new AtomicInteger();
        final AtomicInteger givenUp = new AtomicInteger();
        final AtomicReference<@Nullable Runnable> whenAskedForTheSecondTime = new AtomicReference<>();
        private int asked;

        Container(LiveSession live) {
            this.live = live;
        }

        @Override
        public LiveSession live() {
            Runnable action = whenAskedForTheSecondTime.get();
            if (action != null && ++asked == 2) {
                whenAskedForTheSecondTime.set(null);
                action.run();
            }
            return live;
        }

        @Override
        public SessionEvents events() {
            return new SessionEvents() {
                @Override
                public void commitFailed(String record, RuntimeException cause) {
                    failures.incrementAndGet();
                }

                @Override
                public void operationFailed(RuntimeException cause) {
                    failures.incrementAndGet();
                }
            };
        }

        @Override
        public boolean isEndedHere() {
            return live.hasEnded();
        }

        @Override
        public void endLocally() {}

        @Override
        public void endStillborn() {
            if (live.end().here()) {
                told.incrementAndGet();
            }
        }

        @Override
        public void forget() {
            givenUp.incrementAndGet();
        }
    }
}
