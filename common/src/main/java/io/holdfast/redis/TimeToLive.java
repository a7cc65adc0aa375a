package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import java.time.Duration;

/**
 * How long Redis keeps a record, and what the rest of that time tells about the session.
 *
 * <p>A record's time to live is {@code time-out + touch interval + expiry grace}, set anew by every commit and touch. So the
 * last access is not stored: it is the full time minus what is left. A record with no more than the grace left has
 * <em>ended</em>: loads do not see it any more, it only waits for a node that tells the listeners. The touch interval is in
 * the sum because accesses are noted that much late; a session never ends early.
 */
final class TimeToLive {
    /** For sessions that never end: long enough, and yet no key stays for ever once nobody knows it. */
    private static final Duration NEVER = Duration.ofDays(3_650);

    private static final long NO_TIME_TO_LIVE = -1;
    private static final long NO_KEY = -2;

    /** How long a node may take to tell the listeners, or to say that it is still at it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final HoldfastSettings settings;
    private final long graceMillis;

    TimeToLive(HoldfastSettings settings) {
        this.settings = settings;
        graceMillis = settings.expiryGrace().toMillis();
    }

    /** The full time to live after an access. */
    long millis(int maxInactiveSeconds) {
        Duration timeout = maxInactiveSeconds > 0 ? Duration.ofSeconds(maxInactiveSeconds) : NEVER;
        return timeout.plus(settings.touchIntervalFor(maxInactiveSeconds)).toMillis() + graceMillis;
    }

    /**
     * Whether a session is alive.
     *
     * @param pttl Redis's answer to {@code PTTL}: milliseconds left; -1: for ever, which only somebody else can have set;
     *     -2: no such key
     */
    boolean isAlive(long pttl) {
        return pttl > graceMillis || pttl == NO_TIME_TO_LIVE;
    }

    /** From an access to the earliest end of the session. */
    long untilEnd(int maxInactiveSeconds) {
        return millis(maxInactiveSeconds) - graceMillis;
    }

    /** From now to the earliest end of a session that is alive, or of a lease that is held, with this {@code PTTL}. */
    long untilEnd(long pttl) {
        return pttl - graceMillis;
    }

    /** How long an ended session waits for a node that tells the listeners. */
    long graceMillis() {
        return graceMillis;
    }

    /** How long a lease is held. */
    long leaseMillis() {
        return LEASE.toMillis();
    }

    /** The full time to live of an ended session whose end is leased. */
    long millisOfLease() {
        return LEASE.toMillis() + graceMillis;
    }

    /** Whether a lease is held, as {@code PTTL} of the ended session tells. */
    boolean isLeased(long pttl) {
        return pttl > graceMillis;
    }

    /** Whether there is a key at all, as {@code PTTL} tells. */
    static boolean exists(long pttl) {
        return pttl != NO_KEY;
    }

    /** Milliseconds since the last access that Redis knows of; at least 0. */
    long idleMillis(int maxInactiveSeconds, long pttl) {
        return pttl == NO_TIME_TO_LIVE ? 0 : Math.max(0, millis(maxInactiveSeconds) - pttl);
    }
}
