package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.session.Conflict;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One session used by overlapping requests of two nodes, on real Redis. */
class LiveSessionTest {
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
    void request_thatChangesNothing_commitsNothing() {
        LiveSession session = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));

        a.request(session, attributes -> attributes.get("cart"));
        b.request(b.load(id), attributes -> attributes.get("cart"));

        assertThat(a.commits).hasValue(1);
        assertThat(b.commits).hasValue(0);
    }

    @Test
    void put_ofAnEqualValue_commitsNothing() {
        LiveSession session = a.create(id, attributes -> attributes.put("color", "red"));

        a.request(session, attributes -> attributes.put("color", "red"));
        b.request(b.load(id), attributes -> attributes.put("color", "red"));

        assertThat(a.commits).hasValue(1);
        assertThat(b.commits).hasValue(0);
    }

    @Test
    void putOfTheSameObject_afterChangingIt_commitsOnce() {
        LiveSession session = a.create(id, attributes -> attributes.put("cart", new ArrayList<>()));

        a.request(session, attributes -> {
            List<String> cart = cart(attributes);
            cart.add("bread");
            attributes.put("cart", cart);
        });

        assertThat(a.commits).hasValue(2);
        assertThat(contentOn(b)).containsExactly(entry("cart", List.of("bread")));
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void mutation_afterACommitOfTheSameRequest_isCommittedAtItsEnd() {
        LiveSession session = a.create(id, attributes -> {});
        TestNode.Request request = a.begin(session);
        request.work(attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        request.commit();

        request.work(attributes -> cart(attributes).add("milk"));
        request.end();

        assertThat(contentOn(b)).containsExactly(entry("cart", List.of("bread", "milk")));
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void refresh_keepsWhatThisNodeHasNotCommitted() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "old"));
        TestNode.Request first = a.begin(onA);
        first.work(attributes -> attributes.put("mine", "1"));
        b.request(b.load(id), attributes -> attributes.put("theirs", "2"));

        a.request(
                onA,
                attributes -> assertThat(attributes)
                        .containsOnly(entry("x", "old"), entry("mine", "1"), entry("theirs", "2")));
        first.end();

        assertThat(contentOn(b)).containsOnly(entry("x", "old"), entry("mine", "1"), entry("theirs", "2"));
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void commit_ofAnotherRequest_leavesOutWhatARunningOneHasPut() {
        LiveSession onA = a.create(id, attributes -> {});
        TestNode.Request running = a.begin(onA);
        running.work(attributes -> attributes.put("first", "1"));

        a.request(onA, attributes -> attributes.put("other", "x"));
        assertThat(contentOn(b)).containsOnlyKeys("other");

        running.work(attributes -> attributes.put("second", "2"));
        running.end();
        assertThat(contentOn(b)).containsOnlyKeys("other", "first", "second");
    }

    @Test
    void ofTwoRequestsOfOneNodeThatPutTheSame_theLaterPutStands() {
        LiveSession onA = a.create(id, attributes -> {});
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> attributes.put("color", "red"));
        a.request(onA, attributes -> attributes.put("color", "blue"));

        slow.end();

        assertThat(contentOn(b)).containsOnly(entry("color", "blue"));
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void removalOfWhatAnotherRequestHasRemoved_standsThoughThatOneIsRefused() {
        LiveSession onA = a.create(id, attributes -> attributes.put("color", "red"));
        TestNode.Request refused = a.begin(onA);
        refused.work(attributes -> attributes.remove("color"));
        TestNode.Request other = a.begin(onA);
        other.work(attributes -> attributes.remove("color"));

        refused.endWithoutCommit();
        other.end();

        assertThat(contentOn(b)).isEmpty();
    }

    @Test
    void removal_reachesTheOtherNode_andIsNotUndoneByItsReaders() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        LiveSession onB = b.load(id);
        TestNode.Request reader = b.begin(onB);
        reader.work(attributes -> attributes.get("cart"));

        a.request(onA, attributes -> attributes.remove("cart"));
        reader.end();

        assertThat(contentOn(b)).isEmpty();
        b.request(onB, attributes -> assertThat(attributes).isEmpty());
        assertThat(b.commits).hasValue(0);
    }

    @Test
    void objectSupersededByARefresh_andThenMutated_isAConflictAndNotLost() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        TestNode.Request poll = a.begin(onA);
        List<List<String>> held = new ArrayList<>();
        poll.work(attributes -> held.add(cart(attributes)));
        b.request(b.load(id), attributes -> cart(attributes).add("milk"));
        a.request(onA, attributes -> assertThat(cart(attributes)).containsExactly("bread", "milk"));

        held.get(0).add("salt");
        poll.end();

        assertThat(a.conflicts).singleElement().satisfies(conflict -> {
            assertThat(conflict.attribute()).isEqualTo("cart");
            assertThat(conflict.conflict()).isEqualTo(new Conflict("cart", 1, 2));
            assertThat(conflict.outcome()).isEqualTo(Outcome.MERGED);
        });
        assertThat(contentOn(b)).containsOnly(entry("cart", List.of("bread", "milk", "salt")));
        a.request(onA, attributes -> assertThat(cart(attributes)).containsExactly("bread", "milk", "salt"));
    }

    @Test
    void objectSupersededByARefresh_andPutAgain_isAConflict() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        TestNode.Request poll = a.begin(onA);
        List<List<String>> held = new ArrayList<>();
        poll.work(attributes -> held.add(cart(attributes)));
        b.request(b.load(id), attributes -> cart(attributes).add("milk"));
        a.request(onA, attributes -> attributes.get("cart"));

        poll.work(attributes -> {
            held.get(0).add("salt");
            attributes.put("cart", held.get(0));
        });
        poll.end();

        assertThat(a.conflicts).hasSize(1);
        assertThat(contentOn(b)).containsOnly(entry("cart", List.of("bread", "milk", "salt")));
    }

    @Test
    void objectSupersededByARefresh_andNotTouched_writesNothing() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        TestNode.Request poll = a.begin(onA);
        poll.work(attributes -> attributes.get("cart"));
        b.request(b.load(id), attributes -> cart(attributes).add("milk"));
        a.request(onA, attributes -> attributes.get("cart"));

        poll.end();

        assertThat(a.commits).hasValue(1);
        assertThat(contentOn(b)).containsOnly(entry("cart", List.of("bread", "milk")));
    }

    @Test
    void valueComputedFromOneThatAnotherNodeChangedMeanwhile_isAConflictThoughARefreshCameBetween() {
        LiveSession onA = a.create(id, attributes -> attributes.put("count", 1));
        TestNode.Request slow = a.begin(onA);
        List<Integer> read = new ArrayList<>();
        slow.work(attributes -> read.add((Integer) attributes.get("count")));
        b.request(b.load(id), attributes -> attributes.put("count", 2));
        a.request(onA, attributes -> attributes.get("count"));

        slow.work(attributes -> attributes.put("count", read.get(0) + 1));
        slow.end();

        assertThat(a.conflicts).hasSize(1);
    }

    @Test
    void objectTheApplicationReplaced_isNotLookedAtAnyMore() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));

        a.request(onA, attributes -> {
            List<String> old = cart(attributes);
            attributes.put("cart", new ArrayList<>(List.of("new")));
            old.clear();
        });

        assertThat(contentOn(b)).containsOnly(entry("cart", List.of("new")));
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void commitOfAnotherNodeBetweenCaptureAndRedis_keepsBoth() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "1"));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.put("theirs", "2")));

        a.request(onA, attributes -> attributes.put("mine", "3"));

        assertThat(contentOn(b)).containsOnlyKeys("x", "mine", "theirs");
        a.request(onA, attributes -> assertThat(attributes).containsOnlyKeys("x", "mine", "theirs"));
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void changesMadeWhileACommitIsUnderWay_belongToTheNext() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new ArrayList<>()));
        TestNode.Request request = a.begin(onA);
        request.work(attributes -> attributes.put("x", "1"));
        a.store.beforeNextCommit(() -> request.work(attributes -> {
            attributes.put("x", "2");
            attributes.put("y", "3");
        }));

        request.commit();
        assertThat(contentOn(b)).containsEntry("x", "1").doesNotContainKey("y");

        request.end();
        assertThat(contentOn(b)).containsEntry("x", "2").containsEntry("y", "3");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void loadOvertakenByACommitOfThisNode_isRepeatedAndRestoresNothingOld() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "old"));
        TestNode.Request writer = a.begin(onA);
        writer.work(attributes -> attributes.put("x", "new"));
        a.store.afterNextLoad(writer::end);

        a.request(onA, attributes -> assertThat(attributes).containsEntry("x", "new"));

        assertThat(contentOn(b)).containsEntry("x", "new");
    }

    @Test
    void commit_afterTheSessionEndedElsewhere_isDropped() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "1"));
        LiveSession onB = b.load(id);
        TestNode.Request late = b.begin(onB);
        late.work(attributes -> attributes.put("x", "2"));

        assertThat(onA.end().here()).isTrue();

        assertThat(late.end()).isFalse();
        assertThat(b.dropped).hasValue(1);
        assertThat(a.knows(id)).isFalse();
        assertThat(onB.end().here()).isFalse();
    }

    @Test
    void changeOfId_letsALateWriteOfTheOldIdThrough_andMakesOnlyTheNewIdValid() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "1"));
        LiveSession onB = b.load(id);
        TestNode.Request late = b.begin(onB);
        SessionId renewed = SessionIds.renew(id.record(), bytes -> bytes[0] = 7);

        assertThat(onA.changeId(renewed)).isTrue();
        late.work(attributes -> attributes.put("late", "2"));
        assertThat(late.end()).isTrue();

        b.request(onB, attributes -> assertThat(attributes).containsKeys("x", "late"));
        assertThat(onB.accepts(id)).isFalse();
        assertThat(onB.accepts(renewed)).isTrue();
        assertThat(onA.accepts(id)).isFalse();
    }

    @Test
    void changeOfIdBetweenCaptureAndRedis_survivesTheCommit() {
        LiveSession onA = a.create(id, attributes -> attributes.put("x", "1"));
        LiveSession onB = b.load(id);
        SessionId renewed = SessionIds.renew(id.record(), bytes -> bytes[0] = 7);
        b.store.beforeNextCommit(() -> onA.changeId(renewed));

        b.request(onB, attributes -> attributes.put("x", "2"));

        assertThat(a.load(id).accepts(renewed)).isTrue();
        assertThat(contentOn(a)).containsEntry("x", "2");
    }

    @Test
    void valueThatCannotBeEncoded_staysOnThisNodeAndHidesTheOldOneElsewhere() {
        LiveSession onA = a.create(id, attributes -> attributes.put("thread", "old"));
        Thread value = new Thread();

        a.request(onA, attributes -> attributes.put("thread", value));

        a.request(onA, attributes -> assertThat(attributes).containsEntry("thread", value));
        assertThat(contentOn(b)).isEmpty();
        assertThat(a.notStored).containsOnly("thread");
    }

    @Test
    void objectThatIsBeingChangedWhileItIsEncoded_isLeftToTheNextCommit() {
        LiveSession onA = a.create(id, attributes -> {});
        Changing value = new Changing();
        Changing.now = true;
        a.request(onA, attributes -> {
            attributes.put("busy", value);
            attributes.put("x", "1");
        });
        assertThat(contentOn(b)).containsOnlyKeys("x");
        assertThat(a.busy).containsExactly("busy");

        Changing.now = false;
        a.request(onA, attributes -> {});
        assertThat(contentOn(b)).containsOnlyKeys("x", "busy");

        Changing.now = true;
        a.request(onA, attributes -> ((Changing) attributes.get("busy")).count = 7);
        Changing.now = false;
        a.request(onA, attributes -> {});
        assertThat(((Changing) contentOn(b).get("busy")).count).isEqualTo(7);
    }

    @Test
    void objectThatAnotherRunningRequestIsChanging_isLeftToThatOne() {
        LiveSession onA = a.create(id, attributes -> attributes.put("busy", new Changing()));
        TestNode.Request changing = a.begin(onA);
        changing.work(attributes -> ((Changing) attributes.get("busy")).count = 7);
        Changing.now = true;
        a.request(onA, attributes -> attributes.get("busy"));
        assertThat(a.busy).isEmpty();

        Changing.now = false;
        changing.end();
        assertThat(((Changing) contentOn(b).get("busy")).count).isEqualTo(7);
    }

    @Test
    void workOfAThreadThatWorksForNoRequest_isTakenAlong() {
        LiveSession onA = a.create(id, attributes -> {});
        TestNode.Request running = a.begin(onA);
        onA.attributes().put("background", "1");
        assertThat(onA.commitUnattributed()).isTrue();
        assertThat(contentOn(b)).isEmpty();

        running.end();
        assertThat(contentOn(b)).containsOnlyKeys("background");

        onA.attributes().put("later", "2");
        assertThat(onA.commitUnattributed()).isTrue();
        assertThat(contentOn(b)).containsOnlyKeys("background", "later");
    }

    @Test
    void sessionOfAnIdUsedAgain_createdOnTwoNodesAtOnce_isOneSession() {
        a.create(id, attributes -> attributes.put("onA", "1"));

        b.create(id, attributes -> attributes.put("onB", "2"));

        assertThat(contentOn(a)).containsOnlyKeys("onA", "onB");
        assertThat(b.conflicts).isEmpty();
    }

    @Test
    void timeOutChangedOnOneNode_holdsOnTheOther() {
        LiveSession onA = a.create(id, attributes -> {});
        LiveSession onB = b.load(id);

        onA.setMaxInactiveSeconds(77);
        a.request(onA, attributes -> {});
        b.request(onB, attributes -> {});

        assertThat(onB.maxInactiveSeconds()).isEqualTo(77);
    }

    @Test
    void containerState_isSharedButNoAttribute() {
        LiveSession onA = a.create(id, attributes -> {});
        onA.containerState().set("principal", "ada");
        a.request(onA, attributes -> {});

        LiveSession onB = b.load(id);
        assertThat(onB.containerState().get("principal")).isEqualTo("ada");
        assertThat(onB.attributes()).isEmpty();

        onB.containerState().set("principal", null);
        b.request(onB, attributes -> {});
        a.request(
                onA,
                attributes -> assertThat(onA.containerState().get("principal")).isNull());
    }

    private Map<String, Object> contentOn(TestNode node) {
        return new HashMap<>(node.load(id).attributes());
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }

    /** An object that can pretend that another thread is just changing it. */
    private static final class Changing implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile boolean now;

        private int count;

        private void writeObject(ObjectOutputStream out) throws IOException {
            if (now) {
                throw new ConcurrentModificationException();
            }
            out.defaultWriteObject();
        }
    }
}
