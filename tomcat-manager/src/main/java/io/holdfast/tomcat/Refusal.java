package io.holdfast.tomcat;

import io.holdfast.conflict.ConflictException;
import io.holdfast.exclusive.ExclusiveTimeoutException;
import io.holdfast.session.StoreException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.apache.catalina.util.SessionConfig;
import org.apache.coyote.Response;

/**
 * Turns the response of a request whose session could not be stored into an empty one with an error status: what the application prepared, cookies
 * included, must not reach the client, who keeps the session cookie it has. The exception is a session whose id has changed
 * for good during the request: its client would lose it without the new cookie.
 */
final class Refusal {
    static final int SERVICE_UNAVAILABLE = 503;
    private static final String SET_COOKIE = "Set-Cookie";

    private Refusal() {}

    /** The status a request ends with whose session was not stored because of {@code cause}. */
    static int status(StoreException cause) {
        return cause instanceof ConflictException conflict ? conflict.status() : SERVICE_UNAVAILABLE;
    }

    /** What the client is told then. */
    static String message(StoreException cause) {
        if (cause instanceof ExclusiveTimeoutException) {
            return "Another request of your session takes long, and this one has to wait for it. Your session is kept; please"
                    + " try again.";
        }
        if (cause instanceof ConflictException conflict && conflict.isLeaseLost()) {
            return "This request took too long, and another one of your session may have had its turn meanwhile. Nothing of this"
                    + " request was stored; please try again.";
        }
        return cause instanceof ConflictException
                ? "Another request changed the same part of your session at the same time. Nothing of this request was"
                        + " stored; please try again."
                : "The session store does not answer. Your session is kept; please try again.";
    }

    /** For a response that has not begun. */
    static void empty(Response response, RequestScope scope, int status) {
        List<String> kept = scope.isIdChanged() ? sessionCookies(response, scope) : List.of();
        response.reset();
        kept.forEach(cookie -> response.addHeader(SET_COOKIE, cookie));
        response.setStatus(status);
    }

    private static List<String> sessionCookies(Response response, RequestScope scope) {
        String start = SessionConfig.getSessionCookieName(scope.request().getContext()) + "=";
        List<String> cookies = new ArrayList<>();
        Enumeration<String> values = response.getMimeHeaders().values(SET_COOKIE);
        while (values.hasMoreElements()) {
            String cookie = values.nextElement();
            if (cookie.startsWith(start)) {
                cookies.add(cookie);
            }
        }
        return cookies;
    }
}
