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

    static RuntimeException encoding(Object value, Throwable failure) {
        String className = value.getClass().getName();
        for (Throwable cause : chainOf(failure)) {
            if (cause instanceof ConcurrentModificationException concurrent) {
                return concurrent;
            }
            if (cause instanceof UnstorableValueException unstorable) {
                return unstorable.asNotEncodable();
            }
            if (cause instanceof NotSerializableException notSerializable) {
                return new NotEncodableException(
                        nameOr(notSerializable.getMessage(), className),
                        "it does not implement java.io.Serializable; it is in a " + className,
                        failure);
            }
            if (cause instanceof InvalidClassException invalid) {
                return new NotEncodableException(
                        nameOr(invalid.classname, className),
                        "Java serialization could not read it again; it is in a " + className,
                        failure);
            }
        }
        if (isStackOverflow(failure)) {
            return new NotEncodableException(className, "it is nested too deeply for this thread's stack", null);
        }
        return new NotEncodableException(
                className, "its own code failed with " + failure.getClass().getName(), failure);
    }

    static UnreadableAttributeException decoding(@Nullable String rootName, Throwable failure) {
        for (Throwable cause : chainOf(failure)) {
            if (cause instanceof UndecodableValueException undecodable) {
                return new UnreadableAttributeException(
                        firstName(undecodable.className(), rootName), undecodable.reason(), failure);
            }
            if (cause instanceof ClassNotFoundException notFound) {
                return new UnreadableAttributeException(
                        firstName(notFound.getMessage(), rootName), "the application has no such class", failure);
            }
            if (cause instanceof InvalidClassException invalid) {
                return new UnreadableAttributeException(
                        firstName(invalid.classname, rootName),
                        "the class is refused or has changed too much",
                        failure);
            }
        }
        if (isStackOverflow(failure)) {
            return new UnreadableAttributeException(
                    firstName(rootName, null), "it is nested too deeply for this thread's stack", null);
        }
        return new UnreadableAttributeException(
                firstName(rootName, null),
                "damaged bytes, a class that has changed, or its own code failed: "
                        + failure.getClass().getName(),
                failure);
    }

    private static List<Throwable> chainOf(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable next = failure; next != null && chain.size() < MAX_CHAIN; next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    /** Newer JDKs wrap one that hits them in reflection. Not kept as a cause: its thousands of frames say nothing. */
    private static boolean isStackOverflow(Throwable failure) {
        return failure instanceof StackOverflowError || failure.getCause() instanceof StackOverflowError;
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
