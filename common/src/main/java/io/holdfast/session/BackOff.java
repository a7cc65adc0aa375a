package io.holdfast.session;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a commit that another node overtook waits before it starts over: up to 1 ms at first, doubling to at most 50 ms;
 * jittered, so that two nodes that collided do not collide again.
 */
public final class BackOff {
    private static final long FIRST_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(50).toNanos();
    private static final int MAX_DOUBLINGS = 6;

    private BackOff() {}

    /**
     * The pause behind an attempt that was overtaken.
     *
     * @param attempt counts from 1
     */
    public static Duration after(int attempt) {
        long longest = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(attempt - 1, MAX_DOUBLINGS));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
    }
}
