package io.holdfast.session;

/**
 * The store did not do what was asked and the session's state is not known to be what the caller wanted. Unchecked on
 * purpose: containers turn a checked failure of a look-up into "no such session" and would log the user out.
 */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private volatile boolean nothingDone;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreException(String message, boolean writableStackTrace) {
        super(message, null, true, writableStackTrace);
    }

    /** Whether it is certain that nothing of what was asked is done, or will be. False: it may be. */
    public final boolean isNothingDone() {
        return nothingDone;
    }

    /** Nothing of what was asked is done, or will be. */
    public final void markNothingDone() {
        nothingDone = true;
    }
}
