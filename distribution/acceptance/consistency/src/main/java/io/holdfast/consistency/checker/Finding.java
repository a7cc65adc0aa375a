package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Call;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that cannot be right.
 *
 * @param kind what
 * @param text one sentence
 * @param evidence the requests that show it, in the order of their start; no others
 */
public record Finding(Kind kind, String text, List<Call> evidence) {
    /** A finding; the evidence is put in order, each request once. */
    public Finding {
        evidence = evidence.stream()
                .distinct()
                .sorted(Comparator.comparingLong(call -> call.time().start()))
                .toList();
    }

    static Finding of(Kind kind, String text, Collection<Call> evidence) {
        return new Finding(kind, text, List.copyOf(evidence));
    }

    /** The sentence, and a line for each request; times are milliseconds since the first of them. */
    @Override
    public String toString() {
        long origin = evidence.isEmpty() ? 0 : evidence.get(0).time().start();
        return kind + ": " + text
                + evidence.stream().map(call -> "\n    " + call.toLine(origin)).collect(Collectors.joining());
    }
}
