package io.holdfast.live;

import io.holdfast.config.HoldfastSettings;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides when an access is worth telling the store: once per touch interval, whoever told it last. A touch more often would
 * only make concurrent commits start over. Goes by the JVM's stop watch, so that a clock that is set while a request runs keeps
 * no session from ending, and ends none.
 */
final class TouchThrottle {
    private final HoldfastSettings settings;
    private final LongSupplier nanoTime;
    private volatile long lastTouchNanos;

    TouchThrottle(HoldfastSettings settings) {
        this(settings, System::nanoTime);
    }

    /** {@code nanoTime}: the stop watch, in nanoseconds from any origin. */
    TouchThrottle(HoldfastSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        lastTouchNanos = nanoTime.getAsLong();
    }

    boolean isDue(int maxInactiveSeconds) {
        return sinceTouchMillis()
                >= settings.touchIntervalFor(maxInactiveSeconds).toMillis();
    }

    /** Whether, for all this node knows, nobody has touched the session for its time-out, so it may have ended. */
    boolean mayHaveEnded(int maxInactiveSeconds) {
        return maxInactiveSeconds > 0 && sinceTouchMillis() >= maxInactiveSeconds * 1_000L;
    }

    /** The store was told of an access {@code idleMillis} ago, by this node or another. */
    void touched(long idleMillis) {
        lastTouchNanos = nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(idleMillis);
    }

    /** By this node's clock, in milliseconds since the epoch. */
    long lastAccessedMillis() {
        return System.currentTimeMillis() - sinceTouchMillis();
    }

    private long sinceTouchMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - lastTouchNanos);
    }
}
