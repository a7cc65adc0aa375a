package com.example.workload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests that wait, each at a place with a name, until another request lets them go on. */
final class Holds {
    private static final long LONGEST_SECONDS = 30;
    private static final Map<String, CountDownLatch> PLACES = new ConcurrentHashMap<>();

    private Holds() {}

    /** Waits for the release, which may have come already; not for ever, because whoever releases may have gone. */
    static void await(String place) {
        try {
            boolean unused = at(place).await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            PLACES.remove(place);
        }
    }

    static void release(String place) {
        at(place).countDown();
    }

    private static CountDownLatch at(String place) {
        return PLACES.computeIfAbsent(place, name -> new CountDownLatch(1));
    }
}
