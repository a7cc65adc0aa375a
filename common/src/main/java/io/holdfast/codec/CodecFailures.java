package io.holdfast.codec;

import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever went wrong into the exceptions of {@link AttributeCodec}. Takes class names and texts of this package
 * into messages, never other exceptions' texts: they may quote values. Those remain to be seen in the cause.
 */
final class CodecFailures {
    /** What looks like a class name; damaged bytes can put anything in its place. */
    private static final Pattern CLASS_NAME = Pattern.compile("\\[*[\\p{L}_$][\\p{L}\\p{N}_$.;/-]{0,299}");

    /** Applications have been seen to build circles of causes. */
    private static final int MAX_CHAIN = 32;

    private CodecFailures() {}

    /** What an attribute may fail with; throws what concerns the whole JVM. */
    static Throwable ofTheValue(Throwable failure) {
        boolean local = failure instanceof StackOverflowError || failure instanceof InternalError;
        if (failure instanceof VirtualMachineError jvm && !local) {
            throw jvm;
        }
        return failure;
    }

    static boolean isTooDeep(Throwable failure) {
        // Newer JDKs wrap a StackOverflowError that hits them in reflection.
        return find(NestedTooDeepException.class, failure) != null || find(StackOverflowError.class, failure) != null;
    }

    static RuntimeException encoding(Object value, Throwable failure) {
        ConcurrentModificationException concurrent = find(ConcurrentModificationException.class, failure);
        if (concurrent != null) {
            return concurrent;
        }
        UnstorableValueException unstorable = find(UnstorableValueException.class, failure);
        if (unstorable != null) {
            return unstorable.asNotEncodable();
        }
        String className = value.getClass().getName();
        String limit = exceededLimit(failure);
        if (limit != null) {
            return new NotEncodableException(className, limit, null);
        }
        NotSerializableException notSerializable = find(NotSerializableException.class, failure);
        if (notSerializable != null) {
            return new NotEncodableException(
                    nameOr(notSerializable.getMessage(), className),
                    "it does not implement java.io.Serializable; it is in a " + className,
                    failure);
        }
        InvalidClassException invalid = find(InvalidClassException.class, failure);
        if (invalid != null) {
            return new NotEncodableException(
                    nameOr(invalid.classname, className),
                    "Java serialization could not read it again; it is in a " + className,
                    failure);
        }
        return new NotEncodableException(
                className, "its own code failed with " + failure.getClass().getName(), failure);
    }

    static UnreadableAttributeException decoding(@Nullable String rootName, Throwable failure) {
        String limit = exceededLimit(failure);
        if (limit != null) {
            return new UnreadableAttributeException(firstName(rootName, null), limit, null);
        }
        UndecodableValueException undecodable = find(UndecodableValueException.class, failure);
        if (undecodable != null) {
            return new UnreadableAttributeException(
                    firstName(undecodable.className(), rootName), undecodable.reason(), failure);
        }
        UnstorableValueException refused = find(UnstorableValueException.class, failure);
        if (refused != null) {
            return new UnreadableAttributeException(refused.type().getName(), "the class filter refuses it", failure);
        }
        ClassNotFoundException notFound = find(ClassNotFoundException.class, failure);
        if (notFound != null) {
            return new UnreadableAttributeException(
                    firstName(notFound.getMessage(), rootName), "the application has no such class", failure);
        }
        InvalidClassException invalid = find(InvalidClassException.class, failure);
        if (invalid != null) {
            return new UnreadableAttributeException(
                    firstName(invalid.classname, rootName), "the class is refused or has changed too much", failure);
        }
        return new UnreadableAttributeException(
                firstName(rootName, null),
                "damaged bytes, a class that has changed, or its own code failed: "
                        + failure.getClass().getName(),
                failure);
    }

    /** Says which limit was met; null: none. */
    private static @Nullable String exceededLimit(Throwable failure) {
        NestedTooDeepException tooDeep = find(NestedTooDeepException.class, failure);
        if (tooDeep != null) {
            return tooDeep.reason();
        }
        TooLongException tooLong = find(TooLongException.class, failure);
        if (tooLong != null) {
            return tooLong.reason();
        }
        return find(StackOverflowError.class, failure) == null
                ? null
                : "it is nested too deeply for this thread's stack";
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable failure) {
        return chainOf(failure).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static List<Throwable> chainOf(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && chain.size() < MAX_CHAIN; next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    private static boolean isClassName(@Nullable String text) {
        return text != null && CLASS_NAME.matcher(text).matches();
    }

    private static String nameOr(@Nullable String candidate, String otherwise) {
        return candidate != null && isClassName(candidate) ? candidate : otherwise;
    }

    private static @Nullable String firstName(@Nullable String candidate, @Nullable String otherwise) {
        if (isClassName(candidate)) {
            return candidate;
        }
        return isClassName(otherwise) ? otherwise : null;
    }
}
