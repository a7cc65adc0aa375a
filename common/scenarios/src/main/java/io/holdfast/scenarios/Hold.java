package io.holdfast.scenarios;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A point in a request where it stays until the test lets it go on. */
public final class Hold {
    private static final int PATIENCE_SECONDS = 10;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** Called by the request. */
    public void here() {
        reached.countDown();
        await(released, "the test did not let the request go on");
    }

    /** Called by the test: waits until the request is there. */
    public void awaitReached() {
        await(reached, "no request came here");
    }

    /** Called by the test: lets the request go on. */
    public void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(otherwise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(otherwise, e);
        }
    }
}
