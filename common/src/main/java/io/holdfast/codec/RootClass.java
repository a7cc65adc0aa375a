package io.holdfast.codec;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Name of the class of the value that is being decoded: the first one met in its bytes. Known before anything is loaded, so a
 * value whose class is not wanted costs nothing.
 */
final class RootClass {
    private final Predicate<String> wanted;
    private @Nullable String name;

    RootClass(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /** Takes note of a class name found in the bytes. */
    void met(String className) {
        if (name == null) {
            name = className;
            require(className);
        }
    }

    /** Checks a decoded value too: some classes are not stored by name. */
    void require(String className) {
        if (!wanted.test(className)) {
            throw new UndecodableValueException(className, "attributes of this class are filtered out");
        }
    }

    /** The name, as far as it was met. */
    @Nullable
    String name() {
        return name;
    }
}
