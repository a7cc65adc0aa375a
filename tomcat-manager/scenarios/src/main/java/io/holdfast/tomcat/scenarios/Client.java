package io.holdfast.tomcat.scenarios;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A browser: keeps the session cookie it is given and sends it to whichever node it asks next. */
final class Client {
    private static final Pattern SESSION_COOKIE = Pattern.compile("JSESSIONID=([^;]*)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private volatile @Nullable String sessionId;

    /** An answer of a node. */
    record Answer(int status, String body, @Nullable String newSessionId, Optional<String> location) {}

    Answer get(Node node, String pathAndQuery) {
        try {
            return answer(http.send(request(node, pathAndQuery).GET().build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(pathAndQuery, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(pathAndQuery, e);
        }
    }

    /** Sends a request and goes on; the cookie is taken over when the answer comes. */
    CompletableFuture<Answer> start(Node node, String pathAndQuery) {
        return http.sendAsync(request(node, pathAndQuery).GET().build(), BodyHandlers.ofString())
                .thenApply(this::answer);
    }

    /** The body of an answer that has to be a success. */
    String text(Node node, String pathAndQuery) {
        Answer answer = get(node, pathAndQuery);
        if (answer.status() != 200) {
            throw new AssertionError(pathAndQuery + " answered " + answer);
        }
        return answer.body();
    }

    @Nullable String sessionId() {
        return sessionId;
    }

    /** A second browser window: same cookie, other connection. */
    Client withSession(@Nullable String id) {
        Client client = new Client();
        client.sessionId = id;
        return client;
    }

    private HttpRequest.Builder request(Node node, String pathAndQuery) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(node.url(pathAndQuery))).timeout(PATIENCE);
        String id = sessionId;
        return id == null ? builder : builder.header("Cookie", "JSESSIONID=" + id);
    }

    private Answer answer(HttpResponse<String> response) {
        String given = response.headers().allValues("set-cookie").stream()
                .map(SESSION_COOKIE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse(null);
        if (given != null) {
            sessionId = given;
        }
        return new Answer(
                response.statusCode(), response.body(), given, response.headers().firstValue("location"));
    }
}
