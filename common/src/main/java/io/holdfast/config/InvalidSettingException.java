package io.holdfast.config;

import org.jspecify.annotations.Nullable;

/** A setting is missing, unknown or has a value it does not take; the message says which, what it takes and what to do. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** For what is no single setting's value; {@link Setting#refusal} words the error for one. */
    public InvalidSettingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
