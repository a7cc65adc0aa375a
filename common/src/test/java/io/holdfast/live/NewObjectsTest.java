package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictException;
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

/** What becomes of an object that one request has put and not committed, and that others of its node change in place. */
class NewObjectsTest {
    private static final Map<Setting, String> STRICT = Map.of(Setting.CONFLICT_POLICY, "merge; strict=fail");

    private final String namespace = "new-objects-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace, STRICT);
    private final TestNode b = new TestNode(namespace, STRICT);
    private final SessionId id = TestNode.newId();
    private final LiveSession session = a.create(id, attributes -> {
        attributes.put("cart", new ArrayList<>(List.of("book")));
        attributes.put("strict", "1");
    });
    private final TestNode.Request beside = a.begin(session);
    private final TestNode.Request owner = a.begin(session);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void changeOfAnotherRequest_thatIsStored_outlivesTheOwner() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));

        beside.end();
        owner.endRefused();

        assertStored("wishes", "cup");
    }

    @Test
    void changeOfAnotherRequest_thatIsStored_isTheBasisOfTheOwnersNextOne() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));

        beside.end();
        owner.work(add("wishes", "plate"));
        owner.end();

        assertStored("wishes", "cup", "plate");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void changeOfAThread_thatIsStoredWithItsRequest_outlivesTheOwner() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        add("wishes", "cup").on(session.attributes());

        beside.end();
        owner.endRefused();

        assertStored("wishes", "cup");
    }

    @Test
    void changeOfAnotherRequest_whoseOwnerIsRefusedDuringTheCommit_isStored() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));
        a.store.beforeNextCommit(owner::refuse);

        assertThat(beside.end()).isTrue();
        owner.endRefused();

        assertStored("wishes", "cup");
    }

    @Test
    void changeOfAnotherRequest_thatIsStored_outlivesTheOwner_alsoWhereThatHasReplacedTheObjectItself() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));
        owner.work(attributes -> attributes.put("wishes", with(list(attributes, "wishes"), "plate")));

        beside.end();
        assertThat(list(b.load(id).attributes(), "wishes")).containsExactly("cup");
        owner.endRefused();

        assertStored("wishes", "cup");
    }

    @Test
    void changeOfAnotherRequest_thatIsStored_outlivesTheOwner_alsoWhereThatHasRemovedTheObjectItself() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));
        owner.work(attributes -> attributes.remove("wishes"));

        beside.end();
        owner.endRefused();

        assertStored("wishes", "cup");
    }

    @Test
    void objectThatTheOwnerHasReplacedItself_isStoredAsThat_whenBothEnd() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));
        owner.work(attributes -> attributes.put("wishes", with(list(attributes, "wishes"), "plate")));

        beside.end();
        owner.end();

        assertStored("wishes", "cup", "plate");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void objectThatTheOwnerHasReplacedItself_isNotStored_whenSomethingLaterIs() {
        TestNode.Request other = a.begin(session);
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));
        other.work(attributes -> attributes.put("wishes", with(list(attributes, "wishes"), "plate")));
        owner.work(attributes -> attributes.put("wishes", with(list(attributes, "wishes"), "pen")));

        other.end();
        beside.end();
        owner.endRefused();

        assertStored("wishes", "cup", "plate");
    }

    @Test
    void requestThatHasReadAnObjectWhichIsStoredWithAnotherOne_isStored_whenTheOwnerThatHasReplacedItIsRefused() {
        TestNode.Request reader = a.begin(session);
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        reader.work(attributes -> {
            assertThat(list(attributes, "wishes")).isEmpty();
            attributes.put("color", "red");
        });
        beside.work(add("wishes", "cup"));
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));

        beside.end();
        owner.endRefused();

        assertThat(reader.end()).isTrue();
        assertThat(b.load(id).attributes()).containsEntry("color", "red");
    }

    /** A thread that may have worked for the refused request has set the object again, and another one has removed it. */
    @Test
    void objectThatIsDroppedWithTheRefusedOne_isNotStoredLater() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        Map<String, Object> ofThreads = session.attributes();
        add("wishes", "cup").on(ofThreads);
        ofThreads.put("wishes", ofThreads.get("wishes"));
        ofThreads.remove("wishes");

        owner.endRefused();
        beside.endRefused();
        b.request(b.load(id), attributes -> attributes.put("wishes", new ArrayList<>(List.of("milk"))));
        a.begin(session).end();

        assertStored("wishes", "milk");
    }

    @Test
    void changeOfAnotherRequest_whoseCommitFails_isLeftToTheOwner() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        beside.work(add("wishes", "cup"));
        b.request(b.load(id), attributes -> attributes.put("strict", "2"));
        beside.work(attributes -> attributes.put("strict", "3"));

        assertThatThrownBy(beside::commit).isInstanceOf(ConflictException.class);
        beside.endRefused();
        owner.end();

        assertStored("wishes", "cup");
    }

    /** What the other request had read before is none of the owner's. */
    @Test
    void objectMadeOfWhatAnotherNodeHasChanged_isBasedOnThat() {
        beside.work(attributes -> assertThat(list(attributes, "cart")).containsExactly("book"));
        b.request(b.load(id), add("cart", "milk"));
        TestNode.Request newOwner = a.begin(session);
        newOwner.work(attributes -> attributes.put("cart", with(list(attributes, "cart"), "cup")));
        beside.work(add("cart", "plate"));

        beside.end();
        newOwner.endRefused();

        assertStored("cart", "book", "milk", "cup", "plate");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void objectMadeOfWhatWasThereBeforeAnotherNodeChangedIt_isMergedWithThat() {
        AtomicReference<List<String>> read = new AtomicReference<>();
        owner.work(attributes -> read.set(list(attributes, "cart")));
        b.request(b.load(id), add("cart", "milk"));
        TestNode.Request other = a.begin(session);
        owner.work(attributes -> attributes.put("cart", with(read.get(), "cup")));
        other.work(add("cart", "plate"));

        other.end();
        owner.endRefused();

        assertStored("cart", "book", "milk", "cup", "plate");
    }

    @Test
    void objectThatTheOwnerHasReplacedByIt_isNotBroughtBackByTheOwner() {
        AtomicReference<List<String>> read = new AtomicReference<>();
        owner.work(attributes -> read.set(list(attributes, "cart")));
        b.request(b.load(id), add("cart", "milk"));
        TestNode.Request other = a.begin(session);
        owner.work(attributes -> {
            read.get().add("never mind");
            attributes.put("cart", new ArrayList<>());
        });
        other.work(add("cart", "plate"));

        other.end();
        owner.end();

        assertThat(list(b.load(id).attributes(), "cart")).contains("plate").doesNotContain("never mind");
    }

    @Test
    void objectMadeOfARefreshedOne_isBasedOnThat_alsoWhenAnOlderOneIsStoredFirst() {
        AtomicReference<List<String>> old = new AtomicReference<>();
        beside.work(attributes -> old.set(list(attributes, "cart")));
        b.request(b.load(id), add("cart", "milk"));
        TestNode.Request newOwner = a.begin(session);
        newOwner.work(attributes -> attributes.put("cart", with(list(attributes, "cart"), "cup")));

        old.get().add("plate");
        beside.end();
        newOwner.end();

        assertStored("cart", "book", "milk", "plate", "cup");
    }

    @Test
    void objectMadeOfOneThatWasDecodedAgain_isBasedOnThat_alsoWhenAnOlderOneIsStoredFirst() {
        AtomicReference<List<String>> old = new AtomicReference<>();
        beside.work(attributes -> old.set(list(attributes, "cart")));
        TestNode.Request refused = a.begin(session);
        refused.refuse();
        refused.work(attributes -> assertThat(list(attributes, "cart")).isSameAs(old.get()));
        owner.work(attributes -> {
            assertThat(list(attributes, "cart")).isNotSameAs(old.get());
            attributes.put("cart", with(list(attributes, "cart"), "cup"));
        });

        old.get().add("plate");
        beside.end();
        owner.end();

        assertStored("cart", "book", "plate", "cup");
    }

    @Test
    void newObject_replacesNothingOfWhatItsOwnerHasNotSeen() {
        add("cart", "plate").on(session.attributes());
        b.request(b.load(id), add("cart", "milk"));
        TestNode.Request newOwner = a.begin(session);

        newOwner.work(attributes -> attributes.put("cart", with(list(attributes, "cart"), "cup")));
        newOwner.end();
        beside.end();

        assertThat(list(b.load(id).attributes(), "cart")).containsExactlyInAnyOrder("book", "milk", "cup", "plate");
    }

    @Test
    void requestWhoseThreadHasChangedAnObject_isNotStored_whenThatIsReplacedAndNobodyWatchesItAnyMore() {
        add("cart", "plate").on(session.attributes());
        owner.work(attributes -> attributes.put("cart", new ArrayList<>()));

        a.begin(session).endRefused(); // the thread may work for that one
        assertFails(beside);
        owner.endRefused();

        assertStored("cart", "book");
    }

    @Test
    void requestWhoseThreadHasChangedANewObject_isNotStored_whenNobodyWatchesThatAnyMoreAndItIsLost() {
        owner.work(attributes -> attributes.put("wishes", new ArrayList<>()));
        add("wishes", "cup").on(session.attributes());

        a.begin(session).endRefused(); // the thread may work for that one
        owner.endRefused();

        assertFails(beside);
    }

    @Test
    void objectThatTheOtherRequestHasMadeImpossibleToStore_isLeftToTheOwner() {
        List<Object> wishes = new ArrayList<>();
        owner.work(attributes -> attributes.put("wishes", wishes));
        beside.work(attributes -> {
            assertThat(attributes.get("wishes")).isSameAs(wishes);
            wishes.add(new Object());
        });

        beside.end();
        assertThat(a.notStored).isEmpty();
        owner.end();

        assertThat(a.notStored).containsExactly("wishes");
    }

    @Test
    void valueThatCannotBeStored_isTriedOnceForEachRequestThatReadsIt() {
        Counted value = new Counted(() -> {
            throw new IllegalStateException("not now");
        });
        owner.work(attributes -> attributes.put("value", value));

        for (int i = 0; i < 5; i++) {
            beside.work(attributes -> assertThat(attributes.get("value")).isSameAs(value));
        }

        assertThat(value.encoded).isEqualTo(1);
    }

    @Test
    void valueThatAsksForItself_whenItIsEncoded_isGiven() {
        AtomicReference<Object> asked = new AtomicReference<>();
        Counted value = new Counted(() -> beside.work(attributes -> asked.set(attributes.get("value"))));
        owner.work(attributes -> attributes.put("value", value));

        beside.work(attributes -> assertThat(attributes.get("value")).isSameAs(value));

        assertThat(asked).hasValue(value);
        assertThat(value.encoded).isEqualTo(1);
    }

    private void assertStored(String name, String... elements) {
        assertThat(list(b.load(id).attributes(), name)).containsExactly(elements);
        a.request(session, attributes -> assertThat(list(attributes, name)).containsExactly(elements));
    }

    private static void assertFails(TestNode.Request request) {
        assertThatThrownBy(request::commit).isInstanceOf(StoreException.class).hasMessageContaining("refused");
        request.endRefused();
    }

    private static List<String> with(List<String> list, String more) {
        List<String> made = new ArrayList<>(list);
        made.add(more);
        return made;
    }

    private static TestNode.Work add(String name, String element) {
        return attributes -> list(attributes, name).add(element);
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> list(Map<String, Object> attributes, String name) {
        return (List<String>) attributes.get(name);
    }

    /** Counts how often it is encoded. */
    private static final class Counted implements Serializable {
        private static final long serialVersionUID = 1L;

        private final transient Runnable whenEncoded;
        private transient int encoded;

        Counted(Runnable whenEncoded) {
            this.whenEncoded = whenEncoded;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            encoded++;
            whenEncoded.run();
            out.defaultWriteObject();
        }
    }
}
