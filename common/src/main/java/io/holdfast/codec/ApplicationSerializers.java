package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The serializers of one application's classes, made when a class is first met and shared by all its Kryos: they look at
 * classes by reflection, and have no state that changes. Goes with the application.
 */
final class ApplicationSerializers {
    private final ClassFilter filter;
    private final Map<Class<?>, Serializer<?>> byClass = new ConcurrentHashMap<>();

    ApplicationSerializers(ClassFilter filter) {
        this.filter = filter;
    }

    /**
     * The serializer for objects of exactly that class; arrays of primitives are Kryo's business.
     *
     * @throws UnstorableValueException when the filter refuses the class
     */
    Serializer<?> of(Class<?> type) {
        Serializer<?> known = byClass.get(type);
        return known == null ? byClass.computeIfAbsent(type, this::create) : known;
    }

    private Serializer<?> create(Class<?> type) {
        if (type == AccessOrdered.class) {
            return new AccessOrdered.Maps(); // one of our own, made here and not named by anybody
        }
        for (Class<?> part = type; part != null; part = part.getSuperclass()) {
            if (!filter.allows(part.getName())) {
                throw UnstorableValueException.filtered(part);
            }
        }
        return switch (SerializerRouter.routeOf(type)) {
            case KRYO -> plain(type);
            case JAVA_SERIALIZATION -> new JavaSerializationOnly();
            case REFUSED -> new Refusal();
        };
    }

    private static Serializer<?> plain(Class<?> type) {
        if (type.isArray()) {
            return new ArraySerializer();
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
            boolean serializable = Serializable.class.isAssignableFrom(type);
            throw new UndecodableValueException(
                    type, serializable ? "it has become abstract" : "it does not implement java.io.Serializable");
        }
    }
}
