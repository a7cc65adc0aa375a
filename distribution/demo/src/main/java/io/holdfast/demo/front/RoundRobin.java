package io.holdfast.demo.front;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends each request of one application to the next node, whoever it comes from. Cookies pass as they are: nothing is sticky.
 *
 * <p>A node that cannot be reached is not left out; its requests are answered with 502, so that nobody overlooks it.
 */
final class RoundRobin implements HttpHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BAD_GATEWAY = 502;
    private static final int NO_BODY = -1;

    /** Headers that are for one connection only, or that the client here sets itself (RFC 9110, section 7.6.1). */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final HttpClient http;
    private final List<URI> nodes;
    private final AtomicInteger turn = new AtomicInteger();

    RoundRobin(HttpClient http, List<URI> nodes) {
        this.http = http;
        this.nodes = List.copyOf(nodes);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
            HttpRequest request = request(exchange, node);
            try {
                answer(exchange, http.send(request, BodyHandlers.ofByteArray()));
            } catch (IOException e) {
                refuse(exchange, node + " does not answer: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static HttpRequest request(HttpExchange exchange, URI node) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.resolve(exchange.getRequestURI().toString()))
                .timeout(PATIENCE)
                .method(
                        exchange.getRequestMethod(),
                        BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isForwarded(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        response.headers().map().forEach((name, values) -> {
            if (isForwarded(name)) {
                values.forEach(value -> headers.add(name, value));
            }
        });
        send(exchange, response.statusCode(), response.body());
    }

    private static void refuse(HttpExchange exchange, String reason) throws IOException {
        send(exchange, BAD_GATEWAY, reason.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isForwarded(String header) {
        return !NOT_FORWARDED.contains(header.toLowerCase(Locale.ROOT));
    }
}
