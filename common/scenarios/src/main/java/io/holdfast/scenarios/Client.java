package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A browser: keeps the session cookie it is given and sends it to whichever node it asks next. */
public final class Client {
    private static final Pattern SESSION_COOKIE = Pattern.compile("JSESSIONID=([^;]*)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Shared, so that connections are used again by other requests of other sessions, as behind a balancer. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final String contextPath;
    private volatile @Nullable String sessionId;

    /** Looks at the application at {@code /app}. */
    public Client() {
        this(Node.CONTEXT_PATH, null);
    }

    /** Sends this session id to the application at {@code /app}. */
    public Client(@Nullable String sessionId) {
        this(Node.CONTEXT_PATH, sessionId);
    }

    private Client(String contextPath, @Nullable String sessionId) {
        this.contextPath = contextPath;
        this.sessionId = sessionId;
    }

    /** Looks at another application. */
    public static Client of(String contextPath) {
        return new Client(contextPath, null);
    }

    /** This client, looking at another application with the cookie it has now. */
    public Client at(String otherContextPath) {
        return new Client(otherContextPath, sessionId);
    }

    /** An answer of a node. */
    public record Answer(int status, String body, @Nullable String newSessionId, HttpHeaders headers) {
        public Optional<String> location() {
            return headers.firstValue("location");
        }

        /** Whether it gives the client another session than that with this id; another route is not another session. */
        public boolean startsOther(String sessionId) {
            return newSessionId != null && !withoutRoute(newSessionId).equals(withoutRoute(sessionId));
        }

        private static String withoutRoute(String id) {
            int dot = id.indexOf('.');
            return dot < 0 ? id : id.substring(0, dot);
        }

        /** The body of an answer that has to be a success. */
        public String text() {
            if (status != 200) {
                throw new AssertionError("answered " + this);
            }
            return body;
        }
    }

    /**
     * Asks for a page and waits for the answer.
     *
     * @param headers names and values in turn
     */
    public Answer get(Node node, String pathAndQuery, String... headers) {
        return await(start(node, pathAndQuery, headers));
    }

    /** Sends a form. */
    public Answer post(Node node, String pathAndQuery, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return await(send(request(node, pathAndQuery)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))));
    }

    /** Sends a request and goes on; the cookie is taken over when the answer comes. */
    public CompletableFuture<Answer> start(Node node, String pathAndQuery, String... headers) {
        HttpRequest.Builder builder = request(node, pathAndQuery);
        return send(headers.length == 0 ? builder : builder.headers(headers));
    }

    /** The answer to a request that was started. */
    public static Answer await(CompletableFuture<Answer> answer) {
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("no answer", e);
        }
    }

    /** The response as soon as its head is there; the body comes as it is sent. */
    public CompletableFuture<HttpResponse<InputStream>> startStreaming(Node node, String pathAndQuery) {
        return HTTP.sendAsync(request(node, pathAndQuery).GET().build(), BodyHandlers.ofInputStream());
    }

    /** The body of an answer that has to be a success. */
    public String text(Node node, String pathAndQuery) {
        Answer answer = get(node, pathAndQuery);
        if (answer.status() != 200) {
            throw new AssertionError(pathAndQuery + " answered " + answer);
        }
        return answer.body();
    }

    /** The id this client sends, or null. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** The id of the session this client must have by now. */
    public String requireSessionId() {
        String id = sessionId;
        if (id == null) {
            throw new AssertionError("this client was given no session");
        }
        return id;
    }

    private HttpRequest.Builder request(Node node, String pathAndQuery) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(node.url(contextPath + pathAndQuery)))
                .timeout(PATIENCE);
        String id = sessionId;
        return id == null ? builder : builder.header("Cookie", "JSESSIONID=" + id);
    }

    private CompletableFuture<Answer> send(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(this::answer);
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
        return new Answer(response.statusCode(), response.body(), given, response.headers());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
