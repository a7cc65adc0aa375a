package io.holdfast.live;

import io.holdfast.config.HoldfastSettings;

/**
 * Decides when an access is worth telling the store: once per touch interval, whoever told it last. A touch more often would
 * only make concurrent commits start over.
 */
final class TouchThrottle {
    private final HoldfastSettings settings;
    private volatile long lastTouchMillis = System.currentTimeMillis();

    TouchThrottle(HoldfastSettings settings) {
        this.settings = settings;
    }

    boolean isDue(int maxInactiveSeconds) {
        long sinceTouch = System.currentTimeMillis() - lastTouchMillis;
        return sinceTouch < 0
                || sinceTouch >= settings.touchIntervalFor(maxInactiveSeconds).toMillis();
    }

    /** Whether, for all this node knows, nobody has touched the session for its time-out, so it may have ended. */
    boolean mayHaveEnded(int maxInactiveSeconds) {
        return maxInactiveSeconds > 0 && System.currentTimeMillis() - lastTouchMillis >= maxInactiveSeconds * 1_000L;
    }

    /** The store was told of an access {@code idleMillis} ago, by this node or another. */
    void touched(long idleMillis) {
        lastTouchMillis = System.currentTimeMillis() - idleMillis;
    }

    long lastAccessedMillis() {
        return lastTouchMillis;
    }
}
