package io.holdfast.jetty;

import io.holdfast.request.Refusal;
import io.holdfast.session.StoreException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;

/**
 * What the application meets when its session could not be asked for: the request ends with 503 if the application lets it pass,
 * and with the application's error page for that status, if it has one. Never means that there is no session. Jetty does not log
 * it; that the store does not answer is logged once.
 */
final class SessionUnavailableException extends RuntimeException implements HttpException, QuietException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    SessionUnavailableException(StoreException cause) {
        super(cause.getMessage(), cause);
        refusal = Refusal.of(cause);
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
