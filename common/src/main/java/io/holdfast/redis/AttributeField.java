package io.holdfast.redis;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import java.nio.ByteBuffer;

/**
 * The bytes of one attribute.
 *
 * <pre>
 * 0      format, 1
 * 1..8   version of the record that wrote the attribute, big-endian
 * 9      flags of the codec
 * 10..   payload
 * </pre>
 *
 * The header has a fixed length so that a commit can lay out the whole field before it knows its version: encoding and
 * copying stay on the request's thread, and the lane only stamps eight bytes.
 */
final class AttributeField {
    /**
     * Flags of an attribute whose header cannot be read, because it is damaged or of a newer format. No codec uses them, so
     * decoding fails for this attribute alone; its payload is the whole field. Its version is that of the
     * creation: whoever has seen it finds nothing newer while it is there, and notices when somebody has overwritten or removed
     * it.
     */
    static final int UNREADABLE_FLAGS = 255;

    private static final byte FORMAT = 1;
    private static final int VERSION_OFFSET = 1;
    private static final int FLAGS_OFFSET = 9;
    private static final int HEADER_LENGTH = 10;
    private static final long NOT_STAMPED = 0;
    private static final long VERSION_OF_CREATION = 1;

    private AttributeField() {}

    /** The field for {@code value}; its version is still to be {@linkplain #stamp stamped}. */
    static byte[] encode(EncodedValue value) {
        return ByteBuffer.allocate(HEADER_LENGTH + value.size())
                .put(FORMAT)
                .putLong(NOT_STAMPED)
                .put((byte) value.flags())
                .put(value.payload())
                .array();
    }

    /** Writes the version of the writing commit into a field made by {@link #encode}. */
    static void stamp(byte[] field, long version) {
        ByteBuffer.wrap(field).putLong(VERSION_OFFSET, version);
    }

    /** What the field holds; never fails, see {@link #UNREADABLE_FLAGS}. */
    static StoredAttribute decode(byte[] field) {
        if (!isReadable(field)) {
            return new StoredAttribute(new EncodedValue(UNREADABLE_FLAGS, field), VERSION_OF_CREATION);
        }
        byte[] payload = new byte[field.length - HEADER_LENGTH];
        System.arraycopy(field, HEADER_LENGTH, payload, 0, payload.length);
        return new StoredAttribute(new EncodedValue(Byte.toUnsignedInt(field[FLAGS_OFFSET]), payload), version(field));
    }

    /** Version of the record that wrote the field; that of the creation when the header cannot be read. */
    static long version(byte[] field) {
        return isReadable(field) ? ByteBuffer.wrap(field).getLong(VERSION_OFFSET) : VERSION_OF_CREATION;
    }

    private static boolean isReadable(byte[] field) {
        return field.length >= HEADER_LENGTH && field[0] == FORMAT;
    }
}
