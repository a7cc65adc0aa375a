package io.holdfast.jetty;

import io.holdfast.request.Refusal;
import io.holdfast.session.StoreException;
import org.eclipse.jetty.http.HttpException;

/**
 * A session could not be looked for. An error, because Jetty takes each exception of a look-up for "no session", which would log
 * the user out. It ends the request with 503.
 */
final class SessionLookupError extends Error implements HttpException {
    private static final long serialVersionUID = 1L;
    private final transient StoreException failure;

    SessionLookupError(StoreException cause) {
        super(Refusal.of(cause).message(), null, true, false);
        failure = cause;
    }

    StoreException failure() {
        return failure;
    }

    @Override
    public int getCode() {
        return Refusal.of(failure).status();
    }

    @Override
    public String getReason() {
        return Refusal.of(failure).message();
    }
}
