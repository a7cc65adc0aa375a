package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.AttributeSettings;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.session.StoredAttribute;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Take-backs at the very moment when others use the same attribute. What cannot be forced is tried many times. */
class TakeBackRaceTest {
    private static final int TIMES = 2_000;

    private static final ThreadLocal<Use> CURRENT = new ThreadLocal<>();
    private final Use unattributed = new Use();
    private final CountingCodec codec = new CountingCodec();
    private final AttributeMap map = new AttributeMap(
            "0123456789abcdef",
            new StoredForm(codec, new AttributeSeal("shop", AttributeSettings.DEFAULTS), AttributeGate.OPEN),
            new SessionEvents() {},
            () -> CURRENT.get() == null ? unattributed : CURRENT.get(),
            () -> false);
    private final Uses uses = new Uses(map, unattributed);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void writeThatIsTakenBack_isNotBroughtBackByARequestThatIsRefusedAtTheSameTime() {
        Use one = uses.begin();
        as(one, attributes -> attributes.put("color", "red"));
        List<Boolean> found = new ArrayList<>();
        Set<Use> others = new HookedSet(Set.of(), () -> found.add(one.writes().isEmpty()));

        map.rollBack(one, Map.copyOf(one.writes()), others);

        assertThat(found).containsExactly(true);
        assertThat(map).isEmpty();
    }

    @Test
    void putOfAThread_whileAnotherRequestIsRefused_isKept() {
        Use refused = uses.begin();
        map.put("before", "1");
        map.put("again", "1");

        uses.drop(refused, false, () -> {
            map.put("again", "2");
            map.put("note", "of a thread");
        });

        assertThat(unattributed.writes()).containsOnlyKeys("again", "note");
        assertThat(map).containsOnlyKeys("again", "note");
    }

    @Test
    void objectThatAThreadIsHanded_whileAnotherRequestIsRefused_isWatched() {
        AttributeRefresh.refresh(
                map, Map.of("cart", new StoredAttribute(codec.encode(new ArrayList<>(List.of("book"))), 1)));

        List<Object> handedOut = new ArrayList<>();

        uses.drop(uses.begin(), false, () -> handedOut.add(map.get("cart")));

        assertThat(unattributed.handedOut()).contains(map.liveWith("cart", handedOut.get(0)));
    }

    @Test
    void newObject_thatIsHandedOutWhileItIsTakenBack_failsWhoWasHandedIt() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Use refused = uses.begin();
            Use beside = uses.begin();
            as(refused, attributes -> attributes.put("cart", new ArrayList<>()));
            boolean[] handed = new boolean[1];

            atOnce(
                    () -> uses.drop(refused, false, () -> {}),
                    () -> as(beside, attributes -> handed[0] = attributes.get("cart") != null));

            assertThat(!handed[0] || beside.isIncomplete()).isTrue();
            uses.end(beside);
            uses.end(refused);
        }
    }

    @Test
    @SuppressWarnings("unchecked") // what the test has put there
    void changeOfANewObject_thatIsTakenBackWhileItIsCaptured_isCaptured_orFailsWhoHasMadeIt() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Use refused = uses.begin();
            Use beside = uses.begin();
            as(refused, attributes -> attributes.put("cart", new ArrayList<>()));
            as(beside, attributes -> ((List<Object>) attributes.get("cart")).add("cup"));
            boolean[] safe = new boolean[1];

            atOnce(
                    () -> uses.drop(refused, false, () -> {}),
                    () -> safe[0] = uses.capture(beside).changes().containsKey("cart") || beside.isIncomplete());

            assertThat(safe).containsExactly(true);
            uses.end(beside);
            uses.end(refused);
        }
    }

    @Test
    void putForARequestThatEnds_isTakenBack_orThatOfThreads() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Use ending = uses.begin();

            atOnce(() -> uses.end(ending), () -> as(ending, attributes -> attributes.put("note", "late")));

            assertThat(map.containsKey("note")).isEqualTo(unattributed.writes().containsKey("note"));
            map.remove("note");
            unattributed.writes().clear();
            map.slots().all().keySet().forEach(name -> map.slots().change(name, slot -> null));
        }
    }

    @Test
    void putThatIsCommitted_whileAnotherOneOverItIsTakenBack_isTheValue_andFollowedAfterARefresh() {
        Use writer = uses.begin();
        Use refused = uses.begin();
        List<String> cart = new ArrayList<>();
        as(writer, attributes -> attributes.put("cart", cart));
        as(refused, attributes -> attributes.put("cart", "nothing"));
        Set<Use> running = new HookedSet(Set.of(writer, refused), () -> uses.end(refused));
        AttributeChanges changes = AttributeChanges.capture(map, List.of(writer), unattributed, running);

        changes.applied(1);
        AttributeRefresh.refresh(
                map, Map.of("cart", new StoredAttribute(codec.encode(new ArrayList<>(List.of("theirs"))), 2)));
        cart.add("ours");

        assertThat(AttributeChanges.capture(map, List.of(writer), unattributed, running)
                        .changes())
                .containsOnlyKeys("cart");
    }

    private void as(Use use, Consumer<AttributeMap> work) {
        CURRENT.set(use);
        try {
            work.accept(map);
        } finally {
            CURRENT.remove();
        }
    }

    private void atOnce(Runnable one, Runnable other) throws Exception {
        AtomicInteger ready = new AtomicInteger();
        List<Future<?>> both = Stream.of(one, other)
                .<Future<?>>map(work -> threads.submit(() -> {
                    ready.incrementAndGet();
                    while (ready.get() < 2) {
                        Thread.onSpinWait();
                    }
                    work.run();
                    return null;
                }))
                .toList();
        for (Future<?> each : both) {
            each.get();
        }
    }

    /** Something happens, once, when somebody has gone through it, or begins to. */
    private static final class HookedSet extends AbstractSet<Use> {
        private final Set<Use> uses;
        private final Set<Runnable> after = new HashSet<>();

        HookedSet(Set<Use> uses, Runnable after) {
            this.uses = uses;
            this.after.add(after);
        }

        @Override
        public void forEach(Consumer<? super Use> action) {
            uses.forEach(action);
            runOnce();
        }

        @Override
        public Stream<Use> stream() {
            runOnce();
            return uses.stream();
        }

        @Override
        public Iterator<Use> iterator() {
            return uses.iterator();
        }

        private void runOnce() {
            after.forEach(Runnable::run);
            after.clear();
        }

        @Override
        public int size() {
            return uses.size();
        }
    }
}
