package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.AttributeSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.StoredAttribute;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that runs for hours, and threads that never end, are handed ever new objects of an attribute that others change. */
class LongUseTest {
    private static final int REFRESHES = 500;
    private static final int MOST_WATCHED = 33; // 32 that lost their place, and the one that is shown

    private static final int MANY = 20_000;
    private static final int SOME = 10;

    private final Use unattributed = new Use();
    private final CountingCodec codec = new CountingCodec();
    private Use current = unattributed;
    private final AttributeMap map = new AttributeMap(
            "0123456789abcdef",
            new StoredForm(codec, new AttributeSeal("shop", AttributeSettings.DEFAULTS), AttributeGate.OPEN),
            new SessionEvents() {},
            () -> current,
            () -> false);
    private final Uses uses = new Uses(map, unattributed);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsThatLostTheirPlace_areWatchedWithinBounds(boolean ofARequest) {
        current = ofARequest ? uses.begin() : unattributed;

        for (int version = 1; version <= REFRESHES; version++) {
            cartOf(version);
        }

        assertThat(current.handedOut()).hasSize(MOST_WATCHED);
    }

    @Test
    void objectThatLostItsPlace_andWasChanged_isWatchedForAsLongAsItTakes() {
        current = uses.begin();
        List<String> first = cartOf(1);
        first.add("cup");

        for (int version = 2; version <= REFRESHES; version++) {
            cartOf(version);
        }

        assertThat(current.handedOut("cart", first)).isNotNull();
        AttributeChanges changes = uses.capture(current);
        assertThat(changes.value("cart")).isSameAs(first);
    }

    /** Each has begun before the one before it has ended, and has read what that one has set, as in a session that is never at rest. */
    @Test
    void requestsThatAreOver_areForgotten_thoughEachHasReadWhatTheOneBeforeHasSet() {
        List<WeakReference<Use>> over = new ArrayList<>();
        Use before = uses.begin();
        for (int i = 0; i < REFRESHES; i++) {
            current = before;
            map.put("count", i);
            current = uses.begin();
            assertThat(map.get("count")).isEqualTo(i);
            uses.end(before);
            over.add(new WeakReference<>(before));
            before = current;
            map.put("count", i);
        }

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(over.stream().filter(use -> use.get() != null)).hasSizeLessThan(3);
        });
        uses.end(before);
    }

    @Test
    void objectsOfThreads_thatWereDroppedWithRefusedRequests_areSuspectedWithinBounds() {
        Use beside = uses.begin();
        current = unattributed;

        for (int version = 1; version <= REFRESHES; version++) {
            Use refused = uses.begin();
            cartOf(version);
            uses.drop(refused, false, () -> {});
            uses.end(refused);
        }

        assertThat(beside.suspects()).hasSize(MOST_WATCHED);
    }

    /** A list and a number, as of work that tells how far it is. Others look at it now and then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void objectsThatAreSetAnewAllTheTime_areNotKept(boolean ofARequest) {
        Use reader = uses.begin();
        Use worker = ofARequest ? uses.begin() : unattributed;
        for (int i = 0; i < MANY; i++) {
            current = worker;
            map.put("lines", new ArrayList<>(List.of(i)));
            map.put("percent", i);
            if (i % (MANY / SOME) == 0) {
                current = reader;
                assertThat(map.get("lines")).isEqualTo(List.of(i));
                assertThat(map.get("percent")).isEqualTo(i);
            }
        }

        assertThat(worker.handedOut()).hasSizeLessThan(2 * SOME);
    }

    @Test
    @Timeout(30) // a fraction of a second, or minutes if each takes longer than the one before
    void attributesOfOneRequest_canBeMany() {
        current = uses.begin();
        for (int i = 0; i < MANY; i++) {
            map.put("line " + i, new ArrayList<>(List.of(i)));
        }

        uses.capture(current).applied(1);

        assertThat(map).hasSize(MANY);
    }

    @Test
    void objectsThatRequestAfterRequestHasReplaced_areNotKept() {
        for (int version = 1; version <= REFRESHES; version++) {
            replaceCart(version);
        }

        assertThat(map.objects().size()).isOne();
    }

    @Test
    void objectsThatRequestAfterRequestHasRemoved_areNotKept() {
        for (int version = 1; version <= REFRESHES; version += 2) {
            replaceCart(version);
            request(() -> map.remove("cart"), version + 1);
        }

        assertThat(map.objects().size()).isZero();
    }

    /** What it changes there may get into a commit of which nobody knows whether it counts. */
    @Test
    void objectThatARequestHas_andAnotherHasReplaced_isStillFoundIfItIsInDoubt() {
        Object cart = replaceCart(1);
        Use reader = uses.begin();
        current = reader;
        map.get("cart");
        replaceCart(2);

        reader.handedOut().forEach(LiveValue::markInDoubt);

        assertThat(map.objects().find("cart", cart)).isNotNull();
    }

    /** Threads forget what is replaced by something new; not so by an object that was the value before. */
    @Test
    void objectThatAThreadHas_andARequestHasReplaced_isStillFoundIfItIsInDoubt() {
        Use use = uses.begin();
        current = use;
        List<String> old = cartOf(1);
        current = unattributed;
        List<String> cart = cartOf(2);
        current = use;
        map.put("cart", new ArrayList<>());
        old.add("cup");
        map.put("cart", old);
        uses.capture(use).applied(3);
        uses.end(use);

        unattributed.handedOut().forEach(LiveValue::markInDoubt);

        assertThat(map.objects().find("cart", cart)).isNotNull();
    }

    @Test
    void objectThatIsInDoubt_andHasBeenReplaced_isStillFound() {
        Object cart = replaceCart(1);
        LiveValue live = map.liveWith("cart", cart);
        assertThat(live).isNotNull();
        live.markInDoubt();

        replaceCart(2);

        assertThat(map.objects().find("cart", cart)).isNotNull();
    }

    private Object replaceCart(int version) {
        List<String> cart = new ArrayList<>(List.of("book " + version));
        request(() -> map.put("cart", cart), version);
        return cart;
    }

    /** A request whose commit makes that version. */
    private void request(Runnable work, int version) {
        Use use = uses.begin();
        current = use;
        work.run();
        uses.capture(use).applied(version);
        uses.end(use);
    }

    /** What the current use is handed behind a refresh that brings this version. */
    @SuppressWarnings("unchecked") // what was just stored
    private List<String> cartOf(int version) {
        List<String> cart = new ArrayList<>(List.of("book " + version));
        AttributeRefresh.refresh(map, Map.of("cart", new StoredAttribute(codec.encode(cart), version)));
        uses.forgetOldest();
        return (List<String>) map.get("cart");
    }
}
