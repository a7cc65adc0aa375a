package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.checker.Kind;
import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run has done and found so far. */
final class Figures {
    private static final int MOST_IN_FULL = 100;

    // guarded by this
    private final Map<Kind, Integer> found = new EnumMap<>(Kind.class);
    private final List<Found> inFull = new ArrayList<>();
    private long operations;
    private long requests;
    private long sessions;
    private long conflicting;
    private long refused;
    private long unknown;

    /** A finding, and the file that has the whole history of its session. */
    private record Found(Finding finding, Path history) {
        @Override
        public String toString() {
            return finding + "\n    the whole session: " + history;
        }
    }

    synchronized void add(List<Call> calls) {
        sessions++;
        requests += calls.size();
        for (Call call : calls) {
            operations += call.steps().size();
            if (call.answer() instanceof Answer.Refused answer) {
                conflicting += answer.status() == 409 ? 1 : 0;
                refused += answer.status() == 503 ? 1 : 0;
            }
            unknown += call.answer() instanceof Answer.Unknown ? 1 : 0;
        }
    }

    /**
     * Adds what was found in one session.
     *
     * @param history the file that is to have all of that session
     * @return whether one of the findings is shown, and the file is needed
     */
    synchronized boolean addFindings(List<Finding> findings, Path history) {
        boolean shown = false;
        for (Finding finding : findings) {
            if (found.merge(finding.kind(), 1, Integer::sum) <= MOST_IN_FULL) {
                shown |= inFull.add(new Found(finding, history));
            }
        }
        return shown;
    }

    synchronized int count(Kind kind) {
        return found.getOrDefault(kind, 0);
    }

    synchronized long operations() {
        return operations;
    }

    /** The findings, the smallest first, and not all of them where one kind has many. */
    synchronized List<Finding> findings() {
        return smallestFirst().map(Found::finding).toList();
    }

    synchronized String text() {
        StringBuilder text = new StringBuilder();
        line(text, "operations", operations);
        line(text, "requests", requests);
        line(text, "sessions", sessions);
        line(text, "refused (409)", conflicting);
        line(text, "refused (503)", refused);
        line(text, "unanswered", unknown);
        for (Kind kind : Kind.values()) {
            line(text, kind.plural(), count(kind));
        }
        return text.toString();
    }

    /** Of each kind, the finding that takes the fewest requests to show, and where there is more. */
    synchronized String excerpt() {
        Map<Kind, Found> smallest = new EnumMap<>(Kind.class);
        smallestFirst().forEach(one -> smallest.putIfAbsent(one.finding.kind(), one));
        return smallest.values().stream().map(Found::toString).collect(Collectors.joining("\n"));
    }

    private Stream<Found> smallestFirst() {
        return inFull.stream()
                .sorted(Comparator.comparingInt(one -> one.finding.evidence().size()));
    }

    static void line(StringBuilder text, String name, Object value) {
        text.append(String.format("  %-24s %s%n", name, value));
    }
}
