package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.WeakHashMap;

/**
 * Kryo as sessions need it: any class by its name, shared and cyclic references, serializers chosen by the
 * {@link SerializerRouter} when writing and when reading, so that stored bytes cannot bring in a class that would never
 * have been stored.
 *
 * <p>The stored format consists of Kryo's own numbers for primitives and strings (class ids 0 to 8), class names for
 * everything else, and the serializers of this package. Never register a class: it would renumber.
 */
@SuppressWarnings("rawtypes") // Kryo's signatures
final class SessionKryo extends Kryo {
    private final ApplicationClasses classes;
    private final SharedObjects sharedObjects;
    private int depthLimit;

    SessionKryo(ApplicationClasses classes, SharedObjects sharedObjects) {
        super(classes, sharedObjects);
        this.classes = classes;
        this.sharedObjects = sharedObjects;
        setRegistrationRequired(false);
        setOptimizedGenerics(false); // would make the format depend on generic declarations
        setMaxDepth(Integer.MAX_VALUE); // this class has a limit of its own
    }

    /** Sets how many objects may be nested in each other, when writing and when reading. */
    void limitDepth(int limit) {
        depthLimit = limit;
    }

    /**
     * Checks that one more object may be nested in those being written or read.
     *
     * @param reserve 1: the next part may turn out to be null, which is no object
     */
    void requireDepth(int reserve) {
        if (getDepth() >= depthLimit + reserve) {
            throw new NestedTooDeepException(depthLimit);
        }
    }

    ApplicationLoader loader() {
        return classes.loader();
    }

    ApplicationClasses classes() {
        return classes;
    }

    SharedObjects sharedObjects() {
        return sharedObjects;
    }

    @Override
    public Registration getRegistration(Class type) {
        return super.getRegistration(type == RestoredWeakMap.class ? WeakHashMap.class : type);
    }

    @Override
    public Serializer getDefaultSerializer(Class type) {
        Class<?> wanted = type;
        if (!loader().filter().allows(wanted.getName())) {
            throw UnstorableValueException.filtered(wanted);
        }
        return switch (SerializerRouter.routeOf(wanted)) {
            case KRYO -> kryoSerializer(wanted);
            case JAVA_SERIALIZATION -> new JavaSerializationOnly();
            case REFUSED -> new Refusal();
        };
    }

    private Serializer<?> kryoSerializer(Class<?> type) {
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? super.getDefaultSerializer(type) : new ArraySerializer();
        }
        if (Enum.class.isAssignableFrom(type)) {
            return new EnumSerializer(type);
        }
        Serializer<?> jdk = JdkSerializers.of(type);
        if (jdk != null) {
            return jdk;
        }
        return type.isRecord() ? new RecordSerializer(type) : new BeanSerializer(type);
    }

    /** Stands in for classes that only Java serialization stores faithfully. */
    private static final class JavaSerializationOnly extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object object) {
            throw new NeedsJavaSerializationException();
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            throw new UndecodableValueException(type, "it was plain data when stored and no longer is");
        }
    }

    /** Stands in for classes that are never stored. */
    private static final class Refusal extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object object) {
            Class<?> type = object.getClass();
            throw new UnstorableValueException(
                    type,
                    type.isHidden() ? "the class has no lasting name" : "it does not implement java.io.Serializable");
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<?> type) {
            throw new UndecodableValueException(type, "it does not implement java.io.Serializable");
        }
    }
}
