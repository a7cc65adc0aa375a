package io.holdfast.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/**
 * One Kryo with its buffers. Used by one thread at a time: shared ones give wrong content without an exception. Not to
 * be used again after it threw, except for {@link NeedsJavaSerializationException}: Kryo does not take back all it
 * noted.
 */
final class KryoWorkspace {
    private static final int INITIAL_BUFFER_BYTES = 1_024;

    /** One huge attribute must not pin its size in memory for ever. */
    private static final int MAX_KEPT_BUFFER_BYTES = 64 * 1_024;

    private final SessionKryo kryo;
    private BoundedInput input = new BoundedInput();
    private Output output = newOutput();

    KryoWorkspace(ClassLoader applicationLoader) {
        kryo = new SessionKryo(new ApplicationClasses(applicationLoader), new SharedObjects());
    }

    private static Output newOutput() {
        return new Output(INITIAL_BUFFER_BYTES, -1);
    }

    byte[] write(Object value) {
        output.reset();
        kryo.writeClassAndObject(output, value);
        byte[] payload = output.toBytes();
        if (output.getBuffer().length > MAX_KEPT_BUFFER_BYTES) {
            output = newOutput();
        }
        return payload;
    }

    @Nullable
    Object read(byte[] payload) {
        kryo.classes().forgetFirstName();
        input.setBuffer(payload);
        try {
            Object value = kryo.readClassAndObject(input);
            if (!input.end()) {
                throw new KryoException("bytes left over");
            }
            return value;
        } finally {
            if (payload.length > MAX_KEPT_BUFFER_BYTES) {
                input = new BoundedInput(); // it has grown with the longest text
            } else {
                input.release();
            }
        }
    }

    /** Name of the class of the value read last, as far as it is known by name. */
    @Nullable
    String nameOfLastRead() {
        return kryo.classes().firstName();
    }
}
