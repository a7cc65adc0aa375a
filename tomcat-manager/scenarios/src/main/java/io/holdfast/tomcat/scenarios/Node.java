package io.holdfast.tomcat.scenarios;

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

/** One Tomcat with a web application at {@code /app}, and others where a test wants them, whose sessions are in Redis. */
final class Node implements AutoCloseable {
    static final String CONTEXT_PATH = "/app";

    private final Tomcat tomcat = new Tomcat();
    private final Path directory;
    private final Application application;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Node() throws IOException {
        directory = Files.createTempDirectory("holdfast-node");
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        application = deploy(CONTEXT_PATH);
    }

    /** Starts a Tomcat; {@code setUp} sees it before that. */
    static Node start(Consumer<Node> setUp) {
        try {
            Node node = new Node();
            setUp.accept(node);
            node.tomcat.start();
            return node;
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a web application; its manager still needs settings. */
    Application deploy(String contextPath) {
        return deploy(contextPath, true);
    }

    /** Adds a web application, with a manager of ours or with Tomcat's own. */
    Application deploy(String contextPath, boolean managed) {
        return deploy(contextPath, directory, managed);
    }

    /** Adds a web application whose classes are in {@code WEB-INF/classes} of {@code folder}; its manager still needs settings. */
    Application deploy(String contextPath, Path folder) {
        return deploy(contextPath, folder, true);
    }

    private Application deploy(String contextPath, Path folder, boolean managed) {
        StandardContext context = (StandardContext) tomcat.addContext(contextPath, folder.toString());
        // Looking for leaks takes longer than most scenarios, and warns of what JDK 17 forbids.
        context.setClearReferencesRmiTargets(false);
        IntrospectionUtils.setProperty(context, "clearReferencesObjectStreamClassCaches", "false"); // not in Tomcat 11
        context.setClearReferencesThreadLocals(false);
        return new Application(context, managed);
    }

    Node on(String path, Handler handler) {
        application.on(path, handler);
        return this;
    }

    /** Sets an attribute of the {@code <Manager>} element; takes effect when the application starts. */
    Node set(String attribute, String value) {
        application.set(attribute, value);
        return this;
    }

    /** Stops the application and starts it again, by and by with other settings; sessions come back from Redis. */
    void restart() {
        try {
            context().stop();
            context().start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    Application application() {
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

    /** Address of a page. */
    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    int port() {
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
