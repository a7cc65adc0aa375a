package io.holdfast.benchmarks.heap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A {@link HeapNode} as the benchmark sees it: its process, and what it answers. */
final class HeapProcess implements AutoCloseable {
    /** Of each node. */
    static final String HEAP = "-Xmx1g";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 8;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;

    private HeapProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts one with these arguments, and waits until it listens. */
    static HeapProcess start(Path log, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                HeapNode.class.getName()));
        Collections.addAll(command, arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try {
                return new HeapProcess(process, port(process, log));
            } catch (IOException | RuntimeException e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(Process process, Path log) throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(HeapNode.LISTENS)) {
                return Integer.parseInt(line.substring(HeapNode.LISTENS.length()));
            }
        }
        throw new IllegalStateException("the node did not start; see " + log.toAbsolutePath());
    }

    /** Makes so many sessions; their cookies. */
    List<String> create(int howMany) {
        List<String> cookies = new ArrayList<>();
        while (cookies.size() < howMany) {
            int now = Math.min(AT_ONCE, howMany - cookies.size());
            Stream.generate(() -> send(request("create").build())).limit(now).toList().stream()
                    .map(HeapProcess::join)
                    .map(HeapProcess::cookie)
                    .forEach(cookies::add);
        }
        return cookies;
    }

    /** Asks once for each of these sessions. */
    void ask(String path, List<String> cookies) {
        for (int from = 0; from < cookies.size(); from += AT_ONCE) {
            cookies.subList(from, Math.min(cookies.size(), from + AT_ONCE)).stream()
                    .map(cookie -> send(request(path).header("Cookie", cookie).build()))
                    .toList()
                    .forEach(HeapProcess::join);
        }
    }

    /** What is live in its heap. */
    ClassHistogram histogram() {
        return ClassHistogram.parse(join(send(request("histogram").build())).body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d/%s", port, path)))
                .timeout(PATIENCE);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> join(CompletableFuture<HttpResponse<String>> answer) {
        HttpResponse<String> response = answer.join();
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the node answered " + response + ": " + response.body());
        }
        return response;
    }

    private static String cookie(HttpResponse<String> response) {
        String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
