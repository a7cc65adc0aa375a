package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sweep writes to one bucket of the index about entries that it has looked at: one script, which writes each entry only if
 * that has not been written since the sweep has read it. So what somebody enters whose change came too late for the sweep's look
 * stays as it is. The bucket gets the time to live that it needs in the same script, since this node may not come to another sweep.
 */
final class IndexNotes {
    /** Of three arguments each, behind the first: member, score it had, score it gets; no score: it is removed. */
    private static final byte[] SCRIPT = ("for i=2,#ARGV,3 do local s=redis.call('ZSCORE',KEYS[1],ARGV[i]) "
                    + "if s and tonumber(s)==tonumber(ARGV[i+1]) then "
                    + "if ARGV[i+2]=='' then redis.call('ZREM',KEYS[1],ARGV[i]) "
                    + "else redis.call('ZADD',KEYS[1],ARGV[i+2],ARGV[i]) end end end "
                    + ExpiryIndex.KEEP_AT_LEAST)
            .getBytes(US_ASCII);

    private static final byte[] ONE_KEY = {'1'};
    private static final byte[] NO_SCORE = {};

    private final ExpiryIndex index;
    private final byte[] bucket;
    private final List<byte[]> arguments = new ArrayList<>();
    private long latest;

    /** {@code bucket}: the key of that bucket. */
    IndexNotes(ExpiryIndex index, byte[] bucket) {
        this.index = index;
        this.bucket = bucket;
    }

    /** An entry is to be looked at again at that time, in milliseconds since the epoch by Redis's clock. */
    void putOff(ExpiryIndex.Seen seen, long millis) {
        add(seen, ExpiryIndex.number(millis));
        latest = Math.max(latest, millis);
    }

    /** An entry is not needed any more. */
    void remove(ExpiryIndex.Seen seen) {
        add(seen, NO_SCORE);
    }

    boolean isEmpty() {
        return arguments.isEmpty();
    }

    /** The command to send. If it is sent twice, the second has no effect. */
    RedisCall call() {
        List<byte[]> all = new ArrayList<>(List.of(SCRIPT, ONE_KEY, bucket, index.toLiveBehind(latest)));
        all.addAll(arguments);
        return RedisCall.of(RedisVerb.EVAL, all);
    }

    private void add(ExpiryIndex.Seen seen, byte[] score) {
        arguments.add(seen.member());
        arguments.add(seen.score());
        arguments.add(score);
    }
}
