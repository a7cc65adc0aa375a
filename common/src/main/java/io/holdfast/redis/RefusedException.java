package io.holdfast.redis;

import io.holdfast.session.StoreException;

/** Redis answered a command with an error. Leaves this package as a {@link StoreException} at most. */
sealed class RefusedException extends StoreException permits UnknownScriptException {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
