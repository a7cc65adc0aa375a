package io.holdfast.benchmarks.parts;

import io.holdfast.redis.RedisSessionStore;
import io.holdfast.session.Change;
import io.holdfast.session.CommitId;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SecretHash;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionId;
import io.holdfast.session.SessionIds;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** One session in Redis of 10 attributes of 200 bytes, and its only user, who goes through the store. */
final class StoredSession {
    static final String WRITTEN = "attribute3";

    private static final int ATTRIBUTES = 10;
    private static final int BYTES = 200;
    private static final int MAX_INACTIVE_SECONDS = 1_800;

    private final RedisSessionStore store;
    private final String record;
    private final CommitId createdBy;
    private final EncodedValue value;
    private long version = 1;

    private StoredSession(RedisSessionStore store, String record, CommitId createdBy, EncodedValue value) {
        this.store = store;
        this.record = record;
        this.createdBy = createdBy;
        this.value = value;
    }

    static StoredSession create(RedisSessionStore store) {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        EncodedValue value = new EncodedValue(0, bytes);
        Map<String, EncodedValue> attributes = new HashMap<>();
        for (int number = 0; number < ATTRIBUTES; number++) {
            attributes.put("attribute" + number, value);
        }
        SessionId id = SessionIds.create(random::nextBytes);
        NewSession session = new NewSession(
                id.record(),
                System.currentTimeMillis(),
                MAX_INACTIVE_SECONDS,
                SecretHash.of(id.secret()),
                attributes,
                Map.of());
        if (store.create(session) instanceof CreateResult.Created created) {
            return new StoredSession(store, id.record(), created.metadata().createdBy(), value);
        }
        throw new IllegalStateException("there is a session " + id.record() + " already");
    }

    String record() {
        return record;
    }

    LoadResult.Found load() {
        if (store.load(record) instanceof LoadResult.Found found) {
            return found;
        }
        throw new IllegalStateException("session " + record + " is gone");
    }

    /** Writes one attribute. */
    CommitResult.Committed commit() {
        SessionDelta delta = new SessionDelta(
                record,
                createdBy,
                version,
                Map.of(WRITTEN, new Change.Put(value, version)),
                Map.of(),
                MetadataChange.NONE);
        if (store.commit(delta) instanceof CommitResult.Committed committed) {
            version = committed.version();
            return committed;
        }
        throw new IllegalStateException("session " + record + " cannot be committed");
    }
}
