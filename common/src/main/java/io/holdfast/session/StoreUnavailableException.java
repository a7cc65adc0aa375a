package io.holdfast.session;

/** The store could not be reached or did not answer in time. */
public final class StoreUnavailableException extends StoreException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        super(message);
    }

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    private StoreUnavailableException(String message, boolean writableStackTrace) {
        super(message, writableStackTrace);
    }

    /**
     * One of many that follow a failure which is already known, while the store is not tried again: without a stack trace,
     * because a container logs each of them, and an outage should not fill its logs.
     */
    public static StoreUnavailableException repeated(String message) {
        return new StoreUnavailableException(message, false);
    }

    /** Whether this is one of many that follow a known failure. */
    public boolean isRepeated() {
        return getStackTrace().length == 0;
    }
}
