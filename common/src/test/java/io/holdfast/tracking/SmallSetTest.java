package io.holdfast.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmallSetTest {
    private final Set<Object> set = new SmallSet<>();

    @Test
    void add_addsOnce() {
        assertThat(set.add("a")).isTrue();
        assertThat(set.add("b")).isTrue();
        assertThat(set.add("a")).isFalse();
        assertThat(set).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void remove_removesOnce() {
        set.addAll(List.of("a", "b", "c"));

        assertThat(set.remove("b")).isTrue();
        assertThat(set.remove("b")).isFalse();
        assertThat(set).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void iterator_showsTheSetAsItWas() {
        set.add("a");
        Iterator<Object> iterator = set.iterator();
        set.add("b");
        set.remove("a");

        assertThat(iterator).toIterable().containsExactly("a");
        assertThat(set).containsExactly("b");
    }

    @Test
    void changesOfManyThreads_allCount() throws Exception {
        int threads = 4;
        CyclicBarrier begin = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> all = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        begin.await();
                        for (int i = 0; i < 2_000; i++) {
                            set.add(thread + "-" + i);
                            if (i >= 3) {
                                set.remove(thread + "-" + (i - 3));
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(set).hasSize(3 * threads);
    }
}
