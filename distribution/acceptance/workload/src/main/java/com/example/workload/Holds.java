package com.example.workload;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests that wait, each at a place with a name, until another request lets them go on. */
final class Holds {
    private static final long LONGEST_SECONDS = 30;
    private static final Map<String, Place> PLACES = new ConcurrentHashMap<>();

    private static final class Place {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
    }

    private Holds() {}

    /** Waits for the release, which may have come already; not for ever, because whoever releases may have gone. */
    static void await(String name) {
        Place place = at(name);
        place.reached.countDown();
        awaitOrGiveUp(place.released);
        PLACES.remove(name, place);
    }

    /** Waits until a request is held there. */
    static void awaitReached(String name) {
        awaitOrGiveUp(at(name).reached);
    }

    static void release(String name) {
        at(name).released.countDown();
    }

    private static Place at(String name) {
        return PLACES.computeIfAbsent(name, key -> new Place());
    }

    private static void awaitOrGiveUp(CountDownLatch latch) {
        try {
            boolean unused = latch.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
