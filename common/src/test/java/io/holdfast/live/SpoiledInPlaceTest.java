package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that could be stored, until somebody put something into it that cannot; and another node that commits meanwhile. */
class SpoiledInPlaceTest {
    private static final Object HANDLE = new Object();

    private final String namespace = "spoiled-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private LiveSession onA;
    private LiveSession onB;

    @BeforeEach
    void create() {
        onA = a.create(id, attributes -> attributes.put("cart", cart("bread")));
        onB = b.load(id);
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void otherAttributeCommittedInBetween_isKept_andSoIsTheLastWholeValue() {
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.put("theirs", "2")));
        a.request(onA, attributes -> {
            cart(attributes).add(HANDLE);
            attributes.put("mine", "1");
        });

        requireContent(Map.of("cart", cart("bread"), "mine", "1", "theirs", "2"));
        assertThat(a.notStored).containsExactly("cart");
        a.request(
                onA,
                attributes -> assertThat(attributes)
                        .containsOnly(entry("cart", cart("bread", HANDLE)), entry("mine", "1"), entry("theirs", "2")));

        a.request(onA, attributes -> cart(attributes).set(1, "milk"));
        requireContent(Map.of("cart", cart("bread", "milk"), "mine", "1", "theirs", "2"));
        assertThat(a.conflicts).isEmpty();
        assertThat(b.conflicts).isEmpty();
    }

    @Test
    void sameAttributeCommittedInBetween_stands_andIsWhatTheNextRequestSees() {
        a.store.beforeNextCommit(
                () -> b.request(onB, attributes -> cart(attributes).add("milk")));
        a.request(onA, attributes -> {
            cart(attributes).add(HANDLE);
            attributes.put("mine", "1");
        });

        requireContent(Map.of("cart", cart("bread", "milk"), "mine", "1"));
        assertThat(a.notStored).containsExactly("cart");
        a.request(onA, attributes -> cart(attributes).add("salt"));
        requireContent(Map.of("cart", cart("bread", "milk", "salt"), "mine", "1"));
        assertThat(a.conflicts).as("nothing of the spoiled one was written").isEmpty();
    }

    @Test
    void sameAttributeBroughtByARefresh_stands_thoughTheSpoiledObjectIsStillHeld() {
        TestNode.Request slow = a.begin(onA);
        slow.work(attributes -> cart(attributes).add(HANDLE));
        b.request(onB, attributes -> cart(attributes).add("milk"));
        a.request(onA, attributes -> cart(attributes).add("salt"));

        slow.end();

        requireContent(Map.of("cart", cart("bread", "milk", "salt")));
        assertThat(a.notStored).containsExactly("cart");
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void spoiledObjectThatIsMendedAfterARefresh_isAConflictAndMerged() {
        TestNode.Request slow = a.begin(onA);
        List<List<Object>> held = new ArrayList<>();
        slow.work(attributes -> held.add(cart(attributes)));
        held.get(0).add(HANDLE);
        slow.commit();
        b.request(onB, attributes -> cart(attributes).add("milk"));
        a.request(onA, attributes -> assertThat(cart(attributes)).containsExactly("bread", "milk"));

        held.get(0).set(1, "salt");
        slow.end();

        requireContent(Map.of("cart", cart("bread", "milk", "salt")));
        assertThat(a.notStored).containsExactly("cart");
        assertThat(a.conflicts).hasSize(1);
    }

    @Test
    void spoiledObjectThatIsSetAgain_hidesTheOlderValue_andThatIsAConflictWithOneCommittedInBetween() {
        a.store.beforeNextCommit(
                () -> b.request(onB, attributes -> cart(attributes).add("milk")));
        a.request(onA, attributes -> {
            cart(attributes).add(HANDLE);
            attributes.put("cart", attributes.get("cart"));
        });

        requireContent(Map.of());
        assertThat(a.conflicts)
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.attribute()).isEqualTo("cart"));
        a.request(onA, attributes -> assertThat(cart(attributes)).containsExactly("bread", HANDLE));

        b.request(onB, attributes -> attributes.put("cart", cart("new")));
        a.request(onA, attributes -> assertThat(cart(attributes)).containsExactly("new"));
    }

    @Test
    void spoiledObject_whoseAttributeIsRemovedInBetween_isNotWrittenAndGoes() {
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.remove("cart")));
        a.request(onA, attributes -> {
            cart(attributes).add(HANDLE);
            attributes.put("mine", "1");
        });

        requireContent(Map.of("mine", "1"));
        a.request(onA, attributes -> assertThat(attributes).containsOnly(entry("mine", "1")));
        assertThat(a.conflicts).isEmpty();
    }

    /** What any node reads that holds no copy yet. */
    private void requireContent(Map<String, Object> expected) {
        assertThat(new HashMap<>(a.load(id).attributes())).isEqualTo(expected);
        assertThat(new HashMap<>(b.load(id).attributes())).isEqualTo(expected);
        assertThat(b.unreadable).isEmpty();
    }

    private static List<Object> cart(Object... articles) {
        return new ArrayList<>(List.of(articles));
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<Object> cart(Map<String, Object> attributes) {
        return (List<Object>) attributes.get("cart");
    }
}
