package io.holdfast.scenarios;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A point in a request where it stays until the test lets it go on. */
public final class Hold {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean givenUp;

    /** Called by the request. */
    public void here() {
        reached.countDown();
        if (!await(released)) {
            givenUp = true; // what was to happen meanwhile may have waited for that
            throw new AssertionError("the test did not let the request go on");
        }
    }

    /** Called by the test: waits until the request is there. */
    public void awaitReached() {
        if (!await(reached)) {
            throw new AssertionError("no request came here");
        }
    }

    /** Called by the test: lets the request go on. Fails if the request has not had the patience to stay until now. */
    public void release() {
        released.countDown();
        if (givenUp) {
            throw new AssertionError("the request went on by itself");
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
