package io.holdfast.redis;

import io.holdfast.session.KnownCopy;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.StoredAttribute;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of the answers to {@code HGETALL} and {@code PTTL}, or of fields and a time to live that come otherwise. */
final class RecordReader {
    private final TimeToLive timeToLive;

    RecordReader(TimeToLive timeToLive) {
        this.timeToLive = timeToLive;
    }

    /** Whether the record that has these fields is just as that copy of it, so that there is nothing to read. */
    static boolean isAs(KnownCopy known, List<@Nullable Object> fields) {
        return known.isWhole()
                && Arrays.equals(RecordHead.encodeVersion(known.version()), value(fields, RedisKeys::isVersion))
                && Arrays.equals(MetadataField.encode(known.metadata()), value(fields, RedisKeys::isMetadata));
    }

    private static byte @Nullable [] value(List<@Nullable Object> fields, Predicate<byte[]> field) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i) instanceof byte[] name && field.test(name)) {
                return (byte[]) fields.get(i + 1);
            }
        }
        return null;
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
