package io.holdfast.codec;

import com.esotericsoftware.kryo.KryoException;
import org.jspecify.annotations.Nullable;

/** Found while decoding: a class that is gone, refused or has changed too much. */
final class UndecodableValueException extends KryoException {
    private static final long serialVersionUID = 1;

    private final @Nullable String className;
    private final String reason;

    UndecodableValueException(String className, String reason, Throwable cause) {
        super(reason, cause);
        this.className = className;
        this.reason = reason;
    }

    UndecodableValueException(@Nullable String className, String reason) {
        super(reason);
        this.className = className;
        this.reason = reason;
    }

    UndecodableValueException(Class<?> type, String reason) {
        this(type.getName(), reason);
    }

    /** Name of the class at fault, if known. */
    @Nullable
    String className() {
        return className;
    }

    String reason() {
        return reason;
    }
}
