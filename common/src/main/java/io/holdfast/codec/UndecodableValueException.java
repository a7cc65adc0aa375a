package io.holdfast.codec;

import com.esotericsoftware.kryo.KryoException;

/** Found while decoding: a class that is gone, refused or has changed too much. */
final class UndecodableValueException extends KryoException {
    private static final long serialVersionUID = 1;

    private final String className;
    private final String reason;

    UndecodableValueException(String className, String reason, Throwable cause) {
        super(reason, cause);
        this.className = className;
        this.reason = reason;
    }

    UndecodableValueException(Class<?> type, String reason) {
        super(reason);
        this.className = type.getName();
        this.reason = reason;
    }

    String className() {
        return className;
    }

    String reason() {
        return reason;
    }
}
