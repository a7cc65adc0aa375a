package io.holdfast.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Keeps cookies, and takes both nodes for one: cookies do not know of ports. Redirects are left to the test. */
public final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .cookieHandler(new CookieManager())
            .build();

    /** An answer of a node. */
    public record Page(int status, String text, String location) {}

    /** Asks for a page. */
    public Page get(TomcatProcess node, String pathAndQuery) {
        return send(request(node, pathAndQuery).build());
    }

    /** Submits a form. */
    public Page post(TomcatProcess node, String path, Map<String, String> fields) {
        return send(form(node, path, fields));
    }

    /** Submits a form and goes on. */
    public CompletableFuture<Page> startPost(TomcatProcess node, String path, Map<String, String> fields) {
        return http.sendAsync(form(node, path, fields), BodyHandlers.ofString()).thenApply(Browser::page);
    }

    private static HttpRequest form(TomcatProcess node, String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(joining("&"));
        return request(node, path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest.Builder request(TomcatProcess node, String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(node.url(pathAndQuery))).timeout(PATIENCE);
    }

    private Page send(HttpRequest request) {
        try {
            return page(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request.toString(), e);
        }
    }

    private static Page page(HttpResponse<String> response) {
        return new Page(
                response.statusCode(),
                response.body(),
                response.headers().firstValue("location").orElse(""));
    }
}
