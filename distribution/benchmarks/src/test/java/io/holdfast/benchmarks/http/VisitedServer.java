package io.holdfast.benchmarks.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stands in for a node: it creates and ends sessions, gives them new ids, and answers 410 to every id that it does not know. */
final class VisitedServer implements AutoCloseable {
    private static final int THREADS = 16;
    private static final Set<String> READING = Set.of("read", "write", "append", "leave");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Set<String> living = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private VisitedServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/benchmark/session/", this::answer);
        server.start();
    }

    static VisitedServer start() throws IOException {
        return new VisitedServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Starts so many sessions; the answer is their cookies. */
    List<String> createSessions(int howMany) {
        return Stream.generate(this::newCookie).limit(howMany).toList();
    }

    /** How many sessions clients have created. */
    int created() {
        return created.get();
    }

    /** How many sessions clients have ended. */
    int ended() {
        return ended.get();
    }

    /** What clients have asked for without doing anything to a session: cookie and last word of the path of each such request. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            @Nullable String cookie = exchange.getRequestHeaders().getFirst("Cookie");
            if (READING.contains(path.substring(path.lastIndexOf('/') + 1))) {
                asked.add(cookie + " " + path.substring(path.lastIndexOf('/') + 1));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            boolean known = cookie == null ? path.endsWith("/create") : living.remove(cookie);
            if (!known) {
                exchange.sendResponseHeaders(410, -1);
                return;
            }
            switch (path.substring(path.lastIndexOf('/'))) {
                case "/create" -> {
                    created.incrementAndGet();
                    set(exchange, newCookie());
                }
                case "/login" -> set(exchange, newCookie());
                default -> {
                    ended.incrementAndGet();
                    set(exchange, "id=");
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static void set(HttpExchange exchange, String cookie) {
        exchange.getResponseHeaders().set("Set-Cookie", cookie + "; Path=/; HttpOnly");
    }

    private String newCookie() {
        String cookie = "id=" + ids.incrementAndGet();
        living.add(cookie);
        return cookie;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
