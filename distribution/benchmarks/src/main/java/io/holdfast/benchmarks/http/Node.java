package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.WatchedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own that ends with {@link #close} or with this JVM, even if that is killed. */
final class Node implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final ServerHome home;
    private final WatchedProcess server;
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private long askedServed;

    private Node(ServerHome home, WatchedProcess server) {
        this.home = home;
        this.server = server;
    }

    /** Starts it and goes on; {@link #awaitStarted} has to follow. */
    static Node launch(ServerHome home) {
        return new Node(home, WatchedProcess.start(home.name(), home.command(), home.console()));
    }

    /** Waits until it serves. */
    void awaitStarted() {
        server.awaitConsole(home.started());
        port = Integer.parseInt(server.awaitConsole(home.port()).group(1));
    }

    /** Where it listens, for a load generator. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts a session; the answer is its cookie, as a client sends it. */
    String createSession() {
        HttpResponse<String> response = send(request("session/create").build());
        String cookie = response.headers()
                .firstValue("Set-Cookie")
                .orElseThrow(() ->
                        new IllegalStateException("no session was created: " + response + "\n" + server.console()));
        int attributes = cookie.indexOf(';');
        return attributes < 0 ? cookie : cookie.substring(0, attributes);
    }

    /** How many updates of a session the request tells of; 0 if the session is gone. */
    long updatesFound(String request, String cookie) {
        HttpResponse<String> response =
                send(request("session/" + request).header("Cookie", cookie).build());
        return response.statusCode() == 200 ? Long.parseLong(response.body()) : 0;
    }

    /** How many requests it has answered, and how many of them with an error, once it is busy with none. */
    Served awaitIdle() {
        long deadline = System.nanoTime() + IDLE_TIMEOUT.toNanos();
        @Nullable Served earlier = null;
        while (true) {
            String[] counts = send(request("served").build()).body().split(" ", 3);
            // It has counted those of our own questions that came before this one, and is busy with this one.
            Served served = new Served(Long.parseLong(counts[0]) - askedServed, Long.parseLong(counts[1]));
            boolean idle = Long.parseLong(counts[2]) <= 1;
            askedServed++;
            // A request may have been sent that no thread has taken yet.
            if (idle && served.equals(earlier)) {
                return served;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("requests are not done after " + IDLE_TIMEOUT + ": " + served);
            }
            earlier = idle ? served : null;
            pause();
        }
    }

    /** What its JVM tells of its work since it started. */
    JvmTotals jvm() {
        String[] totals = send(request("jvm").build()).body().split(" ", 2);
        return new JvmTotals(Long.parseLong(totals[0]), Long.parseLong(totals[1]));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address() + "/benchmark/" + path))
                .timeout(ANSWER_TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking " + request, e);
        }
    }

    /** Processor time that its process has used since it started. */
    Duration cpu() {
        return server.cpu();
    }

    /** Ends it the hard way, which is quick: nothing of it is needed any more. */
    @Override
    public void close() {
        server.close();
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
