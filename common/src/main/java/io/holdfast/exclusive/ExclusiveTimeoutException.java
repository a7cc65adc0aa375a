package io.holdfast.exclusive;

import io.holdfast.session.StoreException;

/** An exclusive request has waited for other requests of its session for as long as it may; it has not seen the session. */
public final class ExclusiveTimeoutException extends StoreException {
    private static final long serialVersionUID = 1L;

    ExclusiveTimeoutException(String record, long waitedMillis, long longestMillis, String reason) {
        super("Session " + record + ": this exclusive request waited " + waitedMillis
                + " ms for other requests of its session ("
                + reason + "); all it may wait is " + longestMillis
                + " ms (exclusiveWaitMillis). Find out which requests take so long, make fewer of them exclusive (exclusive), or"
                + " raise exclusiveWaitMillis.");
    }
}
