package io.holdfast.tomcat.scenarios;

import io.holdfast.tomcat.RedisSessionManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** One Tomcat with one web application at {@code /app} whose sessions are in Redis. */
final class Node implements AutoCloseable {
    static final String CONTEXT_PATH = "/app";

    private final Tomcat tomcat = new Tomcat();
    private final HandlerServlet application = new HandlerServlet();
    private final RedisSessionManager manager = new RedisSessionManager();
    private final Context context;

    private Node(Consumer<RedisSessionManager> settings, Consumer<Context> customizer) throws IOException {
        Path base = Files.createTempDirectory("holdfast-node");
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext(CONTEXT_PATH, base.toString());
        Wrapper wrapper = Tomcat.addServlet(context, "application", application);
        wrapper.setAsyncSupported(true);
        wrapper.addMapping("/");
        settings.accept(manager);
        context.setManager(manager);
        customizer.accept(context);
    }

    /** Starts a Tomcat; {@code customizer} sees the web application before it starts. */
    static Node start(Consumer<RedisSessionManager> settings, Consumer<Context> customizer) {
        try {
            Node node = new Node(settings, customizer);
            node.tomcat.start();
            return node;
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    Node on(String path, Handler handler) {
        application.on(path, handler);
        return this;
    }

    RedisSessionManager manager() {
        return manager;
    }

    Context context() {
        return context;
    }

    String url(String pathAndQuery) {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + CONTEXT_PATH + pathAndQuery;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
