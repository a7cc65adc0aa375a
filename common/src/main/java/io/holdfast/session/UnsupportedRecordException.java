package io.holdfast.session;

/** A record was written by a newer release, or is damaged beyond reading; it is left as it is. */
public final class UnsupportedRecordException extends StoreException {
    private static final long serialVersionUID = 1L;

    public UnsupportedRecordException(String message) {
        super(message);
    }
}
