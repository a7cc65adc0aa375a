package io.holdfast.tomcat;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.apache.catalina.util.SessionConfig;
import org.apache.coyote.Response;

/**
 * Turns the response of a request whose session could not be stored into an empty one with an error status, for a text that says why:
 * what the application prepared, cookies included, must not reach the client, who keeps the session cookie it has. The exception
 * is a session whose id has changed for good during the request: its client would lose it without the new cookie.
 */
final class RefusedResponse {
    private static final String SET_COOKIE = "Set-Cookie";

    private RefusedResponse() {}

    /** For a response that has not begun. */
    static void empty(Response response, RequestScope scope, int status) {
        List<String> kept = scope.sessions().isIdChanged() ? sessionCookies(response, scope) : List.of();
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
