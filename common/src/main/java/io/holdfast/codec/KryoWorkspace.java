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
    private final int maxBytes;
    private BoundedInput input = new BoundedInput();
    private @Nullable Output keptOutput;

    /** Length of the last value if its buffer was not kept: the next one may be as long. */
    private int lastBytes = INITIAL_BUFFER_BYTES;

    KryoWorkspace(ApplicationLoader loader, ApplicationSerializers serializers, int maxBytes) {
        this.kryo = new SessionKryo(new ApplicationClasses(loader, serializers), new SharedObjects());
        this.maxBytes = maxBytes;
    }

    /**
     * Encodes.
     *
     * @throws com.esotericsoftware.kryo.io.KryoBufferOverflowException when it gets too long
     * @throws NestedTooDeepException when more than {@code depth} objects are nested in each other
     */
    byte[] write(Object value, int depth) {
        kryo.limitDepth(depth);
        Output output = keptOutput == null ? new AttributeOutput(Math.min(lastBytes, maxBytes), maxBytes) : keptOutput;
        output.reset();
        kryo.writeClassAndObject(output, kryo.sharedObjects().standInFor(value));
        byte[] payload = output.toBytes();
        keptOutput = output.getBuffer().length > MAX_KEPT_BUFFER_BYTES ? null : output;
        lastBytes = payload.length + INITIAL_BUFFER_BYTES; // room enough to write the last number at full speed
        return payload;
    }

    /**
     * Decodes.
     *
     * @throws NestedTooDeepException when more than {@code depth} objects are nested in each other
     */
    @Nullable
    Object read(byte[] payload, RootClass root, int depth) {
        kryo.limitDepth(depth);
        kryo.classes().reading(root);
        input.begin(payload);
        try {
            Object value = Parts.read(kryo, input);
            if (!input.end()) {
                throw new KryoException("bytes left over");
            }
            return value;
        } finally {
            kryo.sharedObjects().forgetMissing();
            if (payload.length > MAX_KEPT_BUFFER_BYTES) {
                input = new BoundedInput(); // it has grown with the longest text
            } else {
                input.release();
            }
        }
    }
}
