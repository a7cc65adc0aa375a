package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many applications get an object, change it and put it again. A refresh in between gives requests of one node objects of their own for
 * one attribute; then none of them overwrites what the others have changed.
 */
class PutAgainTest {
    private final String namespace = "again-" + UUID.randomUUID();
    private final TestNode a = new TestNode(namespace);
    private final TestNode b = new TestNode(namespace);
    private final SessionId id = TestNode.newId();
    private final LiveSession onA = a.create(id, attributes -> attributes.put("count", new AtomicInteger()));
    private final List<AtomicInteger> handedOut = new ArrayList<>();

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    /** Digits: the first or second request of node a counts and puts; letters: it commits. */
    @ParameterizedTest
    @ValueSource(strings = {"1a2b", "12ab", "12ba", "21ab", "21ba", "2b1a", "1212ab", "1212ba", "2b11a"})
    void countsOfTwoRequestsOfOneNode_andOfAnotherNode_areAllKept(String order) {
        TestNode.Request first = requestWithObjectOfItsOwn();
        b.request(b.load(id), PutAgainTest::countAndPut);
        TestNode.Request second = requestWithObjectOfItsOwn();
        assertThat(handedOut.get(0)).isNotSameAs(handedOut.get(1));

        int counted = 1;
        for (int i = 0; i < order.length(); i++) {
            char step = order.charAt(i);
            switch (step) {
                case '1' -> countAndPut(first, handedOut.get(0));
                case '2' -> countAndPut(second, handedOut.get(1));
                case 'a' -> first.end();
                case 'b' -> second.end();
                default -> throw new IllegalArgumentException(order);
            }
            counted += Character.isDigit(step) ? 1 : 0;
        }

        assertThat(count(b.load(id).attributes())).hasValue(counted);
        assertThat(count(onA.attributes())).hasValue(counted);
    }

    @Test
    void objectOfAnEarlierVersion_thatIsPutAgainUnchangedBehindAMerge_isNotTakenForTheMergedValue() {
        TestNode.Request first = requestWithObjectOfItsOwn();
        TestNode.Request second = requestWithObjectOfItsOwn();
        assertThat(handedOut.get(0)).isSameAs(handedOut.get(1));
        b.request(b.load(id), PutAgainTest::countAndPut);
        countAndPut(first, handedOut.get(0));
        TestNode.Request third = a.begin(onA);
        countAndPut(second, handedOut.get(0));

        first.end(); // commits what both have counted, and merges it
        second.end();
        third.work(PutAgainTest::countAndPut);
        third.end();

        assertThat(count(b.load(id).attributes())).hasValue(4);
    }

    @Test
    void objectThatIsOnlyChangedInPlace_whileAnotherRequestPutsItsOwnAgain_isKept() {
        TestNode.Request first = requestWithObjectOfItsOwn();
        b.request(b.load(id), PutAgainTest::countAndPut);
        TestNode.Request second = requestWithObjectOfItsOwn();

        second.work(attributes -> handedOut.get(1).incrementAndGet());
        countAndPut(first, handedOut.get(0));
        first.end();
        second.end();

        assertThat(count(b.load(id).attributes())).hasValue(3);
    }

    @Test
    void whoHasPutItsObjectAgain_getsThatOne() {
        TestNode.Request first = requestWithObjectOfItsOwn();
        b.request(b.load(id), PutAgainTest::countAndPut);
        requestWithObjectOfItsOwn();

        countAndPut(first, handedOut.get(0));

        first.work(attributes -> assertThat(count(attributes)).isSameAs(handedOut.get(0)));
    }

    private TestNode.Request requestWithObjectOfItsOwn() {
        TestNode.Request request = a.begin(onA);
        request.work(attributes -> handedOut.add(count(attributes)));
        return request;
    }

    private static void countAndPut(TestNode.Request request, AtomicInteger count) {
        request.work(attributes -> {
            count.incrementAndGet();
            attributes.put("count", count);
        });
    }

    private static void countAndPut(Map<String, Object> attributes) {
        AtomicInteger count = count(attributes);
        count.incrementAndGet();
        attributes.put("count", count);
    }

    private static AtomicInteger count(Map<String, Object> attributes) {
        return (AtomicInteger) Objects.requireNonNull(attributes.get("count"));
    }
}
