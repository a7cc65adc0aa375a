package io.holdfast.conflict;

import io.holdfast.session.StoreException;

/**
 * A commit failed because of a conflict, as the policy of an attribute demands, or because its request was no longer alone with
 * the session; nothing of it was written.
 */
public final class ConflictException extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean leaseLost;

    /** {@code status}: of the HTTP response, as set. */
    public ConflictException(String record, String attribute, int status) {
        super("Session " + record + ": attribute \"" + attribute
                + "\" was changed by another request at the same time, and its conflict policy is "
                + ConflictPolicy.FAIL + ". Nothing of this request was stored; repeat it.");
        this.status = status;
        this.leaseLost = false;
    }

    private ConflictException(String message, int status) {
        super(message);
        this.status = status;
        this.leaseLost = true;
    }

    /** For an exclusive request that has lost its lease. {@code status}: of the HTTP response, as set. */
    public static ConflictException leaseLost(String record, int status) {
        return new ConflictException(
                "Session " + record
                        + ": the exclusive request has lost its lease, so others may have worked with the session"
                        + " meanwhile. Nothing of this request was stored; repeat it. If that happens often, this node pauses or"
                        + " cannot reach Redis for longer than exclusiveLeaseMillis; raise it.",
                status);
    }

    /** Whether the request lost its lease; false: an attribute's policy let it fail. */
    public boolean isLeaseLost() {
        return leaseLost;
    }

    /** HTTP status the request is to be answered with. */
    public int status() {
        return status;
    }
}
