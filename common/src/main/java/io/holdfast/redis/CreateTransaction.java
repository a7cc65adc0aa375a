package io.holdfast.redis;

import io.holdfast.session.CommitId;
import io.holdfast.session.CreateResult;
import io.holdfast.session.NewSession;
import io.holdfast.session.SessionMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates a record, with its time to live in the same transaction, if there is none of that name. */
final class CreateTransaction implements Transaction<CreateResult> {
    private static final long FIRST_VERSION = 1;

    private final String record;
    private final byte[] key;
    private final RecordHead head;
    private final RecordWrite write;
    private final long timeToLiveMillis;
    private boolean inDoubt;

    CreateTransaction(NewSession session, CommitId commit, RedisKeys keys, TimeToLive timeToLive) {
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
        timeToLiveMillis = timeToLive.millis(session.maxInactiveSeconds());
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
                RedisCall.of(RedisVerb.EXISTS, key),
                RedisCall.of(RedisVerb.HMGET, key, RedisKeys.version(), RedisKeys.metadata()));
    }

    @Override
    public Decision<CreateResult> decide(List<RedisCall> answers) {
        CreateResult created = new CreateResult.Created(head.metadata());
        if (answers.get(0).number() == 0) {
            return new Decision.Write<>(write.calls(head, timeToLiveMillis), created);
        }
        if (inDoubt && isOurs(RecordHead.of(record, answers.get(1).list()))) {
            return new Decision.Answer<>(created);
        }
        return new Decision.Answer<>(new CreateResult.Exists());
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
