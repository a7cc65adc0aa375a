package io.holdfast.demo.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.holdfast.demo.experiment.Experiments;
import io.holdfast.demo.experiment.Load;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Starts experiments and tells how they go.
 *
 * <ul>
 *   <li>{@code POST /demo/run} runs all, or one with {@code ?experiment=2}, and answers in plain text when they are done.
 *       {@code requests} and {@code hold} (milliseconds) say how hard to try.
 *   <li>{@code GET /demo/results.json} and {@code /demo/results.txt} tell what has been found so far, at any time.
 * </ul>
 */
final class ExperimentsHandler implements HttpHandler {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Experiments experiments;

    ExperimentsHandler(Experiments experiments) {
        this.experiments = experiments;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "GET /demo/results.json" -> send(exchange, OK, "application/json", Json.of(experiments.results()));
                case "GET /demo/results.txt" ->
                    send(exchange, OK, "text/plain", experiments.results().toString());
                case "POST /demo/run" -> run(exchange);
                default -> send(exchange, NOT_FOUND, "text/plain", "POST /demo/run, GET /demo/results.json or .txt\n");
            }
        }
    }

    private void run(HttpExchange exchange) throws IOException {
        Set<Integer> numbers;
        Load load;
        try {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            numbers = numbers(query.get("experiment"));
            load = new Load(
                    number(query, "requests", Load.DEFAULT.requests()),
                    number(query, "hold", Load.DEFAULT.holdMillis()));
        } catch (IllegalArgumentException e) {
            send(exchange, BAD_REQUEST, "text/plain", e.getMessage() + "\n");
            return;
        }
        Optional<String> report = experiments.run(numbers, load).map(Object::toString);
        send(exchange, report.isPresent() ? OK : CONFLICT, "text/plain", report.orElse("Experiments are running\n"));
    }

    private Set<Integer> numbers(@Nullable String chosen) {
        if (chosen == null) {
            return experiments.numbers();
        }
        return experiments.numbers().stream()
                .filter(number -> chosen.equals(number.toString()))
                .findFirst()
                .map(Set::of)
                .orElseThrow(() -> new IllegalArgumentException(
                        "experiment is " + chosen + "; give one of " + experiments.numbers() + " or leave it out"));
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        String value = query.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is " + value + "; give a number", e);
        }
    }

    private static Map<String, String> query(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        return Arrays.stream(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 1 ? "" : pair[1], (a, b) -> b));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
