package io.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** A value that cannot be stored. Names the class at fault and the way to it, never the value. */
public final class NotEncodableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String className;

    /**
     * A value that cannot be stored.
     *
     * @param className name of the class at fault
     * @param reason what is wrong, in words that show nothing of the value
     * @param cause what was met
     */
    public NotEncodableException(String className, String reason, @Nullable Throwable cause) {
        super(className + " cannot be stored: " + reason, cause);
        this.className = className;
    }

    /** Name of the class that cannot be stored; often not the attribute's own, but one it holds. */
    public String className() {
        return className;
    }
}
