package io.holdfast.codec;

import com.esotericsoftware.kryo.util.Pool;
import io.holdfast.codec.SerializerRouter.Route;
import io.holdfast.session.EncodedValue;
import java.util.ConcurrentModificationException;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encodes plain data with Kryo and everything with a serialization contract of its own with Java serialization; the
 * {@link SerializerRouter} has the rules.
 *
 * <p>One codec belongs to one web application: it keeps classes of it, and has to go when the application goes.
 */
public final class KryoAttributeCodec implements AttributeCodec {
    static {
        KryoLoading.withoutUnsafe();
    }

    private final Predicate<Object> bindingListener;
    private final JavaSerialization javaSerialization;
    private final Pool<KryoWorkspace> workspaces;

    /**
     * @param applicationLoader finds the classes of stored objects
     * @param bindingListener tells values that want to hear that they are bound or unbound
     */
    public KryoAttributeCodec(ClassLoader applicationLoader, Predicate<Object> bindingListener) {
        this.bindingListener = bindingListener;
        javaSerialization = new JavaSerialization(applicationLoader);
        // Encoding does not wait for anything, so hardly more are in use than there are processors.
        int spare = 2 * Runtime.getRuntime().availableProcessors();
        workspaces = new Pool<>(true, false, spare) {
            @Override
            protected KryoWorkspace create() {
                return new KryoWorkspace(applicationLoader);
            }
        };
    }

    @Override
    public EncodedValue encode(Object value) {
        int listener = bindingListener.test(value) ? EncodingFlags.BINDING_LISTENER : 0;
        try {
            byte[] payload = encodeWithKryo(value);
            return payload == null
                    ? new EncodedValue(listener | EncodingFlags.JAVA_SERIALIZATION, javaSerialization.write(value))
                    : new EncodedValue(listener, payload);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | InternalError e) {
            throw CodecFailures.encoding(value, e);
        }
    }

    /** Null when the value needs Java serialization. */
    private byte @Nullable [] encodeWithKryo(Object value) {
        if (SerializerRouter.routeOf(value.getClass()) == Route.JAVA_SERIALIZATION) {
            return null;
        }
        KryoWorkspace workspace = workspaces.obtain();
        byte[] payload;
        try {
            payload = workspace.write(value);
        } catch (NeedsJavaSerializationException e) {
            payload = null;
        } catch (IndexOutOfBoundsException | NoSuchElementException | NullPointerException e) {
            // No application code runs here, and only another thread's changes break the JDK's own classes.
            throw (ConcurrentModificationException) new ConcurrentModificationException().initCause(e);
        }
        workspaces.free(workspace); // not after any other exception
        return payload;
    }

    @Override
    public Object decode(EncodedValue value) {
        if (!EncodingFlags.isKnown(value.flags())) {
            throw new UnreadableAttributeException(null, "a newer version has written it", null);
        }
        Object decoded = EncodingFlags.isJavaSerialization(value.flags())
                ? decodeWithJavaSerialization(value.payload())
                : decodeWithKryo(value.payload());
        if (decoded == null) {
            throw new UnreadableAttributeException(null, "it holds nothing", null);
        }
        return decoded;
    }

    private @Nullable Object decodeWithKryo(byte[] payload) {
        KryoWorkspace workspace = workspaces.obtain();
        Object value;
        try {
            value = workspace.read(payload);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | InternalError e) {
            throw CodecFailures.decoding(workspace.nameOfLastRead(), e);
        }
        workspaces.free(workspace); // not after an exception
        return value;
    }

    private @Nullable Object decodeWithJavaSerialization(byte[] payload) {
        try {
            return javaSerialization.read(payload);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | InternalError e) {
            throw CodecFailures.decoding(null, e);
        }
    }

    @Override
    public boolean isImmutable(Object value) {
        return ImmutableTypes.isImmutable(value);
    }

    @Override
    public boolean isBindingListener(EncodedValue value) {
        return EncodingFlags.isBindingListener(value.flags());
    }
}
