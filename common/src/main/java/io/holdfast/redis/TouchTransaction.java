package io.holdfast.redis;

import io.holdfast.session.UnsupportedRecordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the record of a session that is alive its full time to live again. The result is whether it was alive.
 *
 * <p>The time-out is the record's own. What the node thinks may be outdated: a longer one would put the end off, and bring back a
 * session whose time is over. If anybody else changes the record in between, that is left as it is: a commit or another touch
 * has set the full time, and an ended session stays ended.
 */
final class TouchTransaction implements Transaction<Boolean> {
    private final String record;
    private final byte[] key;
    private final TimeToLive timeToLive;
    private long millis; // 0 until the session was seen alive

    TouchTransaction(String record, RedisKeys keys, TimeToLive timeToLive) {
        this.record = record;
        this.timeToLive = timeToLive;
        key = keys.key(record);
    }

    @Override
    public String record() {
        return record;
    }

    @Override
    public List<byte[]> watched() {
        return List.of(key);
    }

    @Override
    public List<RedisCall> look() {
        return List.of(
                RedisCall.of(RedisVerb.HMGET, key, RedisKeys.version(), RedisKeys.metadata()),
                RedisCall.of(RedisVerb.PTTL, key));
    }

    @Override
    public boolean isSmall() {
        return true;
    }

    @Override
    public Decision<Boolean> decide(List<RedisCall> answers) {
        RecordHead head = head(answers.get(0));
        if (head == null || !timeToLive.isAlive(answers.get(1).number())) {
            return new Decision.Answer<>(false);
        }
        millis = timeToLive.millis(head.metadata().maxInactiveSeconds());
        return new Decision.Write<>(List.of(RedisCall.expire(key, millis)), true);
    }

    @Override
    public boolean isSingleShot() {
        return true;
    }

    /**
     * What is left to try when Redis has refused the transaction, as it does when its memory is full, though it would take the
     * command alone; null: the session was not seen alive. To be asked when the transaction has ended.
     */
    @Nullable
    RedisCall withoutTransaction() {
        return millis == 0 ? null : RedisCall.expire(key, millis);
    }

    @Override
    public void outcomeUnknown() {
        throw new IllegalStateException("a single shot is not looked at again");
    }

    private @Nullable RecordHead head(RedisCall answer) {
        try {
            return RecordHead.of(record, answer.list());
        } catch (UnsupportedRecordException e) {
            return null; // whoever loads the record is told
        }
    }
}
