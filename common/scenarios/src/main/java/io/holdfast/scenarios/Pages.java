package io.holdfast.scenarios;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** The pages that every application here has; each prints one line. */
public final class Pages {
    /** What {@link #NO_SESSION} pages print where a request has no session. */
    public static final String NO_SESSION = "no session";

    /** What the names begin with under which Jetty keeps a login among the attributes of the application. */
    private static final String KEPT_BY_JETTY = "org.eclipse.jetty.";

    private Pages() {}

    /** Takes pages: a whole cluster or one application. */
    public interface Deployment {
        Object on(String path, Handler handler);
    }

    public static void deploy(Deployment application) {
        application.on("/set", (request, response) -> {
            request.getSession().setAttribute(name(request), request.getParameter("value"));
            response.getWriter().print("ok");
        });
        application.on("/remove", (request, response) -> request.getSession().removeAttribute(name(request)));
        application.on("/get", (request, response) -> response.getWriter().print(attribute(request)));
        application.on("/names", (request, response) -> response.getWriter().print(names(request.getSession(false))));
        application.on("/id", (request, response) -> response.getWriter().print(id(request.getSession(false))));
        application.on("/new", (request, response) -> response.getWriter().print(id(request.getSession())));
        application.on(
                "/invalidate", (request, response) -> request.getSession().invalidate());
        application.on("/rotate", (request, response) -> response.getWriter().print(request.changeSessionId()));
        application.on("/nothing", (request, response) -> response.getWriter().print("ok"));
    }

    public static String names(@Nullable HttpSession session) {
        return session == null
                ? NO_SESSION
                : String.join(
                        ",",
                        Collections.list(session.getAttributeNames()).stream()
                                .filter(name -> !name.startsWith(KEPT_BY_JETTY))
                                .sorted()
                                .toList());
    }

    public static String id(@Nullable HttpSession session) {
        return session == null ? NO_SESSION : session.getId();
    }

    private static Object attribute(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? NO_SESSION : String.valueOf(session.getAttribute(name(request)));
    }

    private static String name(HttpServletRequest request) {
        return request.getParameter("name");
    }
}
