package io.holdfast.jetty.scenarios;

import io.holdfast.jetty.HoldfastSessionCacheFactory;
import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.jetty.HoldfastSessionIdManager;
import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Node;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.session.SessionHandler;
import org.eclipse.jetty.util.Callback;

/** A node that is a Jetty whose application is a handler, without servlets. */
final class CoreNode implements Node {
    private static final int TIMEOUT_SECONDS = 1800;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    /** What the application answers to a request. */
    @FunctionalInterface
    interface Page {
        String answer(Request request, Response response);
    }

    private CoreNode(String redisUri, String namespace, Session.LifeCycleListener listener) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.addBean(new HoldfastSessionIdManager(server), true);
        HoldfastSessionDataStoreFactory store = new HoldfastSessionDataStoreFactory();
        store.setRedisUri(redisUri);
        store.setNamespace(namespace);
        server.addBean(store);
        server.addBean(new HoldfastSessionCacheFactory());
        SessionHandler sessions = new SessionHandler();
        sessions.setMaxInactiveInterval(TIMEOUT_SECONDS);
        sessions.setHandler(new PagesHandler());
        ContextHandler context = new ContextHandler(sessions, CONTEXT_PATH);
        context.setAttribute("listener", listener);
        server.setHandler(context);
    }

    static CoreNode start(String redisUri, String namespace, Session.LifeCycleListener listener) {
        CoreNode node = new CoreNode(redisUri, namespace, listener);
        JettyNode.run(node.server::start);
        return node;
    }

    CoreNode page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public Application application() {
        throw new UnsupportedOperationException("an application without servlets");
    }

    @Override
    public Application deployStock(String contextPath) {
        throw new UnsupportedOperationException("an application without servlets");
    }

    @Override
    public Node route(String route) {
        throw new UnsupportedOperationException("an application without servlets");
    }

    @Override
    public void close() {
        JettyNode.run(server::stop);
    }

    private final class PagesHandler extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Page page = pages.get(Request.getPathInContext(request));
            if (page == null) {
                return false;
            }
            Content.Sink.write(response, true, page.answer(request, response), callback);
            return true;
        }
    }
}
