package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections that another thread changes while Java serialization writes them: stored as they were once, or reported. */
@SuppressWarnings("JdkObsolete") // applications use them
class ChangedWhileEncodedTest {
    private static final int COUNT = 4;
    private static final AtomicReference<Runnable> IN_BETWEEN = new AtomicReference<>(() -> {});

    /** Lets somebody get in between while it is written. */
    static final class Element implements Serializable, Comparable<Element> {
        private static final long serialVersionUID = 1;
        private final int number;

        Element(int number) {
            this.number = number;
        }

        private void writeObject(ObjectOutputStream output) throws IOException {
            output.defaultWriteObject();
            IN_BETWEEN.getAndSet(() -> {}).run();
        }

        @Override
        public int compareTo(Element other) {
            return Integer.compare(number, other.number);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Element element && number == element.number;
        }

        @Override
        public int hashCode() {
            return number;
        }

        @Override
        public String toString() {
            return "element " + number;
        }
    }

    /** A cache as applications write them. */
    private static final class Cache extends LinkedHashMap<Integer, Element> {
        private static final long serialVersionUID = 1;

        Cache() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Element> eldest) {
            return size() > COUNT;
        }
    }

    static Stream<Arguments> maps() {
        return Stream.<Supplier<Map<Integer, Element>>>of(
                        HashMap::new,
                        LinkedHashMap::new,
                        () -> new LinkedHashMap<>(16, 0.75f, true),
                        Cache::new,
                        TreeMap::new,
                        Hashtable::new,
                        IdentityHashMap::new)
                .flatMap(maker -> Stream.of(
                        change(maker, "put", map -> map.put(COUNT, new Element(COUNT))),
                        change(maker, "remove the first", map -> map.remove(0)),
                        change(maker, "remove the last", map -> map.remove(COUNT - 1)),
                        change(maker, "get the first", map -> map.get(0)),
                        change(maker, "get the second", map -> map.get(1)),
                        change(maker, "clear", Map::clear)));
    }

    private static Arguments change(
            Supplier<Map<Integer, Element>> maker, String name, Consumer<Map<Integer, Element>> change) {
        return Arguments.of(maker.get().getClass().getSimpleName() + ", " + name, maker, change);
    }

    static Stream<Arguments> collections() {
        return Stream.<Supplier<Collection<Element>>>of(
                        ArrayList::new,
                        LinkedList::new,
                        Vector::new,
                        HashSet::new,
                        LinkedHashSet::new,
                        TreeSet::new,
                        ArrayDeque::new,
                        PriorityQueue::new)
                .flatMap(maker -> Stream.of(
                        changeOf(maker, "add", elements -> elements.add(new Element(COUNT))),
                        changeOf(maker, "remove the first", elements -> elements.remove(new Element(0))),
                        changeOf(maker, "remove the last", elements -> elements.remove(new Element(COUNT - 1))),
                        changeOf(maker, "clear", Collection::clear)));
    }

    private static Arguments changeOf(
            Supplier<Collection<Element>> maker, String name, Consumer<Collection<Element>> change) {
        return Arguments.of(maker.get().getClass().getSimpleName() + ", " + name, maker, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void map_isStoredAsItWasOnce_orReported(
            String name, Supplier<Map<Integer, Element>> maker, Consumer<Map<Integer, Element>> change)
            throws Exception {
        Map<Integer, Element> map = maker.get();
        for (int i = 0; i < COUNT; i++) {
            map.put(i, new Element(i));
        }
        requireWhole(map, () -> change.accept(map));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collections")
    void collection_isStoredAsItWasOnce_orReported(
            String name, Supplier<Collection<Element>> maker, Consumer<Collection<Element>> change) throws Exception {
        Collection<Element> elements = maker.get();
        for (int i = 0; i < COUNT; i++) {
            elements.add(new Element(i));
        }
        requireWhole(elements, () -> change.accept(elements));
    }

    private static void requireWhole(Object value, Runnable change) {
        List<Object> states = new ArrayList<>();
        states.add(contentOf(value));
        IN_BETWEEN.set(() -> {
            inAnotherThread(change);
            states.add(contentOf(value));
        });
        try {
            assertThat(contentOf(Codecs.decode(Codecs.encode(value)))).isIn(states);
        } catch (ConcurrentModificationException e) {
            assertThat(states).hasSize(2);
        }
        assertThat(contentOf(Codecs.decode(Codecs.encode(value))))
                .as("at the next try")
                .isEqualTo(contentOf(value));
    }

    private static Object contentOf(Object value) {
        if (value instanceof IdentityHashMap<?, ?> map) {
            return new HashMap<>(map).toString();
        }
        return value.toString();
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
