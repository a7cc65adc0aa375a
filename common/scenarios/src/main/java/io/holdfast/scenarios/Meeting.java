package io.holdfast.scenarios;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A point that a number of requests reach before any of them goes on. */
public final class Meeting {
    private final CyclicBarrier barrier;

    public Meeting(int parties) {
        barrier = new CyclicBarrier(parties);
    }

    public void await() {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("not everybody came", e);
        }
    }
}
