package io.holdfast.conflict;

import io.holdfast.session.StoreException;

/** A commit failed because of a conflict, as the policy of an attribute demands; nothing of it was written. */
public final class ConflictException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** {@code status}: of the HTTP response, as set. */
    public ConflictException(String record, String attribute, int status) {
        super("Session " + record + ": attribute \"" + attribute
                + "\" was changed by another request at the same time, and its conflict policy is "
                + ConflictPolicy.FAIL + ". Nothing of this request was stored; repeat it.");
        this.status = status;
    }

    /** HTTP status the request is to be answered with. */
    public int status() {
        return status;
    }
}
