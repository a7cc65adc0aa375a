package io.holdfast.redis;

import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoredAttribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of the answers to {@code HGETALL} and {@code PTTL}, or of fields and a time to live that come otherwise. */
final class RecordReader {
    private final TimeToLive timeToLive;

    RecordReader(TimeToLive timeToLive) {
        this.timeToLive = timeToLive;
    }

    /**
     * The record, or null when there is none.
     *
     * @param fields names and values in turn
     * @throws io.holdfast.session.UnsupportedRecordException when the record's head cannot be read
     */
    @Nullable
    SessionSnapshot read(String record, List<@Nullable Object> fields, long pttl) {
        byte[] version = null;
        byte[] metadata = null;
        Map<String, StoredAttribute> attributes = new HashMap<>();
        Map<String, StoredAttribute> containerState = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byte[] field = (byte[]) fields.get(i);
            byte[] value = (byte[]) fields.get(i + 1);
            if (field == null || value == null) {
                throw new IllegalStateException("a field has no name or no value");
            }
            if (RedisKeys.isAttribute(field)) {
                attributes.put(RedisKeys.name(field), AttributeField.decode(value));
            } else if (RedisKeys.isContainerState(field)) {
                containerState.put(RedisKeys.name(field), AttributeField.decode(value));
            } else if (RedisKeys.isVersion(field)) {
                version = value;
            } else if (RedisKeys.isMetadata(field)) {
                metadata = value;
            }
        }
        RecordHead head = RecordHead.of(record, version, metadata);
        if (head == null) {
            return null;
        }
        long idleMillis = timeToLive.idleMillis(head.metadata().maxInactiveSeconds(), pttl);
        return new SessionSnapshot(head.version(), head.metadata(), attributes, containerState, idleMillis);
    }
}
