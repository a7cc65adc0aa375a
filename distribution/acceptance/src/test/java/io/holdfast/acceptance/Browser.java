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

/**
 * Keeps cookies, and takes both nodes for one: cookies do not know of ports. Where a form leads to is left to the test: one that
 * is submitted to one node may go on on the other.
 */
public final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .cookieHandler(cookies)
            .build();

    /** An answer of a node. */
    public record Page(int status, String text, String location) {}

    /** Another browser, which has got hold of the cookies of this one. */
    Browser withSameCookies() {
        Browser other = new Browser();
        cookies.getCookieStore()
                .getCookies()
                .forEach(cookie -> other.cookies.getCookieStore().add(null, cookie));
        return other;
    }

    /** Gets a page, or what it leads to. */
    public Page get(ServerProcess node, String pathAndQuery) {
        URI address = URI.create(node.url(pathAndQuery));
        Page page = send(request(address).build());
        for (int redirects = 0; !page.location().isEmpty() && redirects < MOST_REDIRECTS; redirects++) {
            address = address.resolve(page.location());
            page = send(request(address).build());
        }
        return page;
    }

    /** Submits a form. */
    public Page post(ServerProcess node, String path, Map<String, String> fields) {
        return send(form(node, path, fields));
    }

    /** Submits a form and goes on. */
    public CompletableFuture<Page> startPost(ServerProcess node, String path, Map<String, String> fields) {
        return http.sendAsync(form(node, path, fields), BodyHandlers.ofString()).thenApply(Browser::page);
    }

    private static HttpRequest form(ServerProcess node, String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(joining("&"));
        return request(URI.create(node.url(path)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address).timeout(PATIENCE);
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
