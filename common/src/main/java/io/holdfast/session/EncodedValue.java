package io.holdfast.session;

import java.util.Arrays;

/**
 * A value as the codec encoded it.
 *
 * @param flags 0 to 255; what the codec noted about the value, e.g. which encoding it used. The codec alone gives them
 *     meaning
 * @param payload the encoded value; owned by this object, never modified
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode compare the content
public record EncodedValue(int flags, byte[] payload) {
    public EncodedValue {
        if (flags < 0 || flags > 255) {
            throw new IllegalArgumentException("flags fit one byte, " + flags + " does not");
        }
    }

    /** Length of the payload in bytes. */
    public int size() {
        return payload.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncodedValue that && flags == that.flags && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(payload) + flags;
    }

    @Override
    public String toString() {
        return "EncodedValue[" + payload.length + " bytes]";
    }
}
