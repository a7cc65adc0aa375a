package io.holdfast.demo.front;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.demo.experiment.Experiments;
import io.holdfast.demo.experiment.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The one address people and experiments talk to: the page, and in front of both nodes a balancer that takes turns. */
public final class Front implements AutoCloseable {
    static {
        // Without it, each answer waits for the delayed acknowledgement of its header: 40 ms that nobody measures for
        // fun.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Front::newThread);

    private Front(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /** Opens a free port of 127.0.0.1 and passes requests for the shop on to {@code nodes}. */
    public static Front open(List<URI> nodes) {
        try {
            Front front =
                    new Front(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG));
            front.balance(nodes);
            front.server.start();
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException("The front finds no free port on 127.0.0.1", e);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Adds the page, and the experiments it shows. */
    public void serve(Experiments experiments) {
        server.createContext("/demo/", new ExperimentsHandler(experiments));
        server.createContext("/", new PageHandler());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void balance(List<URI> nodes) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        for (Side side : Side.values()) {
            // Each application has its own turn, so that what happens in one does not decide who serves the other.
            server.createContext(side.path() + "/", new RoundRobin(http, nodes));
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "demo-front");
        thread.setDaemon(true);
        return thread;
    }
}
