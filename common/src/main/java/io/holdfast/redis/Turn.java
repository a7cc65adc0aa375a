package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.BackOff;
import io.holdfast.session.CommitId;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to commit to a record that several nodes change all the time. A commit that others overtake again and again,
 * because it has to merge what they write, leaves its name in the record; commits of other nodes wait until it is through. They do
 * not wait for long, because its node may be gone. Whoever commits takes the name out.
 *
 * <p>One per transaction, and not safe for use by several threads.
 */
final class Turn {
    private static final Duration LONGEST_PATIENCE = Duration.ofMillis(100);

    /** Pauses do not grow beyond that of so many looks: whose turn it is needs two round trips for what the others wait for. */
    private static final int LOOKS_THAT_LENGTHEN = 3;

    /**
     * Only in a record that is there and whose session's time is not over, which it is with ARGV[4] milliseconds left, and from nobody but
     * ARGV[2]. Sets the time to live, since a touch that is overtaken by this is not repeated.
     */
    private static final byte[] TAKE = ("local r,p=redis.call('HMGET',KEYS[1],'v','t'),redis.call('PTTL',KEYS[1]) "
                    + "if r[1] and (r[2] or '')==ARGV[2] and (p<0 or p>tonumber(ARGV[4])) then "
                    + "redis.call('HSET',KEYS[1],'t',ARGV[1]) redis.call('PEXPIRE',KEYS[1],ARGV[3]) end")
            .getBytes(US_ASCII);

    private static final byte[] ONE_KEY = {'1'};
    private static final byte[] NOBODY = {};

    private final CommitId commit;
    private final long patienceNanos;
    private long firstLookNanos;
    private int looks;

    /** {@code commandTimeout}: a commit that waits must be through before its own time is over. */
    Turn(CommitId commit, Duration commandTimeout) {
        this.commit = commit;
        this.patienceNanos = Math.min(LONGEST_PATIENCE.toNanos(), commandTimeout.toNanos() / 2);
    }

    /**
     * Takes the turn, whatever others write meanwhile; whoever watches the record has to look again.
     *
     * @param found whose it was, which is over; null: nobody's. If it is somebody else's now, it stays theirs
     */
    RedisCall take(byte[] key, byte @Nullable [] found, long timeToLiveMillis, long graceMillis) {
        return RedisCall.of(
                RedisVerb.EVAL,
                TAKE,
                ONE_KEY,
                key,
                RedisKeys.creation(commit).getBytes(US_ASCII),
                found == null ? NOBODY : found,
                Long.toString(timeToLiveMillis).getBytes(US_ASCII),
                Long.toString(graceMillis).getBytes(US_ASCII));
    }

    /**
     * For how long to wait before the next look at the record; null: not at all.
     *
     * @param found what the record holds; null: it is nobody's turn
     */
    @Nullable
    Duration pause(byte @Nullable [] found) {
        if (found == null || isOfThisNode(found)) {
            return null;
        }
        long now = System.nanoTime();
        if (looks++ == 0) {
            firstLookNanos = now;
        }
        return now - firstLookNanos >= patienceNanos ? null : BackOff.after(Math.min(looks, LOOKS_THAT_LENGTHEN));
    }

    /** Commits of one node do not overtake each other. */
    boolean isOfThisNode(byte @Nullable [] found) {
        return found != null
                && new String(found, US_ASCII).startsWith(HexFormat.of().toHexDigits(commit.node()));
    }
}
