package io.holdfast.request;

import io.holdfast.conflict.ConflictException;
import io.holdfast.exclusive.ExclusiveTimeoutException;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;

/**
 * How a request ends whose session could not be used or stored.
 *
 * @param status of HTTP
 * @param message what the client is told
 */
public record Refusal(int status, String message) {
    private static final int SERVICE_UNAVAILABLE = 503;

    /** The refusal of a request that failed because of {@code cause}. */
    public static Refusal of(StoreException cause) {
        int status = cause instanceof ConflictException conflict ? conflict.status() : SERVICE_UNAVAILABLE;
        return new Refusal(status, message(cause));
    }

    private static String message(StoreException cause) {
        if (cause instanceof ExclusiveTimeoutException) {
            return "Another request of your session takes long, and this one has to wait for it. Your session is kept; please"
                    + " try again.";
        }
        if (cause instanceof ConflictException conflict && conflict.isLeaseLost()) {
            return "This request took too long, and another one of your session may have had its turn meanwhile. Nothing of this"
                    + " request was stored; please try again.";
        }
        if (cause instanceof ConflictException) {
            return "Another request changed the same part of your session at the same time. Nothing of this request was"
                    + " stored; please try again.";
        }
        return cause instanceof StoreUnavailableException
                ? "The session store does not answer. Your session is kept; please try again."
                : "Nothing of this request could be stored. Your session is kept; please try again.";
    }
}
