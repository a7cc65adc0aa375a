package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    @Test
    void twoObjectsOfOneRequest_oneChangedInPlaceAndOnePutAgain_areBothKept() {
        TestNode.Request request = requestWithObjectOfItsOwn();
        handedOut.get(0).incrementAndGet();
        b.request(b.load(id), PutAgainTest::countAndPut);
        a.begin(onA).end();

        request.work(PutAgainTest::countAndPut);
        request.end();

        assertThat(count(b.load(id).attributes())).hasValue(3);
        assertThat(count(onA.attributes())).hasValue(3);
    }

    @Test
    void twoObjectsOfOneRequest_bothPutAgain_areBothKept() {
        TestNode.Request request = requestWithObjectOfItsOwn();
        b.request(b.load(id), PutAgainTest::countAndPut);
        a.begin(onA).end();

        request.work(PutAgainTest::countAndPut);
        countAndPut(request, handedOut.get(0));
        request.end();

        assertThat(count(b.load(id).attributes())).hasValue(3);
        assertThat(count(onA.attributes())).hasValue(3);
    }

    @Test
    void objectThatAThreadHasChangedInPlace_whileARequestPutsAnotherOneAgain_isKept() {
        count(onA.attributes()).incrementAndGet();
        b.request(b.load(id), PutAgainTest::countAndPut);

        a.request(onA, PutAgainTest::countAndPut);

        assertThat(count(b.load(id).attributes())).hasValue(3);
    }

    @Test
    void objectThatCannotBeMerged_putAgainAsItWas_overwritesNobody() {
        a.request(onA, attributes -> attributes.put("numbers", new int[] {1}));
        TestNode.Request request = a.begin(onA);
        AtomicReference<Object> numbers = new AtomicReference<>();
        request.work(attributes -> numbers.set(attributes.get("numbers")));
        b.request(b.load(id), attributes -> attributes.put("numbers", new int[] {2}));
        a.begin(onA).end();

        request.work(attributes -> attributes.put("numbers", numbers.get()));
        request.end();

        assertThat(b.load(id).attributes()).containsEntry("numbers", new int[] {2});
        assertThat(onA.attributes()).containsEntry("numbers", new int[] {2});
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void objectPutAgainAsItWas_overWhatAnotherRequestHasPutMeanwhile_leavesThat() {
        TestNode.Request request = requestWithObjectOfItsOwn();
        b.request(b.load(id), PutAgainTest::countAndPut);
        TestNode.Request other = a.begin(onA);
        other.work(attributes -> attributes.put("count", new AtomicInteger(100)));

        request.work(attributes -> attributes.put("count", handedOut.get(0)));
        request.end();

        other.work(attributes -> assertThat(count(attributes)).hasValue(100));
        other.end();
        assertThat(count(b.load(id).attributes())).hasValue(100);
    }

    @Test
    void objectPutAgainAsItWas_isThereAgain_ifOthersHaveRemovedIt() {
        TestNode.Request request = requestWithObjectOfItsOwn();
        b.request(b.load(id), attributes -> attributes.remove("count"));
        a.begin(onA).end();

        request.work(attributes -> attributes.put("count", handedOut.get(0)));
        request.end();

        assertThat(count(b.load(id).attributes())).hasValue(0);
    }

    @Test
    void newObject_isBasedOnWhatItsRequestHasSeen_notOnWhatAThreadWasHandedLongAgo() {
        a.request(onA, attributes -> attributes.put("set", new HashSet<>(Set.of("x"))));
        TestNode.Request keepsThreadAlive = a.begin(onA);
        onA.attributes().get("set");
        b.request(b.load(id), attributes -> attributes.put("set", new HashSet<>(Set.of("x", "y"))));

        a.request(onA, attributes -> {
            assertThat(attributes.get("set")).isEqualTo(Set.of("x", "y"));
            attributes.put("set", new HashSet<>());
        });
        keepsThreadAlive.end();

        assertThat(b.load(id).attributes()).containsEntry("set", Set.of());
        assertThat(a.conflicts).isEmpty();
    }

    @Test
    void objectThatTwoRequestsShare_andARefreshHasReplaced_isKeptForOne_whenTheOtherHasPutItAgainAndIsRefused() {
        TestNode.Request refused = requestWithObjectOfItsOwn();
        TestNode.Request beside = requestWithObjectOfItsOwn();
        assertThat(handedOut.get(0)).isSameAs(handedOut.get(1));
        b.request(b.load(id), PutAgainTest::countAndPut);
        TestNode.Request refreshed = requestWithObjectOfItsOwn();
        assertThat(handedOut.get(0)).isNotSameAs(handedOut.get(2));

        countAndPut(refused, handedOut.get(0));
        beside.work(attributes -> handedOut.get(0).incrementAndGet());
        refused.endRefused();
        beside.end();
        refreshed.end();

        // What the refused one has changed in place is stored along with what the other one has.
        assertThat(count(b.load(id).attributes())).hasValue(3);
        assertThat(count(onA.attributes())).hasValue(3);
    }

    @Test
    void requestThatPutsItsObjectAgain_andThenThatOfAnotherRequest_keepsWhatItCountedInBoth() {
        TestNode.Request first = requestWithObjectOfItsOwn();
        b.request(b.load(id), PutAgainTest::countAndPut);
        TestNode.Request second = requestWithObjectOfItsOwn();

        countAndPut(second, handedOut.get(1));
        countAndPut(first, handedOut.get(0));
        second.work(attributes -> assertThat(count(attributes)).isSameAs(handedOut.get(0)));
        countAndPut(second, handedOut.get(0));
        first.end();
        second.end();

        assertThat(count(b.load(id).attributes())).hasValue(4);
        assertThat(count(onA.attributes())).hasValue(4);
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
