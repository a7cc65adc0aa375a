package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A request gets an object, as an asynchronous one does before it goes on in another thread; a refresh brings what another node has
 * counted; and then somebody else counts in that object and sets it again. Nothing of what was counted is lost.
 */
class HandedOnTest {
    private final String namespace = "handed-on-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession onA = a.create(id, attributes -> attributes.put("count", new AtomicInteger()));
    private final TestNode.Request getter = a.begin(onA);
    private final AtomicReference<AtomicInteger> object = new AtomicReference<>();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    @Test
    void objectThatAThreadSetsAgain_isCommittedWithAnotherRequest() {
        TestNode.Request other = getThenRefresh();

        onA.attributes().put("count", counted());
        other.end();
        getter.end();

        assertCounts(3);
    }

    @Test
    void objectThatAThreadSetsAgain_isCommittedWithItsRequest() {
        TestNode.Request other = getThenRefresh();

        onA.attributes().put("count", counted());
        getter.end();
        other.end();

        assertCounts(3);
    }

    @Test
    void newObjectThatAThreadMakesOfIt_isCommittedWithAnotherRequest() {
        TestNode.Request other = getThenRefresh();

        onA.attributes()
                .put(
                        "count",
                        new AtomicInteger(Objects.requireNonNull(object.get()).get() + 1));
        other.end();
        getter.end();

        assertCounts(3);
    }

    @Test
    void objectThatAThreadSetsAgainAsItWas_overwritesNothing() {
        TestNode.Request other = getThenRefresh();

        onA.attributes().put("count", object.get());
        other.end();
        getter.end();

        assertCounts(2);
    }

    @Test
    void constantThatAnotherRequestSets_isTheValue() {
        TestNode.Request other = getThenRefresh();

        other.work(attributes -> attributes.put("count", object.get()));
        other.end();
        getter.end();

        assertCounts(0);
    }

    @Test
    void objectThatAnotherRequestSetsAgain() {
        TestNode.Request other = getThenRefresh();

        other.work(attributes -> attributes.put("count", counted()));
        other.end();
        getter.end();

        assertCounts(3);
    }

    @Test
    void objectThatAThreadSetsAgain_whenItsRequestHasEnded() {
        TestNode.Request other = getThenRefresh();
        getter.end();

        onA.attributes().put("count", counted());
        other.end();

        assertCounts(3);
    }

    @Test
    void objectThatAnotherRequestSetsAgain_whenTheFirstHasEnded() {
        getThenRefresh().end();
        getter.end();

        a.request(onA, attributes -> attributes.put("count", counted()));

        assertCounts(3);
    }

    /** Gives a request that has begun behind what the other node has counted. */
    private TestNode.Request getThenRefresh() {
        getter.work(attributes -> object.set(count(attributes)));
        b.request(b.load(id), attributes -> count(attributes).addAndGet(2));
        return a.begin(onA);
    }

    private AtomicInteger counted() {
        AtomicInteger counter = Objects.requireNonNull(object.get());
        counter.incrementAndGet();
        return counter;
    }

    private void assertCounts(int expected) {
        assertThat(count(b.load(id).attributes())).hasValue(expected);
        a.request(onA, attributes -> assertThat(count(attributes)).hasValue(expected));
    }

    private static AtomicInteger count(Map<String, Object> attributes) {
        return (AtomicInteger) Objects.requireNonNull(attributes.get("count"));
    }
}
