package io.holdfast.jetty.scenarios;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A browser with one cookie. */
final class Client {
    private static final String COOKIE = "JSESSIONID=";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile @Nullable String cookie;

    /** The answer, which must be 200. */
    String get(Node node, String path) {
        return text(send(node, path));
    }

    /** The status of the answer, which must not bring another cookie. */
    int status(Node node, String path) {
        HttpResponse<String> response = send(node, path);
        if (!response.headers().allValues("Set-Cookie").isEmpty()) {
            throw new AssertionError("a cookie: " + response.headers());
        }
        return response.statusCode();
    }

    /** The answer later; meanwhile the request is under way. */
    CompletableFuture<String> begin(Node node, String path) {
        return http.sendAsync(request(node, path), BodyHandlers.ofString()).thenApply(this::text);
    }

    /** Another browser that has the cookie this one has now. */
    Client copy() {
        Client copy = new Client();
        copy.cookie = cookie;
        return copy;
    }

    private HttpResponse<String> send(Node node, String path) {
        try {
            return http.send(request(node, path), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest request(Node node, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(node.url(path))).timeout(PATIENCE);
        String sent = cookie;
        if (sent != null) {
            request.header("Cookie", COOKIE + sent);
        }
        return request.build();
    }

    private String text(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        response.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(COOKIE))
                .forEach(header -> cookie = header.substring(COOKIE.length()).split(";", 2)[0]);
        return response.body();
    }
}
