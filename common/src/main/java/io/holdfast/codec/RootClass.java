package io.holdfast.codec;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The class of the value that is being decoded: the first one met in its bytes. Known before anything is created, so a value
 * whose class is not wanted costs nothing.
 */
final class RootClass {
    private final Predicate<String> wanted;
    private @Nullable String name;
    private boolean checked;

    RootClass(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /** Takes note of a class name found in the bytes. */
    void met(String className) {
        if (name == null) {
            name = className;
        }
    }

    /** Takes note of a class found for a name. One that will be replaced by something else says nothing about the value. */
    void found(Class<?> type) {
        if (!checked && !SerializerRouter.isReplacedWhenRead(type)) {
            require(type);
        }
        checked = true;
    }

    /** Checks the decoded value: some classes are not stored by name, others are replaced. */
    void require(Class<?> type) {
        if (!wanted.test(type.getName())) {
            throw new UndecodableValueException(type, "attributes of this class are filtered out");
        }
    }

    /** The name, as far as it was met. */
    @Nullable
    String name() {
        return name;
    }
}
