package io.holdfast.demo.node;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.catalina.Container;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/**
 * One embedded Tomcat with the shop at {@code /stock} and at {@code /holdfast}. Each deployment has its own
 * {@code context.xml}, read by Tomcat as it reads those of a web application on disk.
 */
final class Node implements AutoCloseable {
    private final Tomcat tomcat = new Tomcat();

    private Node(String name, Path directory) throws IOException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        deploy("stock", name, directory);
        deploy("holdfast", name, directory);
    }

    /**
     * Starts a Tomcat on a free port of 127.0.0.1.
     *
     * @throws LifecycleException if it does not start with both applications
     */
    static Node start(String name, Path directory) throws IOException, LifecycleException {
        Node node = new Node(name, directory);
        node.tomcat.start();
        for (Container application : node.tomcat.getHost().findChildren()) {
            if (!application.getState().isAvailable()) {
                throw new LifecycleException(application.getName() + " did not start; the reason stands above");
            }
        }
        return node;
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private void deploy(String application, String node, Path directory) throws IOException {
        URL configuration = Objects.requireNonNull(Node.class.getResource(application + ".xml"), application);
        ContextConfig reader = new ContextConfig();
        reader.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        StandardJarScanner nothing = new StandardJarScanner();
        nothing.setScanClassPath(false);
        StandardContext context = new StandardContext();
        context.setName("/" + application);
        context.setPath("/" + application);
        context.setDocBase(
                Files.createDirectories(directory.resolve(application)).toString());
        context.setConfigFile(configuration);
        context.setJarScanner(nothing);
        context.addLifecycleListener(reader);
        tomcat.getHost().addChild(context);
        Tomcat.addServlet(context, "shop", new ShopServlet(node)).addMapping("/");
    }
}
