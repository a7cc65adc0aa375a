package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.holdfast.session.SessionMetadata;
import io.holdfast.session.UnsupportedRecordException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two fields that every record has.
 *
 * @param version number of commits the record has seen
 * @param metadata what the record says about the session
 */
record RecordHead(long version, SessionMetadata metadata) {
    /**
     * The head in the answer to {@code HMGET key v m}, or null when one of the two is missing: there is no such record.
     *
     * @throws UnsupportedRecordException when they are there but cannot be read
     */
    static @Nullable RecordHead of(String record, List<@Nullable Object> answer) {
        return of(record, (byte[]) answer.get(0), (byte[]) answer.get(1));
    }

    /** As {@link #of(String, List)}, from the two values. */
    static @Nullable RecordHead of(String record, byte @Nullable [] version, byte @Nullable [] metadata) {
        if (version == null || metadata == null) {
            return null;
        }
        SessionMetadata decoded = MetadataField.decode(record, metadata);
        return new RecordHead(parseVersion(record, version), decoded);
    }

    static byte[] encodeVersion(long version) {
        return Long.toString(version).getBytes(US_ASCII);
    }

    private static long parseVersion(String record, byte[] field) {
        String text = new String(field, US_ASCII);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            UnsupportedRecordException damaged = new UnsupportedRecordException("The version of session " + record
                    + " (field v) is not a number. Something else writes to this key; find it, then delete the key to end "
                    + "the session. The record was left as it is.");
            damaged.initCause(e);
            throw damaged;
        }
    }
}
