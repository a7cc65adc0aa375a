package io.holdfast.redis;

import io.holdfast.session.CommitId;
import io.holdfast.session.CreateResult;
import io.holdfast.session.NewSession;
import io.holdfast.session.SessionMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a record, with its time to live in the same transaction, if there is none of that name. The session is entered in the
 * index of ends along with the first look, so there is never a record without an entry; if a sweep meets the entry before there is a
 * record, and removes it, this starts over. A session of that name which has ended and whose listeners were not told yet makes
 * room.
 */
final class CreateTransaction implements Transaction<CreateResult> {
    private static final long FIRST_VERSION = 1;

    private final String record;
    private final byte[] key;
    private final RecordHead head;
    private final RecordWrite write;
    private final int maxInactiveSeconds;
    private final boolean large;
    private final RedisKeys keys;
    private final TimeToLive timeToLive;
    private final ExpiryIndex index;
    private boolean inDoubt;

    /** {@code largeSessionBytes}: from here on nodes will look whether their copies are current before they load. */
    CreateTransaction(
            NewSession session,
            CommitId commit,
            long largeSessionBytes,
            RedisKeys keys,
            TimeToLive timeToLive,
            ExpiryIndex index) {
        record = session.record();
        key = keys.key(record);
        SessionMetadata metadata = new SessionMetadata(
                session.createdMillis(),
                commit,
                session.maxInactiveSeconds(),
                session.secretHash(),
                List.of(commit),
                List.of(session.writer()));
        head = new RecordHead(FIRST_VERSION, metadata);
        write = new RecordWrite(key);
        write.addAll(session.attributes(), session.containerState());
        large = write.bytes() >= largeSessionBytes;
        maxInactiveSeconds = session.maxInactiveSeconds();
        this.keys = keys;
        this.timeToLive = timeToLive;
        this.index = index;
    }

    @Override
    public String record() {
        return record;
    }

    @Override
    public List<byte[]> watched() {
        return List.of(key, keys.fence(record));
    }

    @Override
    public List<RedisCall> look() {
        return inDoubt ? lookAtAll() : List.of(RedisCall.of(RedisVerb.PTTL, key));
    }

    private List<RedisCall> lookAtAll() {
        return List.of(
                RedisCall.of(RedisVerb.PTTL, key),
                RedisCall.of(RedisVerb.HMGET, key, RedisKeys.version(), RedisKeys.metadata()),
                RedisCall.of(
                        RedisVerb.EXISTS, keys.ended(record, head.metadata().createdBy())));
    }

    /** {@inheritDoc} A record whose EXEC was not answered may be there already, and end sooner than one that is created now. */
    @Override
    public List<RedisCall> before() {
        if (maxInactiveSeconds <= 0) {
            return List.of();
        }
        ExpiryIndex.Entry entry = new ExpiryIndex.Entry(record, head.metadata().createdBy());
        long untilEnd = timeToLive.untilEnd(maxInactiveSeconds);
        return List.of(inDoubt ? index.due(entry, untilEnd) : index.enter(entry, untilEnd));
    }

    @Override
    public boolean isSmall() {
        return write.isSmall();
    }

    @Override
    public Decision<CreateResult> decide(List<RedisCall> answers) {
        CreateResult created = new CreateResult.Created(head.metadata());
        List<RedisCall> calls = write.calls(head, timeToLive.millis(maxInactiveSeconds), large, List.of());
        long pttl = answers.get(0).number();
        if (inDoubt && answers.get(2).number() > 0) {
            return new Decision.Answer<>(created); // and has ended since
        }
        if (!TimeToLive.exists(pttl)) {
            return new Decision.Write<>(calls, created);
        }
        if (answers.size() == 1) {
            return new Decision.LookCloser<>(lookAtAll(), false);
        }
        RecordHead found = RecordHead.of(record, answers.get(1).list());
        if (inDoubt && isOurs(found)) {
            return new Decision.Answer<>(created);
        }
        if (found == null || timeToLive.isAlive(pttl)) {
            return new Decision.Answer<>(new CreateResult.Exists());
        }
        calls.add(
                0,
                RedisCall.of(
                        RedisVerb.RENAME,
                        key,
                        keys.ended(record, found.metadata().createdBy())));
        return new Decision.Write<>(calls, created);
    }

    @Override
    public long doubtfulVersion() {
        return FIRST_VERSION;
    }

    @Override
    public void outcomeUnknown() {
        inDoubt = true;
    }

    private boolean isOurs(@Nullable RecordHead found) {
        return found != null
                && found.metadata().createdBy().equals(head.metadata().createdBy());
    }
}
