package io.holdfast.acceptance.consistency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.planner.PlannedCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends requests as a load balancer does: where nobody listens, it asks the next node. Everything is a POST, because the
 * JDK's client sends a GET again when a connection breaks, and then nobody knows how often it was done.
 */
final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(1);
    private static final Pattern COOKIE = Pattern.compile("JSESSIONID=([0-9a-f]+)");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final WorkNodes nodes;
    private final AtomicLong numbers = new AtomicLong();

    Client(WorkNodes nodes) {
        this.nodes = nodes;
    }

    /** Sends a request with this session id, or with none if that is empty. */
    Sent send(String presented, PlannedCall planned) {
        Sent sent = new Sent(planned);
        attempt(sent, presented, 0);
        return sent;
    }

    private void attempt(Sent sent, String presented, int refusals) {
        PlannedCall planned = sent.planned();
        WorkNode node = nodes.node(planned.node() + refusals);
        sent.sentTo(node);
        long start = System.nanoTime();
        var unused = http.sendAsync(request(node, presented, planned), info -> {
                    sent.beginsNow();
                    return BodySubscribers.ofString(UTF_8);
                })
                .whenComplete((response, failure) -> {
                    boolean notSent = failure instanceof CompletionException wrapped
                            && wrapped.getCause() instanceof ConnectException;
                    if (notSent && refusals < 2 * nodes.count()) {
                        attempt(sent, presented, refusals + 1);
                        return;
                    }
                    Answer answer = failure == null ? answer(response) : new Answer.Unknown(String.valueOf(failure));
                    sent.endedAs(new Call(
                            numbers.incrementAndGet(),
                            node.name(),
                            presented,
                            planned.steps(),
                            new Interval(start, System.nanoTime()),
                            sent.firstByteAt(),
                            sent.releasedAt(),
                            answer));
                });
    }

    /** Waits for the end of a request; one that is held is told to go on, and again, in case another node has got it. */
    Call await(Sent sent) {
        if (!sent.planned().isHeld()) {
            return sent.call().join();
        }
        sent.releasedNow();
        while (true) {
            post(sent.node().url("/hold"), "place=" + sent.planned().place());
            try {
                return sent.call().get(RELEASE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException again) {
                // The request had not arrived, or fails with its node.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for an answer", e);
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Waits until a request is held, or over, and has begun its response if it does so before. */
    void awaitHeld(Sent sent) {
        URI held = URI.create(sent.node().url("/hold?place=" + sent.planned().place()));
        CompletableFuture<?> reached = http.sendAsync(
                        HttpRequest.newBuilder(held).timeout(PATIENCE).build(), BodyHandlers.discarding())
                .exceptionally(nodeIsGone -> null);
        CompletableFuture.anyOf(reached, sent.call()).join();
        if (sent.planned().answersBeforeItIsHeld()) {
            sent.firstByte().join();
        }
    }

    /** Body of an answer to a GET; empty: there is none. */
    String get(String url) {
        return text(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build());
    }

    private void post(String url, String form) {
        text(form(url, form).timeout(RELEASE_PATIENCE).build());
    }

    private String text(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException nobodyAnswers) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an answer", e);
        }
    }

    private static HttpRequest request(WorkNode node, String presented, PlannedCall planned) {
        String script = planned.steps().stream().map(Step::toString).collect(Collectors.joining(";"));
        HttpRequest.Builder request = form(
                        node.url(planned.isAlone() ? "/alone" : "/steps"), "steps=" + URLEncoder.encode(script, UTF_8))
                .timeout(PATIENCE);
        return presented.isEmpty()
                ? request.build()
                : request.header("Cookie", "JSESSIONID=" + presented).build();
    }

    private static HttpRequest.Builder form(String url, String form) {
        return HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 503 || status == 409) {
            return new Answer.Refused(status);
        }
        if (status != 200) {
            return new Answer.Unknown("HTTP " + status);
        }
        List<String> lines = Arrays.stream(response.body().split("\n", -1))
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.get(0).equals("none")) {
            return new Answer.NoSession();
        }
        String id = lines.get(0);
        String newId = response.headers().allValues("set-cookie").stream()
                .map(COOKIE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .reduce((first, last) -> last)
                .orElse(id);
        return new Answer.Answered(id, newId, lines.subList(1, lines.size()));
    }
}
