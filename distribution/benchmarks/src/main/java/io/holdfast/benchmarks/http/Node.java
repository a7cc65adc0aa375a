package io.holdfast.benchmarks.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A Tomcat in a process of its own that ends with {@link #close} or with this JVM, even if that is killed. */
final class Node implements AutoCloseable {
    /** Of each node; the heap has one size from the start, so that no measurement meets it growing. */
    static final String JVM_OPTIONS = "-Xms512m -Xmx512m";

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Pattern STARTED = Pattern.compile("Server startup in ");
    private static final Pattern PORT = Pattern.compile("Starting ProtocolHandler \\[\"http-nio-auto-\\d+-(\\d+)\"]");
    private static final String CONSOLE = "logs/catalina.out";

    private final TomcatHome home;
    private final Process server;
    private final Process watch;
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private long askedServed;

    private Node(TomcatHome home, Process server, Process watch) {
        this.home = home;
        this.server = server;
        this.watch = watch;
    }

    /** Starts it and goes on; {@link #awaitStarted} has to follow. */
    static Node launch(TomcatHome home) {
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/catalina.sh").toString(), "run");
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(CATALINA|JAVA|JRE|JPDA|LOGGING)_.*|CLASSPATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CATALINA_OPTS", JVM_OPTIONS);
        try {
            Process server = builder.redirectErrorStream(true)
                    .redirectOutput(home.resolve(CONSOLE).toFile())
                    .start();
            return new Node(home, server, watchOver(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A shell that kills the server when our end of its standard input closes, however this JVM ends. */
    private static Process watchOver(Process server) throws IOException {
        try {
            return new ProcessBuilder("sh", "-c", "read -r line; kill -9 " + server.pid()).start();
        } catch (IOException e) {
            server.destroyForcibly();
            throw e;
        }
    }

    /** Waits until it serves. */
    void awaitStarted() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!STARTED.matcher(console()).find()) {
            if (exitedWithin(POLL_INTERVAL)) {
                throw new IllegalStateException("Tomcat exited instead of starting:\n" + console());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Tomcat did not start within " + START_TIMEOUT + ":\n" + console());
            }
        }
        Matcher matcher = PORT.matcher(console());
        if (!matcher.find()) {
            throw new IllegalStateException("no port in the log:\n" + console());
        }
        port = Integer.parseInt(matcher.group(1));
    }

    private String console() {
        return home.read(CONSOLE);
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
                .orElseThrow(() -> new IllegalStateException("no session was created: " + response + "\n" + console()));
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

    /** Bytes that all its threads have allocated on the heap since they started. */
    long allocatedBytes() {
        return Long.parseLong(send(request("allocated").build()).body());
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
        return server.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not tell processor times"));
    }

    /** Ends it the hard way, which is quick, and waits until it is gone: nothing of it is needed any more. */
    @Override
    public void close() {
        watch.destroyForcibly(); // first, so that it never kills a later process with the same id
        server.destroyForcibly();
        if (!exitedWithin(STOP_TIMEOUT)) {
            throw new IllegalStateException("Tomcat survived SIGKILL for " + STOP_TIMEOUT);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private boolean exitedWithin(Duration time) {
        try {
            return server.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Tomcat", e);
        }
    }
}
