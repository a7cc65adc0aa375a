package io.holdfast.jetty;

import org.eclipse.jetty.session.SessionContext;

/**
 * The default namespace of a web application: its virtual host and its context path, in the form that the Tomcat manager gives
 * them. So the same application has the same records on both.
 */
final class Namespaces {
    private static final String HOST_OF_ALL = "localhost";
    private static final String ROOT = "ROOT";

    private Namespaces() {}

    static String of(SessionContext context) {
        String host = context.getVhost().equals(SessionContext.NULL_VHOST) ? HOST_OF_ALL : context.getVhost();
        String path = context.getContext() == null ? "" : context.getContext().getContextPath();
        String name = path == null || path.length() <= 1 ? ROOT : path.substring(1);
        return host + "/" + name.replaceAll("[^A-Za-z0-9._:-]", "_");
    }
}
