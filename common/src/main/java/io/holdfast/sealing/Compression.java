package io.holdfast.sealing;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.nio.ByteBuffer;
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

    private final int threshold;
    private final int maxPlainBytes;

    Compression(int threshold, int maxPlainBytes) {
        this.threshold = threshold;
        this.maxPlainBytes = maxPlainBytes;
    }

    /** The value itself if it is short, or would not become shorter. */
    EncodedValue compress(EncodedValue plain) {
        int length = plain.size();
        if (threshold == 0 || length < threshold) {
            return plain;
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain.payload());
            deflater.finish();
            byte[] buffer = new byte[length];
            int compressed = deflater.deflate(buffer, HEADER_BYTES, length - HEADER_BYTES);
            if (!deflater.finished()) {
                return plain;
            }
            byte[] payload = new byte[HEADER_BYTES + compressed];
            ByteBuffer.wrap(payload).putInt(length).put(buffer, HEADER_BYTES, compressed);
            return new EncodedValue(plain.flags() | ValueFlags.COMPRESSED, payload);
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
