package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** New objects that may have been made of several: what other nodes have added meanwhile is kept all the same. */
class SeveralBasesTest {
    private final String namespace = "bases-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession session = a.create(id, attributes -> {
        attributes.put("list", new ArrayList<>(List.of("book")));
        attributes.put("set", new HashSet<>(List.of("book")));
    });
    private final TestNode.Request first = a.begin(session);
    private final TestNode.Request second = a.begin(session);

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** Of a list, the oldest is none that it could have been made of by appending. */
    @Test
    void secondNewObjectOfARequest_whoseFirstOneWasMerged() {
        onB(add("list", "milk"));
        first.work(setWith("list", "cup", ArrayList::new));
        first.commit();
        onB(add("list", "plate"));

        first.work(setWith("list", "pen", ArrayList::new));
        first.end();

        assertStored("list", "book", "milk", "cup", "plate", "pen");
    }

    /** The oldest is what a request that is over had made. */
    @Test
    void secondNewObjectOfARequest_whoseFirstOneWasMadeOfThatOfAnother() {
        first.work(setWith("set", "cup", HashSet::new));
        second.work(setWith("set", "pen", HashSet::new));
        first.work(setWith("set", "tea", HashSet::new));
        onB(add("set", "milk"));
        first.end();

        second.work(setWith("set", "salt", HashSet::new));
        onB(add("set", "plate"));
        second.end();

        assertStored("set", "book", "milk", "cup", "pen", "tea", "plate", "salt");
    }

    /** What another request has changed in the oldest, and stores meanwhile, was not yet there when the new one was made. */
    @Test
    void newObjectOfARequest_thatHasReadAnOlderOne_whichAnotherHasChangedAsWellAsTheNewerOne() {
        AtomicReference<Collection<String>> older = new AtomicReference<>();
        first.work(attributes -> older.set(elementsOf(attributes, "set")));
        second.work(attributes -> assertThat(elementsOf(attributes, "set")).isSameAs(older.get()));
        onB(add("set", "milk"));
        a.begin(session); // and goes on
        first.work(add("set", "pen"));
        older.get().add("plate");
        second.work(setWith("set", "cup", HashSet::new));

        first.end();
        second.end();

        assertStored("set", "book", "milk", "pen", "plate", "cup");
    }

    private void onB(TestNode.Work work) {
        b.request(b.load(id), work);
    }

    private void assertStored(String name, String... elements) {
        assertThat(elementsOf(b.load(id).attributes(), name)).containsExactlyInAnyOrder(elements);
        a.request(
                session, attributes -> assertThat(elementsOf(attributes, name)).containsExactlyInAnyOrder(elements));
    }

    private static TestNode.Work setWith(
            String name, String element, Function<Collection<String>, Collection<String>> copy) {
        return attributes -> {
            Collection<String> made = copy.apply(elementsOf(attributes, name));
            made.add(element);
            attributes.put(name, made);
        };
    }

    private static TestNode.Work add(String name, String element) {
        return attributes -> elementsOf(attributes, name).add(element);
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Collection<String> elementsOf(Map<String, Object> attributes, String name) {
        return (Collection<String>) attributes.get(name);
    }
}
