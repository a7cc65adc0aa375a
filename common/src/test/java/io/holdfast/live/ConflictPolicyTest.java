package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.holdfast.config.Setting;
import io.holdfast.conflict.ConflictException;
import io.holdfast.conflict.ConflictPolicy;
import io.holdfast.conflict.ConflictReport.Outcome;
import io.holdfast.session.SessionId;
import io.holdfast.session.Writer;
import io.holdfast.tracking.AttributeGate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two nodes wrote at the same time becomes what the attribute's policy says, on both of them and in Redis. */
class ConflictPolicyTest {
    private final String namespace = "conflicts/" + UUID.randomUUID();
    private final SessionId id = TestNode.newId();
    private TestNode a;
    private TestNode b;

    @BeforeEach
    void start() {
        a = node("a", Map.of());
        b = node("b", Map.of());
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
    }

    @Test
    void merge_keepsWhatBothAdded_andBothNodesSeeIt() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new TreeMap<>(Map.of("bread", 1))));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(
                () -> b.request(onB, attributes -> cart(attributes).put("milk", 2)));

        a.request(onA, attributes -> cart(attributes).put("salt", 3));

        Map<String, Integer> merged = Map.of("bread", 1, "milk", 2, "salt", 3);
        a.request(onA, attributes -> assertThat(cart(attributes)).isEqualTo(merged));
        b.request(onB, attributes -> assertThat(cart(attributes)).isEqualTo(merged));
        assertThat(a.conflicts).singleElement().satisfies(report -> {
            assertThat(report.attribute()).isEqualTo("cart");
            assertThat(report.className()).isEqualTo(TreeMap.class.getName());
            assertThat(report.policy()).isEqualTo(ConflictPolicy.MERGE);
            assertThat(report.outcome()).isEqualTo(Outcome.MERGED);
            assertThat(report.ours()).isEqualTo(new Writer("a", "/shop"));
            assertThat(report.theirs()).isEqualTo(new Writer("b", "/shop"));
        });
        assertThat(b.conflicts).isEmpty();
    }

    @Test
    void merge_ofObjectsPutAnew_countsFromWhatBothHadSeen() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new TreeMap<>(Map.of("bread", 1))));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> {
            TreeMap<String, Integer> copy = new TreeMap<>(cart(attributes));
            copy.remove("bread");
            attributes.put("cart", copy);
        }));

        a.request(onA, attributes -> {
            TreeMap<String, Integer> copy = new TreeMap<>(cart(attributes));
            copy.put("salt", 3);
            attributes.put("cart", copy);
        });

        b.request(onB, attributes -> assertThat(cart(attributes)).containsExactly(entry("salt", 3)));
    }

    @Test
    void merge_ofWhatNobodyHadBefore_keepsBoth() {
        LiveSession onA = a.create(id, attributes -> {});
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.put("hits", new AtomicInteger(2))));

        a.request(onA, attributes -> attributes.put("hits", new AtomicInteger(3)));

        b.request(
                onB,
                attributes -> assertThat((AtomicInteger) attributes.get("hits")).hasValue(5));
    }

    @Test
    void objectInUseDuringAMerge_isMergedAgainWhenItIsChangedLater() {
        LiveSession onA = a.create(id, attributes -> attributes.put("list", new ArrayList<>(List.of("base"))));
        LiveSession onB = b.load(id);
        TestNode.Request poll = a.begin(onA);
        List<List<String>> held = new ArrayList<>();
        poll.work(attributes -> held.add(list(attributes)));
        a.store.beforeNextCommit(
                () -> b.request(onB, attributes -> list(attributes).add("theirs")));
        a.request(onA, attributes -> list(attributes).add("ours"));

        held.get(0).add("late");
        poll.end();

        b.request(onB, attributes -> assertThat(list(attributes)).containsExactly("base", "theirs", "ours", "late"));
        a.request(onA, attributes -> assertThat(list(attributes)).containsExactly("base", "theirs", "ours", "late"));
    }

    @Test
    void putThatWaitedDuringAMerge_isBasedOnWhatItSaw() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new TreeMap<>(Map.of("bread", 1))));
        LiveSession onB = b.load(id);
        TestNode.Request slow = a.begin(onA);
        a.store.beforeNextCommit(() -> {
            b.request(onB, attributes -> cart(attributes).put("theirs", 2));
            slow.work(attributes -> {
                TreeMap<String, Integer> copy = new TreeMap<>(cart(attributes));
                copy.put("later", 4);
                attributes.put("cart", copy);
            });
        });
        a.request(onA, attributes -> cart(attributes).put("ours", 3));

        slow.end();

        Map<String, Integer> all = Map.of("bread", 1, "theirs", 2, "ours", 3, "later", 4);
        b.request(onB, attributes -> assertThat(cart(attributes)).isEqualTo(all));
        a.request(onA, attributes -> assertThat(cart(attributes)).isEqualTo(all));
    }

    @Test
    void twoObjectsOfOneAttributeChangedByOneRequest_areBothKept() {
        LiveSession onA = a.create(id, attributes -> attributes.put("list", new ArrayList<>(List.of("base"))));
        TestNode.Request slow = a.begin(onA);
        List<List<String>> held = new ArrayList<>();
        slow.work(attributes -> held.add(list(attributes)));
        b.request(b.load(id), attributes -> list(attributes).add("theirs"));
        a.request(onA, attributes -> attributes.get("list"));
        slow.work(attributes -> held.add(list(attributes)));
        assertThat(held.get(1)).isNotSameAs(held.get(0));

        held.get(0).add("in the old one");
        held.get(1).add("in the new one");
        slow.end();

        List<String> all = List.of("base", "theirs", "in the new one", "in the old one");
        b.request(b.load(id), attributes -> assertThat(list(attributes)).isEqualTo(all));
        a.request(onA, attributes -> assertThat(list(attributes)).isEqualTo(all));
        assertThat(a.conflicts)
                .singleElement()
                .satisfies(report -> assertThat(report.outcome()).isEqualTo(Outcome.MERGED));
    }

    @Test
    void objectThatAThreadWithoutARequestHolds_isMergedWithWhatARequestChanged() {
        LiveSession onA = a.create(id, attributes -> attributes.put("list", new ArrayList<>(List.of("base"))));
        TestNode.Request request = a.begin(onA);
        List<String> ofThread = list(onA.attributes());
        b.request(b.load(id), attributes -> list(attributes).add("theirs"));
        a.request(onA, attributes -> attributes.get("list"));
        request.work(attributes -> list(attributes).add("by the request"));

        ofThread.add("by the thread");
        request.end();

        b.request(
                b.load(id),
                attributes -> assertThat(list(attributes))
                        .containsExactly("base", "theirs", "by the request", "by the thread"));
    }

    @Test
    void twoObjectsOfOneAttribute_ofWhichTheLastWriteWins_areTheOneRequestsGetNow() {
        a.close();
        a = node("a", Map.of(Setting.CONFLICT_POLICY, "last-write-wins"));
        LiveSession onA = a.create(id, attributes -> attributes.put("list", new ArrayList<>(List.of("base"))));
        TestNode.Request slow = a.begin(onA);
        List<List<String>> held = new ArrayList<>();
        slow.work(attributes -> held.add(list(attributes)));
        b.request(b.load(id), attributes -> list(attributes).add("theirs"));
        a.request(onA, attributes -> attributes.get("list"));
        slow.work(attributes -> held.add(list(attributes)));

        held.get(0).add("in the old one");
        held.get(1).add("in the new one");
        slow.end();

        List<String> now = List.of("base", "theirs", "in the new one");
        b.request(b.load(id), attributes -> assertThat(list(attributes)).isEqualTo(now));
        a.request(onA, attributes -> assertThat(list(attributes)).isEqualTo(now));
    }

    @Test
    void valueThatCannotBeMerged_isOverwrittenAndSaysWhy() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", bits(1)));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.put("cart", bits(2))));

        a.request(onA, attributes -> attributes.put("cart", bits(3)));

        b.request(onB, attributes -> assertThat(attributes.get("cart")).isEqualTo(bits(3)));
        assertThat(a.conflicts).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(Outcome.OVERWRITTEN);
            assertThat(report.note()).contains("no merger for java.util.BitSet");
        });
    }

    @Test
    void removalAgainstAChange_theLastOneStands() {
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new TreeMap<>(Map.of("bread", 1))));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.remove("cart")));
        a.request(onA, attributes -> cart(attributes).put("salt", 3));

        b.request(onB, attributes -> assertThat(cart(attributes)).containsOnlyKeys("bread", "salt"));
        assertThat(a.conflicts)
                .singleElement()
                .satisfies(report -> assertThat(report.note()).isEqualTo("changed here and removed there"));
    }

    @Test
    void firstWriteWins_keepsTheirs_andTheRestOfOurCommit() {
        a.close();
        a = node("a", Map.of(Setting.CONFLICT_POLICY, "csrf.*=first-write-wins"));
        LiveSession onA = a.create(id, attributes -> {});
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.put("csrfToken", "theirs")));

        a.request(onA, attributes -> {
            attributes.put("csrfToken", "ours");
            attributes.put("other", "kept");
        });

        a.request(
                onA,
                attributes ->
                        assertThat(attributes).containsOnly(entry("csrfToken", "theirs"), entry("other", "kept")));
        b.request(
                onB,
                attributes ->
                        assertThat(attributes).containsOnly(entry("csrfToken", "theirs"), entry("other", "kept")));
        assertThat(a.conflicts)
                .singleElement()
                .satisfies(report -> assertThat(report.outcome()).isEqualTo(Outcome.DROPPED));
    }

    @Test
    void firstWriteWins_whenNothingElseIsLeft_writesNothing() {
        a.close();
        a = node("a", Map.of(Setting.CONFLICT_POLICY, "first-write-wins"));
        LiveSession onA = a.create(id, attributes -> attributes.put("list", new ArrayList<>(List.of("base"))));
        LiveSession onB = b.load(id);
        TestNode.Request request = a.begin(onA);
        request.work(attributes -> list(attributes).add("ours"));
        a.store.beforeNextCommit(() -> b.request(onB, attributes -> attributes.remove("list")));

        request.commit();
        request.end();

        a.request(onA, attributes -> assertThat(attributes).isEmpty());
        assertThat(a.commits).hasValue(1);
        assertThat(a.conflicts).hasSize(1);
    }

    @Test
    void fail_writesNothingAtAll() {
        a.close();
        a = node("a", Map.of(Setting.CONFLICT_POLICY, "merge; cart=fail", Setting.CONFLICT_STATUS, "503"));
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new TreeMap<>()));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(
                () -> b.request(onB, attributes -> cart(attributes).put("theirs", 2)));

        assertThatThrownBy(() -> a.request(onA, attributes -> {
                    cart(attributes).put("ours", 1);
                    attributes.put("other", "x");
                }))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.status()).isEqualTo(503))
                .hasMessageContainingAll(id.record(), "\"cart\"", "fail");

        b.request(onB, attributes -> {
            assertThat(attributes).containsOnlyKeys("cart");
            assertThat(cart(attributes)).containsExactly(entry("theirs", 2));
        });
        assertThat(a.conflicts)
                .singleElement()
                .satisfies(report -> assertThat(report.outcome()).isEqualTo(Outcome.FAILED));
    }

    @Test
    void lastWriteWins_isNotMerged() {
        a.close();
        a = node("a", Map.of(Setting.CONFLICT_POLICY, "last-write-wins"));
        LiveSession onA = a.create(id, attributes -> attributes.put("cart", new TreeMap<>()));
        LiveSession onB = b.load(id);
        a.store.beforeNextCommit(
                () -> b.request(onB, attributes -> cart(attributes).put("theirs", 2)));

        a.request(onA, attributes -> cart(attributes).put("ours", 1));

        b.request(onB, attributes -> assertThat(cart(attributes)).containsExactly(entry("ours", 1)));
    }

    @Test
    void valueOfAClassTheContainerKeepsOut_isNotLookedAt_andOverwritten() {
        try (TestNode strict = new TestNode(namespace, Map.of(), new OnlyArrayLists())) {
            LiveSession onStrict =
                    strict.create(id, attributes -> attributes.put("list", new ArrayList<>(List.of("base"))));
            LiveSession onB = b.load(id);
            strict.store.beforeNextCommit(() -> b.request(
                    onB, attributes -> attributes.put("list", new CopyOnWriteArrayList<>(List.of("base", "theirs")))));

            strict.request(onStrict, attributes -> list(attributes).add("ours"));

            b.request(onB, attributes -> assertThat(list(attributes)).containsExactly("base", "ours"));
            assertThat(strict.conflicts).singleElement().satisfies(report -> {
                assertThat(report.outcome()).isEqualTo(Outcome.OVERWRITTEN);
                assertThat(report.note()).startsWith("what the other node wrote cannot be read");
            });
        }
    }

    /** As by Tomcat's filter of value classes. */
    private static final class OnlyArrayLists implements AttributeGate {
        @Override
        public boolean shares(String name) {
            return true;
        }

        @Override
        public boolean shares(String name, String className) {
            return className.equals(ArrayList.class.getName());
        }
    }

    private TestNode node(String name, Map<Setting, String> settings) {
        Map<Setting, String> all = new EnumMap<>(Setting.class);
        all.putAll(settings);
        all.put(Setting.NODE_NAME, name);
        return new TestNode(namespace, all);
    }

    private static BitSet bits(int number) {
        return BitSet.valueOf(new long[] {number});
    }

    @SuppressWarnings("unchecked") // put by these tests
    private static Map<String, Integer> cart(Map<String, Object> attributes) {
        return (Map<String, Integer>) attributes.get("cart");
    }

    @SuppressWarnings("unchecked") // put by these tests
    private static List<String> list(Map<String, Object> attributes) {
        return (List<String>) attributes.get("list");
    }
}
