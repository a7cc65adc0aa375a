package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictException;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport;
import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.session.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A request that has got, and changed, more than one object of the same attribute: it commits once, and is in no conflict with itself. */
class SeveralObjectsTest {
    private final String namespace = "several-objects-" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();
    private final TestNode b = new TestNode(namespace);

    @AfterEach
    void close() {
        b.close();
    }

    @ParameterizedTest
    @EnumSource
    void twoOfTheSameVersion_areMerged_whateverThePolicy(ConflictPolicy policy) {
        try (TestNode a = node(policy)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            List<String> first = get(request);
            List<String> second = getAnotherOfTheSameVersion(a, session, request);
            int commits = a.commits.get();

            first.add("cup");
            second.add("plate");
            request.work(attributes -> attributes.put("color", "red"));
            request.end();

            assertThat(cartOn(b)).containsExactlyInAnyOrder("book", "cup", "plate");
            assertThat(b.load(id).attributes()).containsEntry("color", "red");
            assertThat(a.commits.get() - commits).isEqualTo(1);
            assertThat(a.conflicts).isEmpty();
            a.request(session, attributes -> assertThat(cart(attributes)).hasSize(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void threeOfTheSameVersion_areMerged_whateverThePolicy(ConflictPolicy policy) {
        try (TestNode a = node(policy)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            get(request).add("cup");
            getAnotherOfTheSameVersion(a, session, request).add("plate");
            getAnotherOfTheSameVersion(a, session, request).add("pen");

            request.end();

            assertThat(cartOn(b)).containsExactlyInAnyOrder("book", "cup", "plate", "pen");
            assertThat(a.conflicts).isEmpty();
        }
    }

    @Test
    void twoOfDifferentVersions_areMerged() {
        try (TestNode a = node(ConflictPolicy.MERGE)) {
            TestNode.Request request = a.begin(a.create(id, this::fill));
            changeBothBesideAnotherNode(a, request);

            request.end();

            assertThat(cartOn(b)).containsExactlyInAnyOrder("book", "milk", "cup", "plate");
            assertReported(a, Outcome.MERGED, ConflictPolicy.MERGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"FIRST_WRITE_WINS, DROPPED", "LAST_WRITE_WINS, OVERWRITTEN"})
    void olderOfTwoVersions_givesWayToTheNewer(ConflictPolicy policy, Outcome outcome) {
        try (TestNode a = node(policy)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            changeBothBesideAnotherNode(a, request);

            request.end();

            assertThat(cartOn(b)).containsExactly("book", "milk", "plate");
            a.request(session, attributes -> assertThat(cart(attributes)).containsExactly("book", "milk", "plate"));
            assertReported(a, outcome, policy);
        }
    }

    @Test
    void olderOfTwoVersions_letsTheRequestFail_ifItIsTo_andNothingIsStored() {
        try (TestNode a = node(ConflictPolicy.FAIL)) {
            TestNode.Request request = a.begin(a.create(id, this::fill));
            changeBothBesideAnotherNode(a, request);

            assertThatThrownBy(request::end).isInstanceOf(ConflictException.class);

            assertThat(cartOn(b)).containsExactly("book", "milk");
            assertThat(b.load(id).attributes()).doesNotContainKey("color");
            assertReported(a, Outcome.FAILED, ConflictPolicy.FAIL);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FAIL")
    void twoThatCannotBeMerged_oneOfThemCounts_andThatIsReported(ConflictPolicy policy) {
        try (TestNode a = node(policy)) {
            TestNode.Request request = changeTwoArrays(a);

            request.end();

            assertThat((int[]) b.load(id).attributes().get("array")).isIn(new int[] {1, 0}, new int[] {0, 1});
            assertThat(a.conflicts).singleElement().satisfies(report -> {
                assertThat(report.outcome()).isEqualTo(Outcome.OVERWRITTEN);
                assertThat(report.note()).startsWith("two objects of it were changed here: ");
            });
        }
    }

    @Test
    void twoThatCannotBeMerged_letTheRequestFail_ifItIsTo() {
        try (TestNode a = node(ConflictPolicy.FAIL)) {
            TestNode.Request request = changeTwoArrays(a);

            assertThatThrownBy(request::end).isInstanceOf(ConflictException.class);

            assertThat((int[]) b.load(id).attributes().get("array")).containsExactly(0, 0);
            assertThat(a.conflicts)
                    .singleElement()
                    .satisfies(report -> assertThat(report.note()).startsWith("two objects of it"));
            assertThat(b.load(id).attributes()).doesNotContainKey("color");
        }
    }

    @Test
    void anotherNodeThatCommitsMeanwhile_isMergedWithBoth() {
        try (TestNode a = node(ConflictPolicy.MERGE)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            get(request).add("cup");
            getAnotherOfTheSameVersion(a, session, request).add("plate");
            a.store.beforeNextCommit(this::addMilkOnB);

            request.end();

            assertThat(cartOn(b)).containsExactlyInAnyOrder("book", "milk", "cup", "plate");
            a.request(session, attributes -> assertThat(cart(attributes)).hasSize(4));
        }
    }

    @Test
    void anotherNodeThatCommitsMeanwhile_letsItFail_andNothingIsStored() {
        try (TestNode a = node(ConflictPolicy.FAIL)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            get(request).add("cup");
            getAnotherOfTheSameVersion(a, session, request).add("plate");
            request.work(attributes -> attributes.put("color", "red"));
            a.store.beforeNextCommit(this::addMilkOnB);

            assertThatThrownBy(request::end).isInstanceOf(ConflictException.class);

            assertThat(cartOn(b)).containsExactly("book", "milk");
            assertThat(b.load(id).attributes()).doesNotContainKey("color");
        }
    }

    @Test
    void bothGoOnBehindACommit() {
        try (TestNode a = node(ConflictPolicy.MERGE)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            List<String> first = get(request);
            List<String> second = getAnotherOfTheSameVersion(a, session, request);
            first.add("cup");
            second.add("plate");
            request.commit();

            first.add("pen");
            request.commit();
            second.add("ink");
            request.commit();
            first.add("glass");
            second.add("fork");
            get(request).add("spoon");
            request.end();

            assertThat(cartOn(b))
                    .containsExactlyInAnyOrder("book", "cup", "plate", "pen", "ink", "glass", "fork", "spoon");
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatThreadsHaveChanged_isMergedWithANewOne_whateverThePolicy(ConflictPolicy policy) {
        try (TestNode a = node(policy)) {
            LiveSession session = a.create(id, this::fill);
            TestNode.Request request = a.begin(session);
            TestNode.Request refused = a.begin(session);
            refused.refuse();
            cart(session.attributes()).add("plate");
            refused.work(attributes -> assertThat(attributes.get("cart")).isNotNull());
            request.work(attributes -> {
                List<String> made = new ArrayList<>(cart(attributes));
                made.add("cup");
                attributes.put("cart", made);
            });

            request.end();
            refused.endWithoutCommit();

            assertThat(cartOn(b)).containsExactlyInAnyOrder("book", "cup", "plate");
            assertThat(a.conflicts).isEmpty();
            a.request(session, attributes -> assertThat(cart(attributes)).hasSize(3));
        }
    }

    /** The older one's base is not what the record was like then: it has what its own commit had of it. */
    @Test
    void bothGoOnBehindACommit_andTakeBackWhatTheyHadAdded() {
        try (TestNode a = node(ConflictPolicy.MERGE)) {
            LiveSession session = a.create(id, attributes -> attributes.put("tags", new HashSet<>(List.of("new"))));
            TestNode.Request request = a.begin(session);
            Set<String> first = get(request, SeveralObjectsTest::tags);
            refuseOneThatGets(a, session, "tags");
            Set<String> second = get(request, SeveralObjectsTest::tags);
            first.add("red");
            second.add("big");
            request.commit();

            first.remove("red");
            second.remove("big");
            request.end();

            assertThat(b.load(id).attributes()).containsEntry("tags", Set.of("new"));
        }
    }

    @Test
    void bothGoOnBehindACommit_andCountInWhatTheyHadAdded() {
        try (TestNode a = node(ConflictPolicy.MERGE)) {
            LiveSession session = a.create(id, attributes -> attributes.put("hits", new HashMap<>()));
            TestNode.Request request = a.begin(session);
            Map<String, AtomicInteger> first = get(request, SeveralObjectsTest::hits);
            refuseOneThatGets(a, session, "hits");
            Map<String, AtomicInteger> second = get(request, SeveralObjectsTest::hits);
            first.put("home", new AtomicInteger(1));
            second.put("help", new AtomicInteger(1));
            request.commit();

            first.get("home").incrementAndGet();
            second.get("help").incrementAndGet();
            request.end();

            assertThat(b.load(id).attributes().get("hits")).asString().contains("home=2", "help=2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keyThatBothHaveSet_isReported_whateverThePolicy(ConflictPolicy policy) {
        try (TestNode a = node(policy)) {
            LiveSession session = a.create(id, attributes -> attributes.put("prices", new HashMap<>()));
            TestNode.Request request = a.begin(session);
            Map<String, String> first = get(request, SeveralObjectsTest::prices);
            refuseOneThatGets(a, session, "prices");
            Map<String, String> second = get(request, SeveralObjectsTest::prices);
            first.put("cup", "1");
            second.put("cup", "2");

            request.end();

            assertThat(a.conflicts).singleElement().satisfies(report -> {
                assertThat(report.outcome()).isEqualTo(Outcome.MERGED);
                assertThat(report.note()).isNotNull();
            });
        }
    }

    @Test
    void oneThatIsLost_isReported_alsoIfTheOtherIsMergedWithAnotherNodes() {
        try (TestNode a = node(ConflictPolicy.MERGE)) {
            LiveSession session =
                    a.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("x", "y"))));
            TestNode.Request request = a.begin(session);
            get(request).remove("x");
            getAnotherOfTheSameVersion(a, session, request).remove("y");
            a.store.beforeNextCommit(this::addMilkOnB);

            request.end();

            assertThat(cartOn(b)).hasSize(2).contains("milk");
            assertThat(a.conflicts)
                    .extracting(ConflictReport::outcome)
                    .containsExactly(Outcome.OVERWRITTEN, Outcome.MERGED);
        }
    }

    @Test
    void sessionThatHasEnded_isInNoConflict() {
        try (TestNode a = node(ConflictPolicy.FAIL)) {
            TestNode.Request request = changeTwoArrays(a);
            request.session().end();

            assertThat(request.end()).isFalse();
            assertThat(a.conflicts).isEmpty();
        }
    }

    private void changeBothBesideAnotherNode(TestNode a, TestNode.Request request) {
        List<String> older = get(request);
        addMilkOnB();
        a.begin(request.session()).end(); // brings what the other node has stored
        List<String> newer = get(request);
        assertThat(newer).isNotSameAs(older).contains("milk");
        older.add("cup");
        newer.add("plate");
        request.work(attributes -> attributes.put("color", "red"));
    }

    private TestNode.Request changeTwoArrays(TestNode a) {
        LiveSession session = a.create(id, attributes -> attributes.put("array", new int[2]));
        TestNode.Request request = a.begin(session);
        request.work(attributes -> ((int[]) attributes.get("array"))[0] = 1);
        refuseOneThatGets(a, session, "array");
        request.work(attributes -> {
            ((int[]) attributes.get("array"))[1] = 1;
            attributes.put("color", "red");
        });
        return request;
    }

    /** What a refused request gets is given to nobody else. */
    private List<String> getAnotherOfTheSameVersion(TestNode a, LiveSession session, TestNode.Request request) {
        List<String> before = get(request);
        refuseOneThatGets(a, session, "cart");
        List<String> another = get(request);
        assertThat(another).isNotSameAs(before);
        return another;
    }

    private static void refuseOneThatGets(TestNode a, LiveSession session, String name) {
        TestNode.Request refused = a.begin(session);
        refused.refuse();
        refused.work(attributes -> assertThat(attributes.get(name)).isNotNull());
        refused.endWithoutCommit();
    }

    private void addMilkOnB() {
        b.request(b.load(id), attributes -> cart(attributes).add("milk"));
    }

    private void fill(Map<String, Object> attributes) {
        attributes.put("cart", new ArrayList<>(List.of("book")));
    }

    private TestNode node(ConflictPolicy policy) {
        return new TestNode(namespace, Map.of(Setting.CONFLICT_POLICY, policy.toString()));
    }

    private static void assertReported(TestNode node, Outcome outcome, ConflictPolicy policy) {
        assertThat(node.conflicts).singleElement().satisfies(report -> {
            assertThat(report.attribute()).isEqualTo("cart");
            assertThat(report.outcome()).isEqualTo(outcome);
            assertThat(report.policy()).isEqualTo(policy);
        });
    }

    private List<String> cartOn(TestNode node) {
        return cart(node.load(id).attributes());
    }

    private static List<String> get(TestNode.Request request) {
        return get(request, SeveralObjectsTest::cart);
    }

    private static <T> T get(TestNode.Request request, Function<Map<String, Object>, T> getter) {
        List<T> got = new ArrayList<>();
        request.work(attributes -> got.add(getter.apply(attributes)));
        return got.get(0);
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Set<String> tags(Map<String, Object> attributes) {
        return (Set<String>) attributes.get("tags");
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Map<String, AtomicInteger> hits(Map<String, Object> attributes) {
        return (Map<String, AtomicInteger>) attributes.get("hits");
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static Map<String, String> prices(Map<String, Object> attributes) {
        return (Map<String, String>) attributes.get("prices");
    }
}
