package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import java.util.LinkedHashSet;
import java.util.WeakHashMap;

/**
 * Kryo as sessions need it: any class by its name, shared and cyclic references, serializers chosen by the
 * {@link SerializerRouter} when writing and when reading, so that stored bytes cannot bring in a class that would never
 * have been stored.
 *
 * <p>The stored format consists of Kryo's own numbers for primitives and strings (class ids 0 to 11), class names for
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

    /** Checks that one more object may be nested in those being written or read. */
    void requireDepth() {
        if (getDepth() >= depthLimit) {
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
        if (type == RestoredWeakMap.class) {
            return super.getRegistration(WeakHashMap.class);
        }
        return super.getRegistration(type == ViewOfSet.class ? LinkedHashSet.class : type);
    }

    @Override
    public Serializer getDefaultSerializer(Class type) {
        Class<?> wanted = type;
        return wanted.isArray() && wanted.getComponentType().isPrimitive()
                ? super.getDefaultSerializer(type)
                : classes.serializers().of(wanted);
    }
}
