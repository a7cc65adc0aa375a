package io.holdfast.scenarios;

import java.util.EventListener;

/** One container with a web application at {@code /app}, and others where a test wants them, whose sessions are in Redis. */
public interface Node extends AutoCloseable {
    String CONTEXT_PATH = "/app";

    /** The application at {@link #CONTEXT_PATH}. */
    Application application();

    /** Adds an application whose sessions are where the container itself keeps them; before the node starts. */
    Application deployStock(String contextPath);

    /** What stands behind the ids of sessions this node has created, for a balancer; before the node starts. */
    Node route(String route);

    int port();

    @Override
    void close();

    default Node on(String path, Handler handler) {
        application().on(path, handler);
        return this;
    }

    default Node set(String setting, String value) {
        application().set(setting, value);
        return this;
    }

    default Node listen(EventListener listener) {
        application().listen(listener);
        return this;
    }

    default Node errorPage(int status, String path) {
        application().errorPage(status, path);
        return this;
    }

    default Node user(String name) {
        application().user(name);
        return this;
    }

    default Node logins(Logins.Method method) {
        application().logins(method);
        return this;
    }

    default void restart() {
        application().restart();
    }

    default void sweep() {
        application().sweep();
    }

    default long count(Figure figure) {
        return application().count(figure);
    }

    /** Address of a page. */
    default String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }
}
