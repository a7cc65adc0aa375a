package io.holdfast.localredis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that happens once and that a test waits for, but not for ever. */
final class Moment {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch latch = new CountDownLatch(1);
    private final String description;

    Moment(String description) {
        this.description = description;
    }

    void happens() {
        latch.countDown();
    }

    /** Waits without a limit; only for threads of the proxy, which are interrupted when their connection ends. */
    void await() throws InterruptedException {
        latch.await();
    }

    void awaitOrFail() {
        try {
            if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(description + " did not happen within " + PATIENCE.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted before this happened: " + description, e);
        }
    }
}
