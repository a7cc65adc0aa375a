package io.holdfast.sealing;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses long values with the JDK's Deflate (RFC 1951), at its fastest level. A compressed payload is the plain length, four
 * bytes, big-endian, and the compressed bytes.
 */
final class Compression {
    private static final int HEADER_BYTES = Integer.BYTES;

    /** Deflate makes at most so many bytes of one (zlib, technical details). */
    private static final long MAX_RATIO = 1032;

    /** Nothing shorter ever saves enough, whatever the threshold. */
    private static final int MIN_BYTES = 64;

    /** Compressing what cannot be compressed takes twice as long as what can: of long values, some is tried first. */
    private static final int SAMPLE_BYTES = 4 * 1024;

    /** A tenth has to be saved; less does not pay for the time. */
    private static final int MIN_SAVED_SHARE = 10;

    private final int threshold;
    private final int maxPlainBytes;

    Compression(int threshold, int maxPlainBytes) {
        this.threshold = threshold;
        this.maxPlainBytes = maxPlainBytes;
    }

    /** The value itself if it is short, or would hardly become shorter. */
    EncodedValue compress(EncodedValue plain) {
        int length = plain.size();
        if (threshold == 0
                || length < Math.max(threshold, MIN_BYTES)
                || (length > 2 * SAMPLE_BYTES && deflate(plain, SAMPLE_BYTES) == null)) {
            return plain;
        }
        byte[] payload = deflate(plain, length);
        return payload == null ? plain : new EncodedValue(plain.flags() | ValueFlags.COMPRESSED, payload);
    }

    /** The first {@code length} bytes compressed, or null: it does not pay. */
    private static byte @Nullable [] deflate(EncodedValue plain, int length) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain.payload(), 0, length);
            deflater.finish();
            byte[] buffer = new byte[length - length / MIN_SAVED_SHARE];
            int compressed = deflater.deflate(buffer, HEADER_BYTES, buffer.length - HEADER_BYTES);
            ByteBuffer.wrap(buffer).putInt(length);
            return deflater.finished() ? Arrays.copyOf(buffer, HEADER_BYTES + compressed) : null;
        } finally {
            deflater.end();
        }
    }

    /** Believes no length that the compressed bytes are too few for. */
    EncodedValue decompress(EncodedValue value) {
        if (!ValueFlags.has(value.flags(), ValueFlags.COMPRESSED)) {
            return value;
        }
        byte[] payload = value.payload();
        int compressed = payload.length - HEADER_BYTES;
        int length = compressed > 0 ? ByteBuffer.wrap(payload).getInt() : 0;
        if (length <= 0 || length > compressed * MAX_RATIO) {
            throw damaged(null);
        }
        if (length > maxPlainBytes) {
            throw new UnreadableAttributeException(
                    null,
                    "its " + length + " bytes are more than the setting maxAttributeBytes allows, which is "
                            + maxPlainBytes,
                    null);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(payload, HEADER_BYTES, compressed);
            byte[] plain = new byte[length];
            boolean whole = inflater.inflate(plain) == length && inflater.inflate(new byte[1]) == 0;
            if (!whole || !inflater.finished() || inflater.getRemaining() > 0) {
                throw damaged(null);
            }
            return new EncodedValue(value.flags() & ~ValueFlags.COMPRESSED, plain);
        } catch (DataFormatException e) {
            throw damaged(e);
        } finally {
            inflater.end();
        }
    }

    private static UnreadableAttributeException damaged(@Nullable DataFormatException cause) {
        return new UnreadableAttributeException(null, "its compressed bytes are damaged", cause);
    }
}
