package io.holdfast.codec;

import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import io.holdfast.codec.SerializerRouter.Route;
import io.holdfast.config.AttributeSettings;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.ValueFlags;
import java.util.List;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encodes plain data with Kryo and everything with a serialization contract of its own with Java serialization; the
 * {@link SerializerRouter} has the rules.
 *
 * <p>One codec belongs to one web application: it keeps classes of it, and has to go when the application goes.
 */
public final class KryoAttributeCodec implements AttributeCodec {
    /**
     * So many nested objects are encoded and decoded on the request's own thread: 1,000 took up to 670 kB of stack with Kryo,
     * reading a list of lists more than writing it, and threads mostly have 1 MB. Deeper ones get a thread with a larger stack.
     */
    private static final int SHALLOW_FOR_KRYO = 600;

    /** Java serialization may run code of the application, which expects to be on the request's own thread. */
    private static final int SHALLOW_FOR_JAVA = 500;

    private final Predicate<Object> bindingListener;
    private final int maxBytes;
    private final int maxDepth;
    private final Encoding kryo;
    private final Encoding javaSerialization;
    private final DeepStack deepStack;

    /** A codec with default settings. */
    public KryoAttributeCodec(ClassLoader applicationLoader, Predicate<Object> bindingListener) {
        this(applicationLoader, bindingListener, AttributeSettings.DEFAULTS);
    }

    /**
     * @param applicationLoader finds the classes of stored objects
     * @param bindingListener tells values that want to hear that they are bound or unbound
     * @param settings the class filter, and the limits of length and depth
     */
    public KryoAttributeCodec(
            ClassLoader applicationLoader, Predicate<Object> bindingListener, AttributeSettings settings) {
        this.bindingListener = bindingListener;
        maxBytes = settings.maxAttributeBytes();
        maxDepth = settings.maxAttributeDepth();
        ApplicationLoader loader = new ApplicationLoader(applicationLoader, new ClassFilter(settings.classFilter()));
        kryo = new KryoEncoding(loader, maxBytes);
        javaSerialization = new JavaSerialization(loader, maxBytes, maxDepth);
        deepStack = new DeepStack(maxDepth);
    }

    @Override
    public EncodedValue encode(Object value) {
        int listener = bindingListener.test(value) ? ValueFlags.BINDING_LISTENER : 0;
        try {
            Object stored = StandIns.of(value);
            boolean plain = SerializerRouter.routeOf(stored.getClass()) != Route.JAVA_SERIALIZATION;
            byte[] payload = plain ? write(kryo, stored) : null;
            if (payload != null) {
                return new EncodedValue(listener | ValueFlags.KRYO, payload);
            }
            payload = write(javaSerialization, stored);
            if (payload == null) {
                throw new IllegalStateException("Java serialization is the last resort");
            }
            return new EncodedValue(listener | ValueFlags.JAVA_SERIALIZATION, payload);
        } catch (KryoBufferOverflowException e) {
            throw CodecFailures.encoding(value, new TooLongException(maxBytes));
        } catch (Throwable e) {
            throw CodecFailures.encoding(value, CodecFailures.ofTheValue(e));
        }
    }

    /** Null when the encoding cannot store the value faithfully. */
    private byte @Nullable [] write(Encoding encoding, Object value) throws Exception {
        return atAnyDepth(encoding, depth -> encoding.write(value, depth));
    }

    @Override
    public Object decode(EncodedValue value, Predicate<String> wantedClasses) {
        int flags = value.flags();
        if (!ValueFlags.areKnown(flags)) {
            throw new UnreadableAttributeException(null, "a newer version has written it", null);
        }
        RootClass root = new RootClass(wantedClasses);
        try {
            if (value.size() > maxBytes) {
                throw new TooLongException(maxBytes);
            }
            boolean plain = ValueFlags.codec(flags) == ValueFlags.KRYO;
            Object decoded = read(plain ? kryo : javaSerialization, value.payload(), root);
            if (decoded == null) {
                throw new UndecodableValueException(root.name(), "it holds nothing");
            }
            root.require(decoded instanceof RestoredWeakMap ? WeakHashMap.class : decoded.getClass());
            return decoded;
        } catch (Throwable e) {
            throw CodecFailures.decoding(root.name(), CodecFailures.ofTheValue(e));
        }
    }

    private @Nullable Object read(Encoding encoding, byte[] payload, RootClass root) throws Exception {
        return atAnyDepth(encoding, depth -> encoding.read(payload, root, depth));
    }

    /** On this thread if it can bear it, else on one that can. */
    private <T> @Nullable T atAnyDepth(Encoding encoding, DepthLimited<T> work) throws Exception {
        int shallow = encoding.equals(kryo) ? SHALLOW_FOR_KRYO : SHALLOW_FOR_JAVA;
        try {
            return work.upTo(Math.min(shallow, maxDepth));
        } catch (Exception | StackOverflowError e) {
            // Java serialization does not count how deep it is when it writes; and stacks may be smaller than usual.
            if (!CodecFailures.isTooDeep(e)) {
                throw e;
            }
        }
        return deepStack.call(() -> work.upTo(maxDepth));
    }

    private interface DepthLimited<T> {
        @Nullable
        T upTo(int depth) throws Exception;
    }

    @Override
    public boolean isImmutable(Object value) {
        return ImmutableTypes.isImmutable(value);
    }

    @Override
    public List<Object> changeableParts(Object value) {
        List<Object> parts = DirectParts.changeable(value);
        if (DirectParts.isChangeable(value)) {
            parts.add(value);
        }
        return parts;
    }

    @Override
    public boolean isBindingListener(EncodedValue value) {
        return ValueFlags.has(value.flags(), ValueFlags.BINDING_LISTENER);
    }
}
