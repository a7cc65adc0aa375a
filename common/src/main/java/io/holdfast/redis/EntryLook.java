package io.holdfast.redis;

import io.holdfast.session.SessionMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind an entry of the index.
 *
 * @param head of the record of the entry's name, maybe another session's; null: there is none
 * @param pttl of that record
 * @param endedPttl of the ended session that the entry stands for
 */
record EntryLook(@Nullable RecordHead head, long pttl, long endedPttl) {
    /** Number of {@link #calls}. */
    static final int CALLS = 4;

    /**
     * A fence, and the questions behind it. The record's time to live comes before what the record is: so it is never that of
     * another session which has taken the name of this one in between.
     */
    static List<RedisCall> calls(ExpiryIndex.Entry entry, RedisKeys keys) {
        byte[] key = keys.key(entry.record());
        return List.of(
                ExpiryIndex.fence(keys.fence(entry.record())),
                RedisCall.of(RedisVerb.PTTL, key),
                RedisCall.of(RedisVerb.HMGET, key, RedisKeys.version(), RedisKeys.metadata()),
                RedisCall.of(RedisVerb.PTTL, keys.ended(entry.record(), entry.createdBy())));
    }

    /**
     * What the answered {@link #calls} tell.
     *
     * @throws io.holdfast.session.UnsupportedRecordException when there is a record that cannot be read
     */
    static EntryLook of(ExpiryIndex.Entry entry, List<RedisCall> answers) {
        return new EntryLook(
                RecordHead.of(entry.record(), answers.get(2).list()),
                answers.get(1).number(),
                answers.get(3).number());
    }

    /** The metadata of the record, if that is the session that the entry stands for; otherwise null. */
    @Nullable
    SessionMetadata metadataOf(ExpiryIndex.Entry entry) {
        return head != null && head.metadata().createdBy().equals(entry.createdBy()) ? head.metadata() : null;
    }

    boolean hasEnded() {
        return TimeToLive.exists(endedPttl);
    }
}
