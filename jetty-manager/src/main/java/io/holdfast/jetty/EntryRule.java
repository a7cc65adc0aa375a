package io.holdfast.jetty;

import java.util.List;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.SessionHandler;
import org.eclipse.jetty.session.SessionManager;

/** When Jetty has to know at a request's entry whether its session lives. */
final class EntryRule {
    private EntryRule() {}

    /**
     * Whether the request may name several sessions, of which Jetty takes the one that lives, or the age of the session's cookie
     * decides whether the client gets it again; or the application has no servlets: such a handler gets a new session only if
     * Jetty has found none as the request entered.
     */
    static boolean isAtOnce(SessionManager manager, Request request) {
        boolean cookieAges = manager.getMaxCookieAge() > 0 && manager.getRefreshCookieAge() > 0;
        boolean madeByAnotherApplication = request.getAttribute(DefaultSessionIdManager.__NEW_SESSION_ID) != null;
        boolean withoutServlets = manager instanceof SessionHandler;
        return withoutServlets
                || cookieAges
                || madeByAnotherApplication
                || cookies(manager, request) + parameters(request) > 1;
    }

    private static int cookies(SessionManager manager, Request request) {
        List<HttpCookie> cookies = Request.getCookies(request);
        int sessions = 0;
        for (HttpCookie cookie : cookies == null ? List.<HttpCookie>of() : cookies) {
            if (cookie.getName().equalsIgnoreCase(manager.getSessionCookie())) {
                sessions++;
            }
        }
        return sessions;
    }

    /** Path parameters of the address, one of which may be an id. */
    private static int parameters(Request request) {
        String parameters = request.getHttpURI().getParam();
        return parameters == null ? 0 : parameters.split(";", -1).length;
    }
}
