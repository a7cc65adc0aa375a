package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps in order of access, which other threads use while the codec asks for that order and writes them. */
@SuppressWarnings("NonApiType") // other maps have no order of access
class AccessOrderTest {
    private static final int ENTRIES = 8;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final AtomicReference<Runnable> IN_BETWEEN = new AtomicReference<>(() -> {});
    private static final AtomicInteger REPLACED = new AtomicInteger();

    /** Lets somebody get in between when Java serialization comes across it. */
    private static final class Value implements Serializable {
        private static final long serialVersionUID = 1;

        private Object writeReplace() {
            REPLACED.incrementAndGet();
            IN_BETWEEN.get().run();
            return this;
        }
    }

    static Stream<Arguments> changes() {
        AtomicInteger turn = new AtomicInteger();
        return Stream.of(
                change("get the first", map -> map.get(map.keySet().iterator().next())),
                change("get the next", map -> map.get(turn.incrementAndGet() % ENTRIES)),
                change("put", map -> map.put(turn.incrementAndGet() + ENTRIES, new Value())),
                change("remove the next", map -> map.remove(turn.incrementAndGet() % ENTRIES)),
                change("clear", Map::clear));
    }

    private static Arguments change(String name, Consumer<LinkedHashMap<Integer, Object>> change) {
        return Arguments.of(name, change);
    }

    /** Each time an entry has been passed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void order_isToldOrNot_butNeverWrong_whileAnotherThreadChangesTheMap(
            String name, Consumer<LinkedHashMap<Integer, Object>> change) throws Exception {
        for (boolean byAccess : new boolean[] {true, false}) {
            LinkedHashMap<Integer, Object> map = new LinkedHashMap<>(16, 0.75f, byAccess);
            for (int i = 0; i < ENTRIES; i++) {
                map.put(i, new Value());
            }
            AtomicInteger changed = new AtomicInteger();
            IN_BETWEEN.set(() -> inAnotherThread(() -> {
                if (changed.incrementAndGet() < 100 * ENTRIES && !map.isEmpty()) {
                    change.accept(map);
                }
            }));
            try {
                assertThat(AccessOrdered.lastByteOf(map)).isEqualTo(byAccess ? 1 : 0);
            } catch (ConcurrentModificationException e) {
                // not told
            } finally {
                IN_BETWEEN.set(() -> {});
            }
            assertThat(changed).hasPositiveValue();
        }
    }

    @Test
    void moreEntriesThanTheMapCounts_endTheQuestion() {
        LinkedHashMap<Integer, Object> map = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public int size() {
                return 1;
            }
        };
        for (int i = 0; i < 1_000; i++) {
            map.put(i, i);
        }
        assertThatThrownBy(() -> AccessOrdered.lastByteOf(map)).isInstanceOf(ConcurrentModificationException.class);
    }

    static Stream<Arguments> holders() {
        return Stream.of(
                holder("itself", map -> map),
                holder("in a list", map -> new ArrayList<>(List.of(map))),
                holder("its keys", map -> ((Map<?, ?>) map).keySet()),
                holder(
                        "its entries, by Java serialization",
                        map -> new ArrayList<>(List.of(
                                ((Map<?, ?>) map).entrySet(), Collections.unmodifiableList(new ArrayList<>())))),
                holder("by Java serialization", map -> Collections.unmodifiableMap((Map<?, ?>) map)));
    }

    private static Arguments holder(String name, UnaryOperator<Object> holder) {
        return Arguments.of(name, holder);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("holders")
    void mapThatThreadsHaveLeftInACircle_isReportedAndNotFollowedForEver(String name, UnaryOperator<Object> holder)
            throws Exception {
        Object value = holder.apply(circle());
        Assertions.assertTimeoutPreemptively(
                LONG,
                () -> assertThatThrownBy(() -> Codecs.encode(value))
                        .isInstanceOf(ConcurrentModificationException.class));
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                holder("Kryo", map -> map),
                holder("Java serialization", map -> Collections.unmodifiableMap((Map<?, ?>) map)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void mapThatAnotherThreadUsesAllTheTime_isStoredWholeOrReported(String name, UnaryOperator<Object> holder)
            throws Exception {
        LinkedHashMap<Integer, Integer> map = filled();
        Map<Integer, Integer> content = Map.copyOf(map);
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        Thread user = new Thread(() -> {
            for (int i = 0; !enough.get(); i++) {
                map.get(i * 5 % ENTRIES);
                started.countDown();
            }
        });
        user.start();
        started.await();
        try {
            for (int i = 0; i < 2_000; i++) {
                try {
                    assertThat(Codecs.decode(Codecs.encode(holder.apply(map)))).isEqualTo(content);
                } catch (ConcurrentModificationException e) {
                    // reported
                }
            }
        } finally {
            enough.set(true);
            user.join();
        }
        assertThat(Codecs.decode(Codecs.encode(holder.apply(map)))).isEqualTo(content);
    }

    @Test
    void question_runsNoCodeOfTheApplication() {
        for (boolean byAccess : new boolean[] {true, false}) {
            Map<Object, Object> map = new LinkedHashMap<>(16, 0.75f, byAccess);
            map.put("key", new Value());
            map.put(new Value(), "value");
            REPLACED.set(0);
            assertThat(Codecs.usesKryo(map)).isFalse();
            assertThat(REPLACED).as("once for each value").hasValue(2);
        }
    }

    /** Two threads that only get, without a lock, do this within milliseconds. */
    private static LinkedHashMap<Integer, Integer> circle() throws Exception {
        while (true) {
            LinkedHashMap<Integer, Integer> map = filled();
            CyclicBarrier start = new CyclicBarrier(2);
            Thread[] threads = new Thread[2];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = new Thread(() -> use(map, start));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (isCircle(map)) {
                return map;
            }
        }
    }

    private static void use(LinkedHashMap<Integer, Integer> map, CyclicBarrier start) {
        try {
            start.await();
            for (int i = 0; i < 2_000; i++) {
                map.get(ThreadLocalRandom.current().nextInt(ENTRIES));
            }
        } catch (Exception e) {
            // broken in another way
        }
    }

    private static boolean isCircle(LinkedHashMap<Integer, Integer> map) {
        Iterator<Integer> keys = map.keySet().iterator();
        int passed = 0;
        while (keys.hasNext() && passed <= ENTRIES) {
            keys.next();
            passed++;
        }
        return passed > ENTRIES;
    }

    private static LinkedHashMap<Integer, Integer> filled() {
        LinkedHashMap<Integer, Integer> map = new LinkedHashMap<>(16, 0.75f, true);
        for (int i = 0; i < ENTRIES; i++) {
            map.put(i, i);
        }
        return map;
    }

    private static void inAnotherThread(Runnable change) {
        Thread thread = new Thread(change, "in between");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
