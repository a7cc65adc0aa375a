package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.session.EncodedValue;
import java.util.ConcurrentModificationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Encodes objects that another thread of this node may be changing: tries again a few times, some 15 ms in all. */
final class PatientEncoder {
    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private PatientEncoder() {}

    /** The encoded object, or null when it was being changed at every try. */
    static @Nullable EncodedValue encode(AttributeCodec codec, Object object) {
        long pause = FIRST_PAUSE_NANOS;
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                return codec.encode(object);
            } catch (ConcurrentModificationException e) {
                LockSupport.parkNanos(pause);
                pause *= 2;
            }
        }
        return null;
    }

    /** Likewise, and null as well when it cannot be encoded, which is not reported. */
    static @Nullable EncodedValue encodeQuietly(AttributeCodec codec, Object object) {
        try {
            return encode(codec, object);
        } catch (NotEncodableException e) {
            return null;
        }
    }
}
