package io.holdfast.jetty;

import java.util.List;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.SessionManager;

/** When Jetty has to know at a request's entry whether its session lives. */
final class EntryRule {
    private EntryRule() {}

    /**
     * Whether the request names several sessions, of which Jetty takes the one that lives, or the age of the session's cookie
     * decides whether the client gets it again.
     */
    static boolean isAtOnce(SessionManager manager, Request request) {
        boolean cookieAges = manager.getMaxCookieAge() > 0 && manager.getRefreshCookieAge() > 0;
        return cookieAges || request.getHttpURI().getParam() != null || hasSeveralCookies(manager, request);
    }

    private static boolean hasSeveralCookies(SessionManager manager, Request request) {
        List<HttpCookie> cookies = Request.getCookies(request);
        int sessions = 0;
        for (HttpCookie cookie : cookies == null ? List.<HttpCookie>of() : cookies) {
            if (cookie.getName().equalsIgnoreCase(manager.getSessionCookie())) {
                sessions++;
            }
        }
        return sessions > 1;
    }
}
