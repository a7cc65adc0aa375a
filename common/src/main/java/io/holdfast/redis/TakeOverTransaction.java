package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.CommitId;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.SessionSnapshot;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leases the end of a session to this node that another one has ended, but whose listeners it has not told in time: it died,
 * has given its lease back, or somebody else has taken the name of the record. Of all nodes that try, one gets it. It stays due in
 * the index until then.
 */
final class TakeOverTransaction implements Transaction<EndResult> {
    private final ExpiryIndex.Entry entry;
    private final byte[] endedKey;
    private final CommitId name;
    private final byte[] lease;
    private final TimeToLive timeToLive;
    private final RecordReader reader;
    private @Nullable EndResult written;
    private boolean inDoubt;

    /** {@code name}: of this attempt, and of the lease that it gets. */
    TakeOverTransaction(ExpiryIndex.Entry entry, CommitId name, RedisKeys keys, TimeToLive timeToLive) {
        this.entry = entry;
        this.timeToLive = timeToLive;
        this.name = name;
        lease = RedisKeys.creation(name).getBytes(US_ASCII);
        endedKey = keys.ended(entry.record(), entry.createdBy());
        reader = new RecordReader(timeToLive);
    }

    @Override
    public String record() {
        return entry.record();
    }

    /** The ended session's key: nobody but who tells its listeners changes that. */
    @Override
    public List<byte[]> watched() {
        return List.of(endedKey);
    }

    @Override
    public List<RedisCall> look() {
        return List.of(
                RedisCall.of(RedisVerb.HGETALL, endedKey),
                RedisCall.of(RedisVerb.PTTL, endedKey),
                RedisCall.of(RedisVerb.HGET, endedKey, RedisKeys.lease()));
    }

    /** {@inheritDoc} It reads the whole session, of whatever size. */
    @Override
    public boolean isSmall() {
        return false;
    }

    @Override
    public Decision<EndResult> decide(List<RedisCall> answers) {
        long pttl = answers.get(1).number();
        if (inDoubt
                && written != null
                && Arrays.equals(lease, (byte[]) answers.get(2).answer())) {
            return new Decision.Answer<>(written);
        }
        // With what is left of the grace, the session counts as having ended just now: when that was is not stored.
        SessionSnapshot snapshot = reader.read(entry.record(), answers.get(0).list(), timeToLive.graceMillis());
        if (snapshot == null || timeToLive.isLeased(pttl)) {
            return new Decision.Answer<>(new EndResult.Absent());
        }
        EndResult result = new EndResult.Leased(new EndLease(entry.record(), snapshot, name));
        written = result;
        return new Decision.Write<>(
                List.of(
                        RedisCall.of(RedisVerb.HSET, endedKey, RedisKeys.lease(), lease),
                        RedisCall.expire(endedKey, timeToLive.millisOfLease())),
                result);
    }

    @Override
    public void outcomeUnknown() {
        inDoubt = true;
    }
}
