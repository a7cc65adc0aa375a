package io.holdfast.redis;

import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that one commit sets and removes, laid out by the request's thread before the commit is queued. Used for one
 * attempt after the other; each gives the fields its version.
 */
final class RecordWrite {
    private static final long MOST_NOTABLE_BYTES = 32 * 1_024;
    private static final long SMALL_BYTES = 32 * 1_024;

    private final byte[] key;
    private final List<byte[]> namesAndValues = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private final List<byte[]> removed = new ArrayList<>();

    RecordWrite(byte[] key) {
        this.key = key;
    }

    /** Adds the attributes and container state of a new record. */
    void addAll(Map<String, EncodedValue> attributes, Map<String, EncodedValue> containerState) {
        attributes.forEach((name, value) -> put(RedisKeys.attribute(name), value));
        containerState.forEach((name, value) -> put(RedisKeys.containerState(name), value));
    }

    /** Adds changes of attributes and container state. */
    void addChanges(Map<String, Change> attributes, Map<String, Change> containerState) {
        attributes.forEach((name, change) -> add(RedisKeys.attribute(name), change));
        containerState.forEach((name, change) -> add(RedisKeys.containerState(name), change));
    }

    /** Of all values that are set. */
    long bytes() {
        long sum = 0;
        for (byte[] value : values) {
            sum += value.length;
        }
        return sum;
    }

    boolean isSmall() {
        return isSmall(bytes());
    }

    /** Whether so many bytes take no noticeable time to send. */
    static boolean isSmall(long bytes) {
        return bytes <= SMALL_BYTES;
    }

    /**
     * The commands that write the fields, the head and the time to live; {@code HDEL} only if there is something to remove.
     *
     * @param noted whether the record notes what this writes, because the session is large
     * @param more fields to remove besides
     */
    List<RedisCall> calls(RecordHead head, long timeToLiveMillis, boolean noted, List<byte[]> more) {
        values.forEach(value -> AttributeField.stamp(value, head.version()));
        List<byte[]> set = new ArrayList<>(8 + namesAndValues.size());
        set.add(RedisKeys.version());
        set.add(RecordHead.encodeVersion(head.version()));
        set.add(RedisKeys.metadata());
        set.add(MetadataField.encode(head.metadata()));
        set.addAll(namesAndValues);
        if (noted) {
            set.add(RedisKeys.fingerprint());
            set.add(MetadataField.fingerprint(head.metadata()));
            byte[] note = note(head.version());
            if (note != null) {
                set.add(RedisKeys.written(head.version()));
                set.add(note);
            }
        }

        List<RedisCall> calls = new ArrayList<>();
        calls.add(RedisCall.ofFields(RedisVerb.HSET, key, set));
        List<byte[]> gone = new ArrayList<>(removed);
        gone.addAll(more);
        if (!gone.isEmpty()) {
            calls.add(RedisCall.ofFields(RedisVerb.HDEL, key, gone));
        }
        calls.add(RedisCall.expire(key, timeToLiveMillis));
        return calls;
    }

    /** Which fields are set or removed; null: their names are too long, or they have more bytes than should be read by a script. */
    private byte @Nullable [] note(long version) {
        if (bytes() > MOST_NOTABLE_BYTES) {
            return null;
        }
        List<byte[]> fields = new ArrayList<>(removed);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            fields.add(namesAndValues.get(i));
        }
        return WrittenFields.note(version, fields);
    }

    private void add(byte[] field, Change change) {
        if (change instanceof Change.Put put) {
            put(field, put.value());
        } else {
            removed.add(field);
        }
    }

    private void put(byte[] field, EncodedValue value) {
        byte[] bytes = AttributeField.encode(value);
        namesAndValues.add(field);
        namesAndValues.add(bytes);
        values.add(bytes);
    }
}
