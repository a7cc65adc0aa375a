package io.holdfast.session;

/**
 * The store did not do what was asked and the session's state is not known to be what the caller wanted. Unchecked on
 * purpose: containers turn a checked failure of a look-up into "no such session" and would log the user out.
 */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message, boolean writableStackTrace) {
        super(message, null, true, writableStackTrace);
    }
}
