package io.holdfast.codec;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization that refuses what could never be read again: classes the filter does not allow, classes without the
 * constructor that is called when reading, and collections that were changed while they were written.
 */
final class ApplicationOutputStream extends ObjectOutputStream {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final int OBJECTS_BETWEEN_LOOKS = 4_096;

    private final ClassFilter filter;
    private final CountedCollections collections = new CountedCollections();
    private int objects;
    private boolean wroteNothing;
    private long deepestSeen;

    ApplicationOutputStream(OutputStream output, ClassFilter filter) throws IOException {
        super(output);
        this.filter = filter;
        enableReplaceObject(true);
    }

    /**
     * False when surely no object was nested in {@code depth} others. Nesting needs objects, and each level needs at least
     * four frames of the stack. From one look at the stack to the next, the writing gets no more levels deeper than it writes
     * objects; so a look at a multiple of that depth cannot have been missed.
     */
    boolean mayHaveDescended(int depth) {
        return objects > depth && (depth < 2 * OBJECTS_BETWEEN_LOOKS || deepestSeen > depth);
    }

    /** Whether the object that was to be written put null in its own place. */
    boolean wroteNothing() {
        return wroteNothing;
    }

    /** Throws {@link java.util.ConcurrentModificationException} if another thread made what was written unreadable. */
    void requireUnchanged() {
        collections.requireUnchanged();
    }

    /** {@code object} is null when an object's own {@code writeReplace} answered so. */
    @Override
    protected @Nullable Object replaceObject(@Nullable Object object) {
        if (object == null) {
            wroteNothing |= objects == 0;
            return null;
        }
        objects++;
        collections.meet(object);
        if (objects % OBJECTS_BETWEEN_LOOKS == 0) {
            deepestSeen = Math.max(deepestSeen, STACK.walk(Stream::count));
        }
        return JavaStandIn.of(StandIns.of(object));
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        requireAllowed(type);
        if (isMeantForObjects(type) && !hasConstructorForReading(type)) {
            throw new InvalidClassException(
                    type.getName(), "the constructor Java serialization calls when reading is missing or hidden");
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        for (Class<?> implemented : type.getInterfaces()) {
            requireAllowed(implemented);
        }
    }

    private void requireAllowed(Class<?> type) {
        if (!ApplicationInputStream.isOwn(type) && !filter.allows(type.getName())) {
            throw UnstorableValueException.filtered(type);
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
