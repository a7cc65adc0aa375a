package io.holdfast.corpus;

import static io.holdfast.corpus.CollectionSamples.filled;
import static io.holdfast.corpus.CollectionSamples.numbers;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** What java.util.concurrent has that is serializable. */
final class ConcurrentSamples {
    private ConcurrentSamples() {}

    static List<Sample> all() {
        SampleList samples = new SampleList("concurrent");
        addCollections(samples);
        addQueues(samples);
        addAtomics(samples);
        addLocks(samples);
        return samples.toList();
    }

    private static void addCollections(SampleList samples) {
        samples.add("ConcurrentHashMap", () -> MapSamples.filled(new ConcurrentHashMap<>()))
                .add("ConcurrentHashMap.newKeySet", () -> filled(ConcurrentHashMap.newKeySet()))
                .add("ConcurrentHashMap.newKeySet, 1,000", () -> numbers(ConcurrentHashMap.newKeySet(), 1_000))
                .add(
                        "ConcurrentHashMap.keySet with value",
                        () -> new ConcurrentHashMap<>(MapSamples.filled(new ConcurrentHashMap<>())).keySet("mapped"))
                .add("ConcurrentSkipListMap", () -> MapSamples.filled(new ConcurrentSkipListMap<>()))
                .add(
                        "ConcurrentSkipListMap, reverse",
                        () -> MapSamples.filled(new ConcurrentSkipListMap<>(Collections.reverseOrder())))
                .add("ConcurrentSkipListSet", () -> filled(new ConcurrentSkipListSet<>()))
                .add("ConcurrentSkipListSet, 1,000", () -> numbers(new ConcurrentSkipListSet<>(), 1_000))
                .add("CopyOnWriteArrayList", () -> filled(new CopyOnWriteArrayList<>()))
                .add("CopyOnWriteArraySet", () -> filled(new CopyOnWriteArraySet<>()));
    }

    private static void addQueues(SampleList samples) {
        samples.add("ConcurrentLinkedQueue", () -> filled(new ConcurrentLinkedQueue<>()))
                .add("ConcurrentLinkedDeque", () -> filled(new ConcurrentLinkedDeque<>()))
                .add("LinkedBlockingQueue", () -> filled(new LinkedBlockingQueue<>(10)))
                .add("LinkedBlockingDeque", () -> filled(new LinkedBlockingDeque<>()))
                .add("LinkedTransferQueue", () -> filled(new LinkedTransferQueue<>()))
                .add("ArrayBlockingQueue", () -> filled(new ArrayBlockingQueue<>(10, true)))
                .add("PriorityBlockingQueue", () -> filled(new PriorityBlockingQueue<>()))
                .add("PriorityBlockingQueue, 100", () -> numbers(new PriorityBlockingQueue<>(), 100));
    }

    private static void addAtomics(SampleList samples) {
        samples.add("AtomicBoolean", () -> new AtomicBoolean(true))
                .add("AtomicInteger", () -> new AtomicInteger(-3))
                .add("AtomicLong", () -> new AtomicLong(1L << 50))
                .add("AtomicIntegerArray", () -> new AtomicIntegerArray(new int[] {1, 2}))
                .add("AtomicLongArray", () -> new AtomicLongArray(new long[] {1, 2}))
                .add("AtomicReference", () -> new AtomicReference<>(new StringBuilder("x")))
                .add("AtomicReference to null", () -> new AtomicReference<>())
                .add("AtomicReference to itself", () -> {
                    AtomicReference<Object> reference = new AtomicReference<>();
                    reference.set(new ArrayList<>(List.of(reference)));
                    return reference;
                })
                .add("AtomicReferenceArray", () -> new AtomicReferenceArray<>(new Object[] {"a", null, new int[] {1}}))
                .add("LongAdder", () -> {
                    LongAdder adder = new LongAdder();
                    adder.add(42);
                    return adder;
                })
                .add("DoubleAdder", () -> {
                    DoubleAdder adder = new DoubleAdder();
                    adder.add(0.5);
                    return adder;
                })
                .add("LongAccumulator", () -> {
                    LongAccumulator accumulator = new LongAccumulator((LongBinaryOperator & Serializable) Math::max, 0);
                    accumulator.accumulate(7);
                    return accumulator;
                })
                .add("DoubleAccumulator", () -> {
                    DoubleAccumulator accumulator =
                            new DoubleAccumulator((DoubleBinaryOperator & Serializable) Math::min, 9);
                    accumulator.accumulate(7);
                    return accumulator;
                });
    }

    private static void addLocks(SampleList samples) {
        samples.add("ReentrantLock", ReentrantLock::new)
                .add("ReentrantLock, fair", () -> new ReentrantLock(true))
                .add("ReentrantReadWriteLock", ReentrantReadWriteLock::new)
                .add("ReentrantReadWriteLock, fair", () -> new ReentrantReadWriteLock(true))
                .add("StampedLock", StampedLock::new, lock -> "locked " + ((StampedLock) lock).isWriteLocked())
                .add("Semaphore", () -> new Semaphore(3, true));
    }
}
