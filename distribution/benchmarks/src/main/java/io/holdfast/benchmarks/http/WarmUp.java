package io.holdfast.benchmarks.http;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Has new nodes serve until their JIT compilers have little left to do. Requests that keep all processors busy leave little time to the compilers:
 * then it takes minutes. So between requests it waits for these.
 */
final class WarmUp {
    /** From here on compilers are still busy: the part of the time in which one of each JVM works. */
    private static final double BUSY = 0.1;

    private static final int KIND_SECONDS = 3;
    private static final long LOOK_MILLIS = 500;

    /** A compilation counts when it is done, and may take that long. */
    private static final int QUIET_LOOKS = 2;

    private final Cluster cluster;
    private final Wrk wrk;
    private final List<RequestKind> kinds;
    private final long deadlineNanos;

    private WarmUp(Cluster cluster, Wrk wrk, List<RequestKind> kinds, int atMostSeconds) {
        this.cluster = cluster;
        this.wrk = wrk;
        this.kinds = kinds;
        deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(atMostSeconds);
    }

    /** Asks for mixed requests and for each of these kinds in turn, again and again. */
    static void withAll(Cluster cluster, Wrk wrk, List<RequestKind> kinds, int atMostSeconds) {
        List<RequestKind> all = Stream.concat(Stream.of(RequestKind.MIXED), kinds.stream())
                .distinct()
                .toList();
        new WarmUp(cluster, wrk, all, atMostSeconds).run();
    }

    /**
     * Asks for one kind, which is to be measured next. Of those that take long, others have left too few requests for the compilers to
     * bother.
     */
    static void with(Cluster cluster, Wrk wrk, RequestKind kind, int atMostSeconds) {
        new WarmUp(cluster, wrk, List.of(kind), atMostSeconds).run();
    }

    private void run() {
        boolean busy = true;
        while (busy && hasTime()) {
            busy = turn() >= BUSY;
        }
    }

    /** Everything once, or what there is time for. Returns in which part of the time the compilers worked. */
    private double turn() {
        long started = System.nanoTime();
        JvmTotals before = cluster.jvms();
        for (RequestKind kind : kinds) {
            if (hasTime()) {
                cluster.warmUp(wrk, kind, KIND_SECONDS);
                awaitCompilers();
            }
        }
        long elapsedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        return compilingMillis(before) / (double) (elapsedMillis * Cluster.NODES);
    }

    private void awaitCompilers() {
        int quiet = 0;
        while (quiet < QUIET_LOOKS && hasTime()) {
            JvmTotals before = cluster.jvms();
            pause();
            quiet = compilingMillis(before) < BUSY * LOOK_MILLIS ? quiet + 1 : 0;
        }
    }

    private long compilingMillis(JvmTotals since) {
        return cluster.jvms().since(since).compilingMillis();
    }

    private boolean hasTime() {
        return System.nanoTime() - deadlineNanos < 0;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
