package io.holdfast.benchmarks.heap;

import io.holdfast.tomcat.RedisSessionManager;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat in a process of its own with Holdfast, or with the manager that Tomcat itself brings. Ends when its standard input does. */
final class HeapNode {
    /** Before its port. */
    static final String LISTENS = "listens on ";

    private HeapNode() {}

    /** Takes the URI of a Redis for Holdfast, and nothing for Tomcat's own manager. */
    public static void main(String[] args) throws IOException, LifecycleException {
        Path directory = Path.of(
                        "target",
                        "heap-nodes",
                        Long.toString(ProcessHandle.current().pid()))
                .toAbsolutePath();
        Files.createDirectories(directory);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.setSilent(true);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        StandardContext context = (StandardContext) tomcat.addContext("", directory.toString());
        if (args.length == 0) {
            context.setManager(new StandardManager());
        } else {
            RedisSessionManager manager = new RedisSessionManager();
            manager.setRedisUri(args[0]);
            context.setManager(manager);
        }
        Tomcat.addServlet(context, "heap", new HeapServlet()).addMapping("/");
        tomcat.start();
        System.out.println(LISTENS + tomcat.getConnector().getLocalPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0); // its sessions need no orderly end
    }
}
