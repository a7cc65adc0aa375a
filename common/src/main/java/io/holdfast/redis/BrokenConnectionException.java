package io.holdfast.redis;

import org.jspecify.annotations.Nullable;

/** A connection was lost while answers were due; whether Redis did what was asked is not known. Never leaves this package. */
final class BrokenConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
