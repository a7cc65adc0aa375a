package io.holdfast.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Objects;

/** Java serialization of a whole attribute, with the application's classes and with limits on what is read. */
final class JavaSerialization {
    /** Far more than a stack holds; a guard for stacks of unusual size. */
    private static final long MAX_DEPTH = 10_000;

    /** Hash tables announce arrays of several slots for each stored entry. */
    private static final long ARRAY_SLOTS_PER_BYTE = 16;

    private static final long SMALL_ARRAY = 4_096;

    private final ClassLoader loader;

    JavaSerialization(ClassLoader loader) {
        this.loader = loader;
    }

    byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (CheckingOutputStream output = new CheckingOutputStream(bytes)) {
            output.writeObject(value);
        }
        return bytes.toByteArray();
    }

    Object read(byte[] payload) throws IOException, ClassNotFoundException {
        try (ApplicationInputStream input = new ApplicationInputStream(new ByteArrayInputStream(payload), loader)) {
            input.setObjectInputFilter(filterFor(payload.length));
            return input.readObject();
        }
    }

    /** Believes no array length the payload is too short for. The JVM-wide filter, if any, has its say too. */
    private static ObjectInputFilter filterFor(int payloadBytes) {
        long maxArrayLength = SMALL_ARRAY + ARRAY_SLOTS_PER_BYTE * payloadBytes;
        ObjectInputFilter limits = info ->
                info.arrayLength() > maxArrayLength || info.depth() > MAX_DEPTH || info.references() > payloadBytes
                        ? ObjectInputFilter.Status.REJECTED
                        : ObjectInputFilter.Status.UNDECIDED;
        ObjectInputFilter jvmWide = ObjectInputFilter.Config.getSerialFilter();
        return jvmWide == null ? limits : ObjectInputFilter.merge(limits, jvmWide);
    }

    /** Refuses classes that Java serialization would write but could never read again. */
    private static final class CheckingOutputStream extends ObjectOutputStream {
        CheckingOutputStream(OutputStream output) throws IOException {
            super(output);
        }

        @Override
        protected void annotateClass(Class<?> type) throws IOException {
            if (isMeantForObjects(type) && !hasConstructorForReading(type)) {
                throw new InvalidClassException(
                        type.getName(), "the constructor Java serialization calls when reading is missing or hidden");
            }
        }

        private static boolean isMeantForObjects(Class<?> type) {
            return Serializable.class.isAssignableFrom(type)
                    && !Modifier.isAbstract(type.getModifiers())
                    && !type.isArray()
                    && !type.isRecord()
                    && !Enum.class.isAssignableFrom(type)
                    && !Proxy.isProxyClass(type);
        }

        private static boolean hasConstructorForReading(Class<?> type) {
            boolean external = Externalizable.class.isAssignableFrom(type);
            Class<?> constructed = type;
            while (!external && Serializable.class.isAssignableFrom(constructed)) {
                constructed = constructed.getSuperclass();
            }
            try {
                int modifiers = constructed.getDeclaredConstructor().getModifiers();
                return Modifier.isPublic(modifiers)
                        || (!external && Modifier.isProtected(modifiers))
                        || (!external && !Modifier.isPrivate(modifiers) && samePackage(type, constructed));
            } catch (NoSuchMethodException e) {
                return false;
            }
        }

        private static boolean samePackage(Class<?> one, Class<?> other) {
            return Objects.equals(one.getClassLoader(), other.getClassLoader())
                    && one.getPackageName().equals(other.getPackageName());
        }
    }

    /** Finds classes through the application's class loader and nowhere else. */
    private static final class ApplicationInputStream extends ObjectInputStream {
        private final ClassLoader loader;

        ApplicationInputStream(InputStream input, ClassLoader loader) throws IOException {
            super(input);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass descriptor) throws ClassNotFoundException {
            Class<?> primitive = PrimitiveTypes.named(descriptor.getName());
            return primitive == null ? Class.forName(descriptor.getName(), false, loader) : primitive;
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaceNames) throws ClassNotFoundException {
            Class<?>[] interfaces = new Class<?>[interfaceNames.length];
            ClassLoader definer = loader;
            for (int i = 0; i < interfaceNames.length; i++) {
                interfaces[i] = Class.forName(interfaceNames[i], false, loader);
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
    }
}
