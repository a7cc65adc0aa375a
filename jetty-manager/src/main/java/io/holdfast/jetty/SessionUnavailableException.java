package io.holdfast.jetty;

import io.holdfast.request.Refusal;
import io.holdfast.session.StoreException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;

/**
 * What the application meets when its session could not be asked for: the request ends with 503 if the application lets it pass,
 * and with the application's error page for that status, if it has one. Never means that there is no session.
 *
 * <p>Says what a client may read, since Jetty's own error page shows it, and has no cause, since that shows causes too. Jetty does
 * not log it; the log tells once that the store does not answer, and why.
 */
final class SessionUnavailableException extends RuntimeException implements HttpException, QuietException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    SessionUnavailableException(StoreException cause) {
        this(Refusal.of(cause));
    }

    private SessionUnavailableException(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    @Override
    public int getCode() {
        return refusal.status();
    }

    @Override
    public String getReason() {
        return refusal.message();
    }
}
