package io.holdfast.demo.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.logging.LogManager;
import org.apache.catalina.LifecycleException;

/**
 * The process of one node. Its launcher holds the other end of its standard input, and the node ends when that closes: when
 * the launcher says so, and also when the launcher is killed, because then the system closes it.
 */
public final class NodeMain {
    /** What the first line on standard output begins with; the port follows. */
    public static final String READY = "ready on port ";

    /** System properties that the {@code context.xml} files refer to. */
    public static final String REDIS_URI = "demo.redisUri";

    public static final String SHARED_DIRECTORY = "demo.sharedDirectory";

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private NodeMain() {}

    /**
     * Runs a node until standard input ends; with exit code 1 if it cannot start.
     *
     * @param args the name of the node and a directory of its own
     */
    public static void main(String[] args) {
        int exitCode = 1;
        try {
            readLogging();
            run(args[0], Path.of(args[1]));
            exitCode = 0;
        } catch (IOException | LifecycleException e) {
            System.err.println(e.getMessage());
        } finally {
            System.exit(exitCode);
        }
    }

    private static void run(String name, Path directory) throws IOException, LifecycleException {
        try (Node node = Node.start(name, directory)) {
            System.out.println(READY + node.port());
            System.in.transferTo(OutputStream.nullOutputStream());
            endInAnyCase();
        }
    }

    private static void readLogging() throws IOException {
        try (InputStream settings = NodeMain.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(Objects.requireNonNull(settings));
        }
    }

    /** Nobody may be left to end a node that does not manage to stop. */
    private static void endInAnyCase() {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(PATIENCE.toMillis());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(1);
                },
                "end-in-any-case");
        watch.setDaemon(true);
        watch.start();
    }
}
