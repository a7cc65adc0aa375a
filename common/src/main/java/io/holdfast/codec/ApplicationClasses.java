package io.holdfast.codec;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the classes of objects: by name where a class first appears in an attribute, by number from then on. An
 * enum's name has a {@code #} in front, because how its constants are stored must be known even when the class is gone.
 * Private classes of the JDK have {@link JdkNames}.
 *
 * <p>Kryo itself would go on to look for classes in the loader it came from itself, the container's. Belongs to one Kryo,
 * hence to one thread at a time.
 */
@SuppressWarnings("rawtypes") // Kryo's signatures
final class ApplicationClasses extends DefaultClassResolver {
    /** Announces a class by name; the numbers below are Kryo's for null and primitives. */
    private static final int BY_NAME = 1;

    private static final String ENUM_MARK = "#";

    private final ApplicationLoader loader;
    private final ApplicationSerializers serializers;
    private final Map<String, Registration> byName = new HashMap<>();
    private final IdentityObjectIntMap<Class> written = new IdentityObjectIntMap<>();
    private final List<Registration> read = new ArrayList<>();
    private RootClass root = new RootClass(name -> true);

    ApplicationClasses(ApplicationLoader loader, ApplicationSerializers serializers) {
        this.loader = loader;
        this.serializers = serializers;
    }

    /** Begins to read another value. */
    void reading(RootClass newRoot) {
        root = newRoot;
    }

    ApplicationLoader loader() {
        return loader;
    }

    ApplicationSerializers serializers() {
        return serializers;
    }

    @Override
    protected void writeName(Output output, Class type, Registration registration) {
        // An enum constant with a body goes under its enum's name: the compiler's name for it ("$1") may change.
        Class<?> stored = registration.getType();
        output.writeByte(BY_NAME);
        int known = written.get(stored, -1);
        if (known >= 0) {
            output.writeVarInt(known, true);
            return;
        }
        int number = written.size;
        written.put(stored, number);
        output.writeVarInt(number, true);
        String name = stored.isEnum() ? ENUM_MARK + stored.getName() : JdkNames.of(stored);
        if (registration.isTypeNameAscii()) {
            output.writeAscii(name); // a byte shorter; both are read alike
        } else {
            output.writeString(name);
        }
    }

    @Override
    protected Registration readName(Input input) {
        int number = input.readVarInt(true);
        if (number >= 0 && number < read.size()) {
            return read.get(number);
        }
        if (number != read.size()) {
            throw new KryoException("a class that was not named before");
        }
        Registration registration = named(input.readString());
        read.add(registration);
        return registration;
    }

    @Override
    public void reset() {
        super.reset();
        written.clear();
        read.clear();
    }

    private Registration named(@Nullable String text) {
        if (text == null) {
            throw new KryoException("a class without a name");
        }
        boolean marked = text.startsWith(ENUM_MARK);
        Class<?> ofJdk = JdkNames.named(text);
        String className = ofJdk != null ? ofJdk.getName() : marked ? text.substring(ENUM_MARK.length()) : text;
        root.met(className);
        try {
            Registration registration = byName.get(text);
            if (registration == null) {
                Class<?> type = ofJdk == AccessOrdered.class ? ofJdk : loader.load(className);
                requireSameKind(type, marked);
                registration = kryo.getRegistration(type);
                byName.put(text, registration);
            }
            if (ofJdk == null) {
                root.found(registration.getType()); // otherwise one of several classes, and only the value tells which
            }
            return registration;
        } catch (ClassNotFoundException e) {
            return MissingObject.registration(className, marked, e);
        }
    }

    /** Constants and objects are stored in different ways, and one would be read as the other. */
    private static void requireSameKind(Class<?> type, boolean wasEnum) {
        if (type.isEnum() != wasEnum) {
            throw new UndecodableValueException(
                    type,
                    wasEnum ? "it was an enum when stored and no longer is" : "it was no enum when stored and now is");
        }
    }
}
