package io.holdfast.jetty;

import org.eclipse.jetty.session.SessionContext;
import org.jspecify.annotations.Nullable;

/**
 * The default namespace of a web application: its virtual host and its context path, in the form that the Tomcat manager gives
 * them. So the same application has the same records on both.
 */
final class Namespaces {
    private static final String HOST_OF_ALL = "localhost";
    private static final String ROOT = "ROOT";

    /** That of the root application of a server without virtual hosts. */
    static final String OF_ROOT = HOST_OF_ALL + "/" + ROOT;

    private Namespaces() {}

    static String of(SessionContext context) {
        String path = context.getContext() == null ? null : context.getContext().getContextPath();
        return of(context.getVhost(), path);
    }

    static String of(String virtualHost, @Nullable String contextPath) {
        String host = virtualHost.equals(SessionContext.NULL_VHOST) ? HOST_OF_ALL : virtualHost;
        String name = contextPath == null || contextPath.length() <= 1 ? ROOT : contextPath.substring(1);
        return clean(host) + "/" + clean(name);
    }

    private static String clean(String text) {
        return text.replaceAll("[^A-Za-z0-9._:-]", "_");
    }
}
