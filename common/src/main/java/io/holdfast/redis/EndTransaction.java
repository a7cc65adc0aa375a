package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.CommitId;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.SessionSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session: renames its record, so that loads and commits find it no more and the name is free, and leases the end to
 * this node. Before that, the session is made due in the index, so if this node dies, another one finds it; if a sweep meets it
 * alive in between, and puts it off, this starts over. It stays due until the next sweep, which puts it off to the end of the lease.
 *
 * <p>If the connection is lost behind the EXEC, the lease in the ended session tells whether it was this node's.
 */
final class EndTransaction implements Transaction<EndResult> {
    /** Why a session is ended. */
    enum Cause {
        /** A request says so: whatever time it has left. */
        REQUESTED,
        /** A request has found its time over. */
        NOTICED,
        /** The index says that its time is over, so it has an entry; if that is gone, another node has told the end. */
        INDEXED
    }

    private final ExpiryIndex.Entry entry;
    private final Cause cause;
    private final boolean seemsSmall;
    private final byte[] key;
    private final byte[] fence;
    private final byte[] endedKey;
    private final CommitId name;
    private final byte[] lease;
    private final TimeToLive timeToLive;
    private final RecordReader reader;
    private final ExpiryIndex index;
    private @Nullable EndResult written; // what the latest write would have answered
    private boolean inDoubt;

    /**
     * {@code seemsSmall}: whether the session is likely to take no noticeable time to read; {@code name}: of this attempt, and of the lease
     * that it gets.
     */
    EndTransaction(
            ExpiryIndex.Entry entry,
            Cause cause,
            boolean seemsSmall,
            CommitId name,
            RedisKeys keys,
            TimeToLive timeToLive,
            ExpiryIndex index) {
        this.entry = entry;
        this.cause = cause;
        this.seemsSmall = seemsSmall;
        this.timeToLive = timeToLive;
        this.index = index;
        this.name = name;
        lease = RedisKeys.creation(name).getBytes(US_ASCII);
        key = keys.key(entry.record());
        fence = keys.fence(entry.record());
        endedKey = keys.ended(entry.record(), entry.createdBy());
        reader = new RecordReader(timeToLive);
    }

    @Override
    public String record() {
        return entry.record();
    }

    @Override
    public List<byte[]> watched() {
        return cause == Cause.INDEXED ? List.of(key) : List.of(key, fence);
    }

    @Override
    public List<RedisCall> look() {
        List<RedisCall> calls = new ArrayList<>();
        calls.add(RedisCall.of(RedisVerb.HGETALL, key));
        calls.add(RedisCall.of(RedisVerb.PTTL, key));
        if (inDoubt) {
            calls.add(RedisCall.of(RedisVerb.HGET, endedKey, RedisKeys.lease()));
        }
        return calls;
    }

    @Override
    public List<RedisCall> before() {
        return switch (cause) {
            case REQUESTED, NOTICED -> List.of(index.due(entry, timeToLive.leaseMillis()));
            case INDEXED -> List.of();
        };
    }

    /** {@inheritDoc} It reads the whole session. */
    @Override
    public boolean isSmall() {
        return seemsSmall;
    }

    @Override
    public Decision<EndResult> decide(List<RedisCall> answers) {
        long pttl = answers.get(1).number();
        SessionSnapshot snapshot = reader.read(entry.record(), answers.get(0).list(), pttl);
        if (snapshot == null || !snapshot.metadata().createdBy().equals(entry.createdBy())) {
            boolean ours =
                    inDoubt && Arrays.equals(lease, (byte[]) answers.get(2).answer());
            return new Decision.Answer<>(ours && written != null ? written : new EndResult.Absent());
        }
        if (cause != Cause.REQUESTED && timeToLive.isAlive(pttl)) {
            return new Decision.Answer<>(new EndResult.Alive());
        }
        EndResult result = new EndResult.Leased(new EndLease(entry.record(), snapshot, name));
        written = result;
        return new Decision.Write<>(
                List.of(
                        RedisCall.of(RedisVerb.RENAME, key, endedKey),
                        RedisCall.of(RedisVerb.HSET, endedKey, RedisKeys.lease(), lease),
                        RedisCall.expire(endedKey, timeToLive.millisOfLease())),
                result);
    }

    @Override
    public void outcomeUnknown() {
        inDoubt = true;
    }
}
