package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

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
    /**
     * Objects nested deeper are refused when they are written, so that reading them elsewhere, on a thread that has less
     * stack left, cannot overflow it: 1,000 took up to 670 kB, reading a list of lists more than writing it, and
     * threads mostly have 1 MB. Java serialization overflows 1 MB at some 650 to 2,000 objects.
     */
    static final int MAX_DEPTH = 600;

    /** Reading gets some reserve: it must never refuse what was written. */
    private static final int READING_RESERVE = 8;

    private final ApplicationClasses classes;

    SessionKryo(ApplicationClasses classes, SharedObjects sharedObjects) {
        super(classes, sharedObjects);
        this.classes = classes;
        setRegistrationRequired(false);
        setOptimizedGenerics(false); // would make the format depend on generic declarations
        setMaxDepth(MAX_DEPTH + READING_RESERVE);
    }

    ApplicationClasses classes() {
        return classes;
    }

    @Override
    public Serializer getDefaultSerializer(Class type) {
        Class<?> wanted = type;
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
