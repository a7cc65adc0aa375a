package io.holdfast.tomcat.scenarios;

import io.holdfast.scenarios.Node;
import io.holdfast.tomcat.RedisSessionManager;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.IntrospectionUtils;

/** A node that is a Tomcat. */
final class TomcatNode implements Node {
    /** How long a stop waits for requests under way. No scenario hangs on Tomcat's two seconds, and many would wait for them. */
    private static final int UNLOAD_DELAY_MILLIS = 200;

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final TomcatApplication application;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TomcatNode() throws IOException {
        directory = Files.createTempDirectory("holdfast-node");
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        application = deploy(CONTEXT_PATH);
    }

    /** Starts a Tomcat; {@code setUp} sees it before that. */
    static TomcatNode start(Consumer<TomcatNode> setUp) {
        try {
            TomcatNode node = new TomcatNode();
            setUp.accept(node);
            node.tomcat.start();
            return node;
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A node of a cluster, as the Tomcat it is. */
    static TomcatNode of(Node node) {
        return (TomcatNode) node;
    }

    @Override
    public TomcatApplication deployStock(String contextPath) {
        return deploy(contextPath, directory, false);
    }

    /** Adds a web application; its manager still needs settings. */
    TomcatApplication deploy(String contextPath) {
        return deploy(contextPath, directory, true);
    }

    /** Adds a web application whose classes are in {@code WEB-INF/classes} of {@code folder}; its manager still needs settings. */
    TomcatApplication deploy(String contextPath, Path folder) {
        return deploy(contextPath, folder, true);
    }

    private TomcatApplication deploy(String contextPath, Path folder, boolean managed) {
        StandardContext context = (StandardContext) tomcat.addContext(contextPath, folder.toString());
        // Looking for leaks takes longer than most scenarios, and warns of what JDK 17 forbids.
        context.setClearReferencesRmiTargets(false);
        IntrospectionUtils.setProperty(context, "clearReferencesObjectStreamClassCaches", "false"); // not in Tomcat 11
        context.setClearReferencesThreadLocals(false);
        context.setUnloadDelay(UNLOAD_DELAY_MILLIS);
        return new TomcatApplication(tomcat, context, managed);
    }

    @Override
    public TomcatNode route(String route) {
        tomcat.getEngine().setJvmRoute(route);
        return this;
    }

    @Override
    public TomcatApplication application() {
        return application;
    }

    Tomcat tomcat() {
        return tomcat;
    }

    RedisSessionManager manager() {
        return application.manager();
    }

    StandardContext context() {
        return application.context();
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        } finally {
            deleteDirectory();
        }
    }

    private void deleteDirectory() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
