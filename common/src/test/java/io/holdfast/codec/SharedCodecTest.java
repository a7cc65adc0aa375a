package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.io.Output;
import io.holdfast.config.ClassPatterns;
import io.holdfast.session.EncodedValue;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One codec serves many threads, and objects that other threads are changing. */
class SharedCodecTest {
    private static final int THREADS = 8;

    private final AttributeCodec codec = Codecs.codec(getClass().getClassLoader());
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    record Item(int number, List<Object> held) implements Serializable {}

    /** Adds to the list it is in while it is written. */
    @SuppressWarnings("serial") // the list is serializable
    static final class Meddler implements Serializable {
        private static final long serialVersionUID = 1;
        private final transient List<Object> list;

        Meddler(List<Object> list) {
            this.list = list;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            list.add("more");
        }
    }

    private static Item item(int number) {
        List<Object> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            held.add(Map.of("item " + number, new ArrayList<>(List.of(i, "text " + number))));
        }
        return new Item(number, held);
    }

    @Test
    void manyThreads_getTheirOwnObjectsBack() throws Exception {
        CountDownLatch start = new CountDownLatch(THREADS);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = 1_000 * thread;
            results.add(threads.submit(() -> {
                start.countDown();
                start.await();
                for (int i = first; i < first + 300; i++) {
                    Object value = i % 3 == 0 ? Collections.unmodifiableList(item(i).held()) : item(i);
                    if (!codec.decode(codec.encode(value)).equals(value)) {
                        return false;
                    }
                }
                return true;
            }));
        }
        for (Future<Boolean> result : results) {
            assertThat(result.get()).isTrue();
        }
    }

    @Test
    void oneEncodedValue_canBeDecodedByManyThreadsAtOnce() throws Exception {
        Item item = item(1);
        EncodedValue encoded = codec.encode(item);
        List<Future<Object>> results = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            results.add(threads.submit(() -> codec.decode(encoded)));
        }
        for (Future<Object> result : results) {
            assertThat(result.get()).isEqualTo(item);
        }
    }

    @Test
    void changeDuringEncoding_isReportedAsSuch() {
        List<Object> list = new ArrayList<>();
        list.add(new Meddler(list));
        list.add("last");
        assertThatThrownBy(() -> codec.encode(list)).isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> codec.encode(new Item(1, list))).isInstanceOf(ConcurrentModificationException.class);
        assertThat(codec.decode(codec.encode("still working"))).isEqualTo("still working");
    }

    @Test
    void collectionThatGrowsWhileItIsRead_isReportedAsChanging() {
        List<Integer> elements = List.of(1, 2, 3);
        AbstractCollection<Integer> growing = new AbstractCollection<>() {
            @Override
            public Iterator<Integer> iterator() {
                return elements.iterator();
            }

            @Override
            public int size() {
                return 2;
            }
        };
        KryoLoading.withoutUnsafe();
        ApplicationLoader loader =
                new ApplicationLoader(getClass().getClassLoader(), new ClassFilter(ClassPatterns.NONE));
        SessionKryo kryo = new SessionKryo(
                new ApplicationClasses(loader, new ApplicationSerializers(loader.filter())), new SharedObjects());
        kryo.limitDepth(10);
        Output output = new Output(100);
        assertThatThrownBy(() -> Parts.writeElements(kryo, output, growing))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void concurrentMapThatChanges_isEncodedConsistentlyOrReportedAsChanging() throws Exception {
        Map<String, Integer> map = new ConcurrentHashMap<>();
        encodeWhileChanging(map, i -> {
            map.put("key" + i % 100, i);
            map.remove("key" + (i * 7) % 100);
        });
    }

    @Test
    void unsafeObjectsThatChange_areEncodedConsistentlyOrReportedAsChanging() throws Exception {
        Map<String, Integer> map = new HashMap<>();
        List<Integer> list = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        BitSet bits = new BitSet();
        encodeWhileChanging(new Item(1, List.of(map, list, text, bits)), i -> {
            map.put("key" + i % 50, i);
            map.remove("key" + (i * 7) % 50);
            list.add(i);
            text.append(i);
            bits.set(i % 1_000);
            if (i % 30 == 0) {
                list.clear();
                text.setLength(0);
                text.trimToSize();
                bits.clear();
            }
        });
    }

    private void encodeWhileChanging(Object value, IntConsumer change) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Future<?> changes = threads.submit(() -> {
            for (int i = 0; !stop.get(); i++) {
                change.accept(i);
            }
        });
        for (int i = 0; i < 2_000; i++) {
            try {
                assertThat(codec.decode(codec.encode(value))).isExactlyInstanceOf(value.getClass());
            } catch (ConcurrentModificationException expectedNowAndThen) {
                assertThat(changes).isNotDone();
            }
        }
        stop.set(true);
        changes.get();
    }
}
