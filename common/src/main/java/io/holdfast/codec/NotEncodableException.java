package io.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** A value that cannot be stored. Names the class at fault and the way to it, never the value. */
public final class NotEncodableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String className;

    NotEncodableException(String className, String reason, @Nullable Throwable cause) {
        super(className + " cannot be stored: " + reason, cause);
        this.className = className;
    }

    /** Name of the class that cannot be stored; often not the attribute's own, but one it holds. */
    public String className() {
        return className;
    }
}
