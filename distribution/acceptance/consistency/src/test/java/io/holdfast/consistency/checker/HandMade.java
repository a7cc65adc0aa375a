package io.holdfast.consistency.checker;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A history written down for a test, of one session. Times are milliseconds. */
final class HandMade {
    static final String ID = "0123456789abcdef" + "a".repeat(32);
    static final String OTHER_ID = "0123456789abcdef" + "b".repeat(32);

    private final List<Call> calls = new ArrayList<>();
    private String node = "a";

    HandMade() {
        calls.add(new Call(
                0, "a", "", steps("create"), millis(-10, -5), 0, 0, new Answer.Answered(ID, ID, List.of(Answer.DONE))));
    }

    /** What follows is sent to that node; what comes before, to node a. */
    @CanIgnoreReturnValue
    HandMade on(String name) {
        node = name;
        return this;
    }

    /** A request that is answered; {@code stepsAndAnswers} reads {@code "put:a:v1 ok get:a v1"}. */
    @CanIgnoreReturnValue
    HandMade call(long start, long end, String stepsAndAnswers) {
        return call(ID, start, end, stepsAndAnswers);
    }

    @CanIgnoreReturnValue
    HandMade call(String id, long start, long end, String stepsAndAnswers) {
        List<String> steps = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        String newId = id;
        for (String word : stepsAndAnswers.split(" ", -1)) {
            (steps.size() == answers.size() ? steps : answers).add(word.replace(',', ' '));
            newId = word.equals("rotate") ? OTHER_ID : newId;
        }
        return add(id, start, end, 0, 0, steps, new Answer.Answered(id, newId, answers));
    }

    /** A request that is held until it is told to go on. */
    @CanIgnoreReturnValue
    HandMade held(long start, long releasedAt, long end, String steps, String... answers) {
        return add(ID, start, end, 0, releasedAt, words(steps), new Answer.Answered(ID, ID, Arrays.asList(answers)));
    }

    /** A request whose response begins long before it ends. */
    @CanIgnoreReturnValue
    HandMade flushed(long start, long firstByteAt, long end, String steps, String... answers) {
        return add(ID, start, end, firstByteAt, 0, words(steps), new Answer.Answered(ID, ID, Arrays.asList(answers)));
    }

    @CanIgnoreReturnValue
    HandMade refused(long start, long end, String steps) {
        return add(ID, start, end, 0, 0, words(steps), new Answer.Refused(503));
    }

    @CanIgnoreReturnValue
    HandMade conflict(long start, long end, String steps) {
        return add(ID, start, end, 0, 0, words(steps), new Answer.Refused(409));
    }

    @CanIgnoreReturnValue
    HandMade unknown(long start, long end, String steps) {
        return add(ID, start, end, 0, 0, words(steps), new Answer.Unknown("connection reset"));
    }

    @CanIgnoreReturnValue
    HandMade noSession(long start, long end) {
        return noSession(ID, start, end);
    }

    @CanIgnoreReturnValue
    HandMade noSession(String id, long start, long end) {
        return add(id, start, end, 0, 0, List.of("get:a"), new Answer.NoSession());
    }

    List<Call> calls() {
        return calls;
    }

    /** Kinds of what is found, where concurrent changes are merged and nothing breaks. */
    List<Kind> findings() {
        return findings(new Rules(true, false));
    }

    List<Kind> findings(Rules rules) {
        return new SessionChecker(rules)
                .check(calls).stream().map(Finding::kind).toList();
    }

    private HandMade add(
            String id, long start, long end, long firstByteAt, long releasedAt, List<String> steps, Answer answer) {
        calls.add(new Call(
                calls.size(),
                node,
                id,
                steps.stream().map(HandMade::step).toList(),
                millis(start, end),
                firstByteAt * 1_000_000,
                releasedAt * 1_000_000,
                answer));
        return this;
    }

    private static List<String> words(String steps) {
        return List.of(steps.split(" ", -1));
    }

    private static List<Step> steps(String... steps) {
        return Arrays.stream(steps).map(HandMade::step).toList();
    }

    private static Step step(String text) {
        String[] words = (text + "::").split(":", -1);
        Verb verb = Verb.valueOf(words[0].toUpperCase(Locale.ROOT));
        return verb == Verb.PAIR || verb == Verb.TIMEOUT
                ? new Step(verb, "", words[1])
                : new Step(verb, words[1], words[2]);
    }

    private static Interval millis(long start, long end) {
        return new Interval(start * 1_000_000, end * 1_000_000);
    }
}
