package io.holdfast.jetty.scenarios;

import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.jetty.HoldfastSessionIdManager;
import io.holdfast.scenarios.Application;
import io.holdfast.scenarios.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** A node that is a Jetty, configured as the documentation says: with three beans of the server. */
final class JettyNode implements Node {
    /** The one of Jetty's {@code webdefault.xml}; without that file, sessions never end. */
    private static final int DEFAULT_TIMEOUT_MINUTES = 30;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();
    private final HoldfastSessionIdManager ids = new HoldfastSessionIdManager(server);
    private final HoldfastSessionDataStoreFactory store = new HoldfastSessionDataStoreFactory();
    private final JettyApplication application;
    private final List<JettyApplication> others = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private JettyNode(Cache cache) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(contexts);
        ids.setWorkerName(""); // Jetty's own default would stand behind every id
        server.addBean(ids, true);
        server.addBean(store);
        server.addBean(cache.factory());
        application = JettyApplication.create(CONTEXT_PATH, this);
        application.sessionTimeout(DEFAULT_TIMEOUT_MINUTES);
        contexts.addHandler(application.handler());
    }

    /** Starts a Jetty; {@code setUp} sees it before that. */
    static JettyNode start(Consumer<JettyNode> setUp) {
        return start(Cache.HOLDFAST, setUp);
    }

    /** Like {@link #start(Consumer)}, with another cache. */
    static JettyNode start(Cache cache, Consumer<JettyNode> setUp) {
        JettyNode node = new JettyNode(cache);
        setUp.accept(node);
        run(node.server::start);
        node.application.started();
        node.others.forEach(JettyApplication::started);
        return node;
    }

    @Override
    public JettyApplication application() {
        return application;
    }

    @Override
    public Application deployStock(String contextPath) {
        JettyApplication stock = JettyApplication.create(contextPath, this);
        stock.keepSessionsInMemory();
        contexts.addHandler(stock.handler());
        return stock;
    }

    /** Adds an application whose sessions {@code keeper} keeps; before the node starts. */
    JettyApplication deploy(String contextPath, HoldfastSessionDataStoreFactory keeper) {
        JettyApplication other = JettyApplication.create(contextPath, this);
        other.sessionTimeout(DEFAULT_TIMEOUT_MINUTES);
        keeper.keepSessionsOf(other.sessions());
        contexts.addHandler(other.handler());
        others.add(other);
        return other;
    }

    @Override
    public Node route(String route) {
        ids.setWorkerName(route);
        return this;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    Server server() {
        return server;
    }

    /** Sets a setting of Holdfast, for all applications of the server. */
    void setSetting(String setting, String value) {
        store.setSetting(setting, value);
    }

    /** What Jetty does at intervals: ends sessions whose time is over. */
    void scavenge() {
        ids.scavenge();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            run(server::stop);
        }
    }

    /** Part of a life cycle of Jetty's. */
    interface Step {
        void run() throws Exception;
    }

    static void run(Step step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
