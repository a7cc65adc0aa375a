package io.holdfast.redis;

import io.holdfast.events.SessionEvents;
import io.holdfast.session.UnsupportedRecordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a record its full time to live again, without waiting. The time-out that the node knows may be outdated, since another
 * one may have changed it; so the same flush asks for the record's, and if that is another one, the time to live is set once
 * more.
 */
final class Touch {
    /** So often in a row the time-out would have to change within a round trip. */
    private static final int MOST_CORRECTIONS = 4;

    private final LoadConnection loads;
    private final RedisKeys keys;
    private final TimeToLive timeToLive;
    private final SessionEvents events;

    Touch(LoadConnection loads, RedisKeys keys, TimeToLive timeToLive, SessionEvents events) {
        this.loads = loads;
        this.keys = keys;
        this.timeToLive = timeToLive;
        this.events = events;
    }

    /** Touches a record; a failure is reported as an event. */
    void send(String record, int maxInactiveSeconds) {
        send(record, maxInactiveSeconds, MOST_CORRECTIONS);
    }

    private void send(String record, int maxInactiveSeconds, int corrections) {
        byte[] key = keys.key(record);
        RedisCall expire = RedisCall.expire(key, timeToLive.millis(maxInactiveSeconds));
        RedisCall metadata = RedisCall.of(RedisVerb.HMGET, key, RedisKeys.metadata());
        var unused = loads.tell(record, List.of(expire, metadata))
                .thenRun(() -> correct(record, maxInactiveSeconds, metadata, corrections))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        events.touchFailed(record, failure);
                    }
                });
    }

    private void correct(String record, int sent, RedisCall metadata, int corrections) {
        Integer stored = timeout(record, (byte[]) metadata.list().get(0));
        if (stored != null && stored != sent && corrections > 0) {
            send(record, stored, corrections - 1);
        }
    }

    private static @Nullable Integer timeout(String record, byte @Nullable [] metadata) {
        try {
            return metadata == null
                    ? null
                    : MetadataField.decode(record, metadata).maxInactiveSeconds();
        } catch (UnsupportedRecordException e) {
            return null; // whoever loads the record is told
        }
    }
}
