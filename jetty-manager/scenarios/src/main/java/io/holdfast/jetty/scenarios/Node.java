package io.holdfast.jetty.scenarios;

import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.jetty.HoldfastSessionIdManager;
import io.holdfast.localredis.TestRedis;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DefaultSessionCache;

/** A Jetty with one web application, whose sessions are in Redis. */
final class Node {
    /** What the session's attribute "user" was when listeners were told the end. */
    final List<String> ended = new CopyOnWriteArrayList<>();

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final HoldfastSessionIdManager ids = new HoldfastSessionIdManager(server);
    private final ServletContextHandler application = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    private Node(String worker, String namespace, Cache cache, String redisUri) {
        HoldfastSessionDataStoreFactory store = new HoldfastSessionDataStoreFactory();
        store.setRedisUri(redisUri);
        store.setNamespace(namespace);
        store.setSetting("reaperIntervalSeconds", "1");
        ids.setWorkerName(worker);
        server.addConnector(connector);
        server.addBean(store);
        server.addBean(cache.factory());
        server.addBean(ids, true);
        application.addServlet(new ServletHolder(new PageServlet(pages)), "/*");
        application.addEventListener(new EndListener());
        server.setHandler(application);
    }

    static Node start(String worker, String namespace, Cache cache) throws Exception {
        return start(worker, namespace, cache, TestRedis.shared().uri());
    }

    static Node start(String worker, String namespace, Cache cache, String redisUri) throws Exception {
        Node node = new Node(worker, namespace, cache, redisUri);
        node.server.start();
        return node;
    }

    Node page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    /** What Jetty does at intervals: ends sessions whose time is over. */
    void scavenge() {
        ids.scavenge();
    }

    /** How many sessions its cache holds. */
    long cachedSessions() {
        return ((DefaultSessionCache) application.getSessionHandler().getSessionCache()).getSessionsCurrent();
    }

    String url(String path) {
        return "http://127.0.0.1:" + connector.getLocalPort() + path;
    }

    void stop() throws Exception {
        server.stop();
    }

    private final class EndListener implements HttpSessionListener {
        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            ended.add(String.valueOf(event.getSession().getAttribute("user")));
        }
    }
}
