package io.holdfast.codec;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes by name through the application's class loader and nowhere else: Kryo would go on to ask the loader it
 * came from itself, the container's. Belongs to one Kryo, hence to one thread at a time.
 */
@SuppressWarnings("rawtypes") // Kryo's signatures
final class ApplicationClasses extends DefaultClassResolver {
    private final ClassLoader loader;
    private final Map<String, Class<?>> byName = new HashMap<>();
    private @Nullable String firstName;

    ApplicationClasses(ClassLoader loader) {
        this.loader = loader;
    }

    /** Name of the first class met since the last call of {@link #forgetFirstName()}: the attribute's own, if any. */
    @Nullable
    String firstName() {
        return firstName;
    }

    void forgetFirstName() {
        firstName = null;
    }

    /** The class of that name; also primitive types, which cannot be classes of objects but can be objects. */
    Class<?> named(String className) {
        Class<?> primitive = PrimitiveTypes.named(className);
        return primitive == null ? load(className) : primitive;
    }

    @Override
    protected Class getTypeByName(String className) {
        if (firstName == null) {
            firstName = className;
        }
        return load(className);
    }

    private Class<?> load(String className) {
        Class<?> known = byName.get(className);
        if (known != null) {
            return known;
        }
        try {
            Class<?> loaded = Class.forName(className, false, loader);
            byName.put(className, loaded);
            return loaded;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UndecodableValueException(className, "the application has no such class", e);
        }
    }

    /** Writes an enum constant that has a body under its enum's name: the compiler's name for it ("$1") may change. */
    @Override
    protected void writeName(Output output, Class type, Registration registration) {
        super.writeName(output, registration.getType(), registration);
    }
}
