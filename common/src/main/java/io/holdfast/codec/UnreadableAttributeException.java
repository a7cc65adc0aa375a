package io.holdfast.codec;

import org.jspecify.annotations.Nullable;

/** A stored value that cannot be decoded. Costs the attribute, never the session. Never shows the value. */
public final class UnreadableAttributeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final @Nullable String className;
    private final String reason;

    /**
     * A value that cannot be decoded.
     *
     * @param className name of the class at fault; null: not known
     * @param reason what is wrong, in words that show nothing of the value
     * @param cause what was met
     */
    public UnreadableAttributeException(@Nullable String className, String reason, @Nullable Throwable cause) {
        super("The stored value" + (className == null ? "" : " of " + className) + " is unreadable: " + reason, cause);
        this.className = className;
        this.reason = reason;
    }

    /** What is wrong. */
    public String reason() {
        return reason;
    }

    /** Name of the class at fault, if known. */
    public @Nullable String className() {
        return className;
    }
}
