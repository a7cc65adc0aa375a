package io.holdfast.redis;

import io.holdfast.session.ReapResult;
import io.holdfast.session.SessionSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the record of a session that has ended, and keeps its last state for the listeners.
 *
 * <p>Of all nodes that try, one gets the state. If the connection is lost behind the EXEC and the record is gone afterwards,
 * this node cannot know whether it or another one deleted it. It then takes the session for its own: listeners that hear
 * twice of an end are better off than listeners that never hear of it.
 */
final class ReapTransaction implements Transaction<ReapResult> {
    private final String record;
    private final byte[] key;
    private final TimeToLive timeToLive;
    private final RecordReader reader;
    private @Nullable ReapResult inDoubt; // what the latest write would have answered
    private @Nullable ReapResult written;

    ReapTransaction(String record, RedisKeys keys, TimeToLive timeToLive, RecordReader reader) {
        this.record = record;
        this.timeToLive = timeToLive;
        this.reader = reader;
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
        return List.of(RedisCall.of(RedisVerb.HGETALL, key), RedisCall.of(RedisVerb.PTTL, key));
    }

    @Override
    public Decision<ReapResult> decide(List<RedisCall> answers) {
        List<@Nullable Object> fields = answers.get(0).list();
        long pttl = answers.get(1).number();
        if (fields.isEmpty()) {
            return new Decision.Answer<>(inDoubt == null ? new ReapResult.Absent() : inDoubt);
        }
        if (timeToLive.isAlive(pttl)) {
            return new Decision.Answer<>(new ReapResult.Alive());
        }
        SessionSnapshot snapshot = reader.read(record, fields, pttl);
        ReapResult result = snapshot == null ? new ReapResult.Absent() : new ReapResult.Reaped(snapshot);
        written = result;
        return new Decision.Write<>(List.of(RedisCall.of(RedisVerb.DEL, key)), result);
    }

    @Override
    public void outcomeUnknown() {
        inDoubt = written;
    }
}
