package io.holdfast.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization with the application's classes: found through its class loader and nowhere else, and only if the filter
 * allows them.
 *
 * <p>A class that does not declare a {@code serialVersionUID} gets one computed from its members, so that a new release of the
 * application could not read what the old one wrote. Here its number does not matter: fields are matched by name, as for
 * classes that declare one. Only where a class reads itself with code of its own ({@code readObject}) does the computed number
 * count, because nobody can tell whether that code still fits.
 */
final class ApplicationInputStream extends ObjectInputStream {
    /** Classes of this package that are in the stored form; an application does not have them. */
    private static final Map<String, Class<?>> OWN = Map.of(
            JavaStandIn.class.getName(), JavaStandIn.class,
            RestoredWeakMap.class.getName(), RestoredWeakMap.class);

    private final ApplicationLoader loader;
    private final RootClass root;
    private boolean inDescriptor;
    private @Nullable String described;

    ApplicationInputStream(InputStream input, ApplicationLoader loader, RootClass root) throws IOException {
        super(input);
        this.loader = loader;
        this.root = root;
    }

    /** Reads a class's name and number with {@link #readUTF} and {@link #readLong}, in this order. */
    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        described = null;
        inDescriptor = true;
        try {
            return super.readClassDescriptor();
        } finally {
            inDescriptor = false;
        }
    }

    @Override
    public String readUTF() throws IOException {
        String text = super.readUTF();
        if (inDescriptor && described == null) {
            described = text;
        }
        return text;
    }

    @Override
    public long readLong() throws IOException {
        long number = super.readLong();
        return inDescriptor && described != null ? versionThatFits(described, number) : number;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
        String name = descriptor.getName();
        Class<?> own = OWN.get(name);
        if (own != null) {
            return own;
        }
        root.met(name);
        Class<?> type = loader.load(name);
        root.found(type);
        return type;
    }

    @Override
    protected Class<?> resolveProxyClass(String[] interfaceNames) throws ClassNotFoundException {
        Class<?>[] interfaces = new Class<?>[interfaceNames.length];
        ClassLoader definer = loader.loader();
        for (int i = 0; i < interfaceNames.length; i++) {
            interfaces[i] = loader.load(interfaceNames[i]);
            if (!Modifier.isPublic(interfaces[i].getModifiers())) {
                // Only the interface's own loader can define a class that implements it.
                definer = interfaces[i].getClassLoader();
            }
        }
        try {
            return Proxy.newProxyInstance(definer, interfaces, (proxy, method, arguments) -> null)
                    .getClass();
        } catch (IllegalArgumentException e) {
            throw new ClassNotFoundException(String.join(", ", interfaceNames), e);
        }
    }

    /** Whether the class is one of this package that may be in the stored form. */
    static boolean isOwn(Class<?> type) {
        return OWN.containsValue(type);
    }

    private long versionThatFits(String className, long stored) {
        if (OWN.containsKey(className)) {
            return stored;
        }
        try {
            Class<?> type = loader.load(className);
            ObjectStreamClass local = ObjectStreamClass.lookup(type);
            if (local == null || local.getSerialVersionUID() == stored) {
                return stored; // mostly
            }
            boolean computed = !declaresVersion(type) && !SerializerRouter.readsItself(type);
            return computed ? local.getSerialVersionUID() : stored;
        } catch (ClassNotFoundException e) {
            return stored; // comes up again when the class is needed
        }
    }

    private static boolean declaresVersion(Class<?> type) {
        try {
            int modifiers = type.getDeclaredField("serialVersionUID").getModifiers();
            return Modifier.isStatic(modifiers) && Modifier.isFinal(modifiers);
        } catch (NoSuchFieldException e) {
            return false;
        }
    }
}
