package io.holdfast.localredis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;

/** Open or shut. Who wants to write to a socket goes through it, and holds it open for as long as the write takes. */
final class Gate {
    @GuardedBy("this")
    private boolean shut;

    @GuardedBy("this")
    private int passing;

    /** Waits until the gate is open, without a limit: for threads of the proxy only. Each call needs a {@link #leave}. */
    synchronized void enter() throws InterruptedException {
        while (shut) {
            wait();
        }
        passing++;
    }

    synchronized void leave() {
        passing--;
        notifyAll();
    }

    /** Shuts the gate and waits until nobody is in it, so that on return nothing moves any more. */
    synchronized void shut() {
        shut = true;
        long deadline = System.nanoTime() + Moment.PATIENCE.toNanos();
        try {
            while (passing > 0) {
                long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (millis <= 0) {
                    throw new AssertionError("a write to a client or to Redis hung for " + Moment.PATIENCE.toSeconds()
                            + " s, so the proxy cannot freeze");
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while freezing", e);
        }
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }
}
