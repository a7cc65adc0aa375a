package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.LocalCopySettings;
import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.session.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node keeps between requests stays within its limits, and nothing is lost by dropping the rest. */
class LocalCopiesTest {
    private static final long PLENTY = 1L << 40;
    private static final Duration LONG = Duration.ofDays(1);

    private final String namespace = "copies-" + UUID.randomUUID();
    private final TestNode node = new TestNode(namespace);
    private final TestNode other = new TestNode(namespace);
    private final HookedMap map = new HookedMap();
    private final AtomicLong aheadNanos = new AtomicLong();

    @AfterEach
    void close() {
        node.close();
        other.close();
    }

    @Test
    void tooMany_dropsThoseUsedLongestAgo() {
        LocalCopies<LiveSession> copies = copies(20, PLENTY, LONG);
        List<LiveSession> sessions = add(copies, 20, 10);
        LiveSession usedLately = sessions.get(0);
        node.request(usedLately, attributes -> attributes.get("text"));

        sessions.addAll(add(copies, 1, 10));

        assertThat(map.values())
                .hasSize(18)
                .contains(usedLately, sessions.get(20))
                .doesNotContain(sessions.get(1));
    }

    @Test
    void tooManyBytes_dropsThoseUsedLongestAgo() {
        LocalCopies<LiveSession> copies = copies(1_000, 50_000, LONG);

        List<LiveSession> sessions = add(copies, 11, 10_000);

        assertThat(map.values().stream().mapToLong(LiveSession::copyBytes).sum())
                .isBetween(35_000L, 50_000L);
        assertThat(map.values()).contains(sessions.get(10)).doesNotContain(sessions.get(0));
    }

    @Test
    void copyThatHasGrownSinceItCame_countsWithWhatItHoldsNow() {
        LocalCopies<LiveSession> copies = copies(1_000, 100_000, LONG);
        LiveSession grown = add(copies, 2, 10).get(1);
        node.request(grown, attributes -> attributes.put("more", text(400_000)));

        copies.trim();

        assertThat(map).isEmpty();
    }

    @Test
    void unusedForLong_isDropped() {
        LocalCopies<LiveSession> copies = copies(1_000, PLENTY, Duration.ofMinutes(10));
        LiveSession session = add(copies, 1, 10).get(0);

        aheadNanos.set(Duration.ofMinutes(9).toNanos());
        copies.trim();
        assertThat(map).containsValue(session);

        aheadNanos.set(Duration.ofMinutes(11).toNanos());
        copies.trim();
        assertThat(map).isEmpty();
    }

    @Test
    void copyInUse_isKept_howeverMuchThereIs() {
        LocalCopies<LiveSession> copies = copies(0, 0, Duration.ofSeconds(1));
        LiveSession session = node.create(TestNode.newId(), attributes -> attributes.put("text", "x"));
        TestNode.Request request = node.begin(session);
        put(copies, session);
        aheadNanos.set(Duration.ofDays(2).toNanos());
        copies.trim();
        assertThat(map).containsValue(session);

        request.end();
        copies.trim();
        assertThat(map).isEmpty();
    }

    @Test
    void copyWithAValueThatCannotBeStored_isKept() {
        LocalCopies<LiveSession> copies = copies(0, 0, Duration.ofSeconds(1));
        LiveSession session = node.create(TestNode.newId(), attributes -> attributes.put("thread", new Thread()));
        put(copies, session);

        copies.trim();
        assertThat(map).containsValue(session);

        node.request(session, attributes -> attributes.remove("thread"));
        copies.trim();
        assertThat(map).isEmpty();
    }

    @Test
    void copyThatGetsAValueThatCannotBeStoredInTheMomentOfDropping_isKept() {
        LocalCopies<LiveSession> copies = copies(1_000, PLENTY, Duration.ofMinutes(10));
        LiveSession session = add(copies, 1, 10).get(0);
        aheadNanos.addAndGet(Duration.ofMinutes(11).toNanos());
        map.beforeNextChange = () -> node.request(session, attributes -> attributes.put("socket", new Object()));

        copies.trim();

        assertThat(map).containsValue(session);
    }

    @Test
    void whatAThreadWithoutARequestHasChanged_isCommittedBeforeItsCopyIsDropped() {
        LocalCopies<LiveSession> copies = copies(1_000, PLENTY, Duration.ofMinutes(10));
        SessionId id = TestNode.newId();
        LiveSession session = node.create(id, attributes -> attributes.put("cart", new ArrayList<>(List.of("bread"))));
        put(copies, session);
        cart(session.attributes()).add("milk");
        aheadNanos.set(Duration.ofMinutes(11).toNanos());

        copies.trim();

        assertThat(map).isEmpty();
        other.request(other.load(id), attributes -> assertThat(cart(attributes)).containsExactly("bread", "milk"));
    }

    @Test
    void whatIsTooMuch_isDroppedWithoutIO_soThatNoRequestPaysForAnother() {
        LocalCopies<LiveSession> copies = copies(1, PLENTY, LONG);
        LiveSession session = node.create(TestNode.newId(), attributes -> attributes.put("cart", new ArrayList<>()));
        put(copies, session);
        cart(session.attributes()).add("milk");
        int commits = node.commits.get();

        add(copies, 1, 10);

        assertThat(node.commits).hasValue(commits + 1); // the further session's own
        assertThat(map).containsValue(session);
    }

    @Test
    void copyOfWhichTheLastChangesCannotBeStored_isKept() {
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                TestNode far = new TestNode(namespace, Map.of(Setting.REDIS_URI, proxy.uri()))) {
            LocalCopies<LiveSession> copies = copies(1_000, PLENTY, Duration.ofMinutes(10));
            LiveSession session = far.create(TestNode.newId(), attributes -> attributes.put("cart", new ArrayList<>()));
            put(copies, session);
            cart(session.attributes()).add("milk");
            aheadNanos.set(Duration.ofMinutes(11).toNanos());
            proxy.down();
            copies.trim();
            assertThat(map).containsValue(session);

            proxy.up();
            await().until(() -> {
                copies.trim();
                return map.isEmpty();
            });
        }
    }

    @Test
    void droppedSessionObjectThatTheApplicationHolds_comesBack_onceAndOnlySoLong() {
        LocalCopies<LiveSession> copies = copies(0, PLENTY, LONG);
        List<LiveSession> held = add(copies, 1, 10);
        copies.trim();
        String record = held.get(0).record();

        assertThat(copies.recall(record)).isSameAs(held.get(0));
        assertThat(copies.recall(record)).isNull();

        put(copies, held.get(0));
        copies.trim();
        held.clear();
        await().until(() -> {
            System.gc();
            copies.trim();
            return copies.recall(record) == null;
        });
    }

    /** With a place to do something right before an entry is looked at to be changed. */
    private static final class HookedMap extends ConcurrentHashMap<String, LiveSession> {
        private static final long serialVersionUID = 1L;

        private transient Runnable beforeNextChange = () -> {};

        @Override
        public LiveSession computeIfPresent(
                String key, BiFunction<? super String, ? super LiveSession, ? extends LiveSession> change) {
            Runnable action = beforeNextChange;
            beforeNextChange = () -> {};
            action.run();
            return super.computeIfPresent(key, change);
        }
    }

    private LocalCopies<LiveSession> copies(int most, long mostBytes, Duration longestIdle) {
        return new LocalCopies<>(
                map,
                session -> session,
                new LocalCopySettings(most, mostBytes, longestIdle),
                () -> System.nanoTime() + aheadNanos.get());
    }

    private List<LiveSession> add(LocalCopies<LiveSession> copies, int count, int size) {
        List<LiveSession> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LiveSession session = node.create(TestNode.newId(), attributes -> attributes.put("text", text(size)));
            put(copies, session);
            added.add(session);
        }
        return added;
    }

    private void put(LocalCopies<LiveSession> copies, LiveSession session) {
        map.put(session.record(), session);
        copies.added(session);
    }

    /** Does not compress well. */
    private static String text(int length) {
        byte[] bytes = new byte[length / 2];
        new Random(length).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }
}
