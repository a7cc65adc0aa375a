package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is in Redis. Known from its latest answer to {@code TIME} and from what has passed since by the JVM's stop
 * watch, so a node whose clock is wrong, or is being set, works like any other.
 *
 * <p>The estimate is early by what the answer took to arrive, and by the time for which the machine slept: never late, apart
 * from the drift of the stop watch. So a session's end, which is looked for at its earliest time, is not missed.
 */
final class RedisClock {
    private static final long MILLIS = 1_000;

    private record Reading(long redisMillis, long nanoTime) {}

    private final LongSupplier nanoTime;
    private volatile @Nullable Reading latest;

    /** {@code nanoTime}: the stop watch, in nanoseconds from any origin. */
    RedisClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Takes over the answer to {@code TIME}, which has just arrived: seconds and, beyond them, microseconds. */
    void heard(List<@Nullable Object> answer) {
        long millis = number(answer.get(0)) * MILLIS + number(answer.get(1)) / MILLIS;
        latest = new Reading(millis, nanoTime.getAsLong());
    }

    /** Whether Redis has told the time yet. */
    boolean isKnown() {
        return latest != null;
    }

    /** Milliseconds since the epoch by Redis's clock; 0 while that is not known. */
    long millis() {
        Reading reading = latest;
        return reading == null
                ? 0
                : reading.redisMillis + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - reading.nanoTime);
    }

    private static long number(@Nullable Object text) {
        if (text instanceof byte[] digits) {
            return Long.parseLong(new String(digits, US_ASCII));
        }
        throw new IllegalStateException("Redis answered TIME with something that is not a time");
    }
}
