package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one has changed in place in an object while another one sets a new object, which was not made of that. */
class ReplacedMeanwhileTest {
    private final String namespace = "replaced-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession session =
            a.create(id, attributes -> attributes.put("cart", new HashSet<>(List.of("book"))));
    private final TestNode.Request first = a.begin(session);
    private final TestNode.Request second = a.begin(session);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void changeOfAThread_whenARequestThatHasReadTheSameSetsWhatItMadeOfARefreshedOne() {
        second.work(attributes -> assertThat(cart(attributes)).containsExactly("book"));
        add("plate").on(session.attributes());
        refresh();
        second.work(this::setWithCup);
        Map<String, Object> ofThreads = session.attributes();
        add("pen").on(ofThreads);
        ofThreads.put("cart", ofThreads.get("cart"));

        first.end();
        second.end();

        assertStored("book", "milk", "plate", "cup", "pen");
    }

    @Test
    void changeOfAThread_whenAnotherThreadSetsWhatItMadeOfARefreshedOne() {
        add("plate").on(session.attributes());
        refresh();
        setWithCup(session.attributes());

        first.end();
        second.end();

        assertStored("book", "milk", "plate", "cup");
    }

    @Test
    void changeOfAThread_whenAnotherThreadRemovesTheAttribute_isGone() {
        add("plate").on(session.attributes());
        refresh();
        session.attributes().remove("cart");

        first.end();
        second.end();

        assertThat(b.load(id).attributes()).isEmpty();
    }

    @Test
    void changeOfAThread_whenAnotherThreadSetsSomethingElse_isGone() {
        add("plate").on(session.attributes());
        refresh();
        session.attributes().put("cart", new ArrayList<>(List.of("sold out")));

        first.end();
        second.end();

        assertThat(b.load(id).attributes().get("cart")).isEqualTo(List.of("sold out"));
    }

    @Test
    void changeOfTheRequestItself_thatSetsAnEmptyOneBehindARefresh_isGone() {
        first.work(add("plate"));
        refresh();
        first.work(attributes -> {
            assertThat(cart(attributes)).contains("milk");
            attributes.put("cart", new HashSet<>());
        });

        first.end();
        second.end();

        assertThat(cart(b.load(id).attributes())).doesNotContain("plate", "book");
    }

    /** The second request has set again what the first had put, and goes on with what that puts then. */
    @Test
    void changeOfAnObject_thatIsStoredWhileItIsChanged_afterOneThatBothHadSet() {
        first.work(attributes -> attributes.put("wishes", new HashSet<>()));
        second.work(attributes -> {
            Object wishes = attributes.get("wishes");
            attributes.put("wishes", wishes);
        });
        Set<String> next = new HashSet<>(List.of("cup"));
        first.work(attributes -> attributes.put("wishes", next));
        a.store.beforeNextCommit(() -> second.work(attributes -> {
            assertThat(attributes.get("wishes")).isSameAs(next);
            next.add("plate");
        }));

        first.end();
        second.end();

        assertThat(b.load(id).attributes().get("wishes")).isEqualTo(Set.of("cup", "plate"));
    }

    /** Another node adds milk, and a request of this one brings that. */
    private void refresh() {
        b.request(b.load(id), add("milk"));
        a.begin(session); // and goes on
    }

    private void setWithCup(Map<String, Object> attributes) {
        Set<String> made = new HashSet<>(cart(attributes));
        made.add("cup");
        attributes.put("cart", made);
    }

    private void assertStored(String... elements) {
        assertThat(cart(b.load(id).attributes())).containsExactlyInAnyOrder(elements);
        a.request(session, attributes -> assertThat(cart(attributes)).containsExactlyInAnyOrder(elements));
    }

    private static TestNode.Work add(String element) {
        return attributes -> cart(attributes).add(element);
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Set<String> cart(Map<String, Object> attributes) {
        return (Set<String>) attributes.get("cart");
    }
}
