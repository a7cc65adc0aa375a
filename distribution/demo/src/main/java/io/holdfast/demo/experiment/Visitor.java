package io.holdfast.demo.experiment;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person with a browser: has one session, sends its cookie with each request, and never waits for one to send the next. */
final class Visitor {
    private static final Pattern SESSION_COOKIE = Pattern.compile("JSESSIONID=([^;]*)");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String shop;
    private volatile String cookie = "";

    /**
     * A visitor who has logged in.
     *
     * @param front the address all requests go to
     */
    Visitor(HttpClient http, URI front, Side side, String user) {
        this.http = http;
        this.shop = front.resolve(side.path()).toString();
        ask("POST", "/login?user=" + user);
    }

    CompletableFuture<Answer> send(String method, String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(shop + pathAndQuery))
                .timeout(PATIENCE)
                .header("Cookie", cookie)
                .method(method, BodyPublishers.noBody())
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(this::receive);
    }

    Answer ask(String method, String pathAndQuery) {
        return send(method, pathAndQuery).join();
    }

    private Answer receive(HttpResponse<String> response) {
        response.headers().allValues("set-cookie").stream()
                .map(SESSION_COOKIE::matcher)
                .filter(Matcher::find)
                .forEach(found -> cookie = found.group());
        return Answer.of(response);
    }
}
