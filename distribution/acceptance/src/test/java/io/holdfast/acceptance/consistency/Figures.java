package io.holdfast.acceptance.consistency;

import io.holdfast.consistency.checker.Finding;
import io.holdfast.consistency.checker.Kind;
import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run has done and found so far. */
final class Figures {
    private static final int MOST_IN_FULL = 10;

    // guarded by this
    private final Map<Kind, Integer> found = new EnumMap<>(Kind.class);
    private final List<Finding> inFull = new ArrayList<>();
    private long operations;
    private long requests;
    private long sessions;
    private long refused;
    private long unknown;

    synchronized void add(List<Call> calls, List<Finding> findings) {
        sessions++;
        requests += calls.size();
        for (Call call : calls) {
            operations += call.steps().size();
            refused += call.answer() instanceof Answer.Refused ? 1 : 0;
            unknown += call.answer() instanceof Answer.Unknown ? 1 : 0;
        }
        addFindings(findings);
    }

    synchronized void addFindings(List<Finding> findings) {
        for (Finding finding : findings) {
            int before = found.merge(finding.kind(), 1, Integer::sum) - 1;
            if (before < MOST_IN_FULL) {
                inFull.add(finding);
            }
        }
    }

    synchronized int count(Kind kind) {
        return found.getOrDefault(kind, 0);
    }

    synchronized long operations() {
        return operations;
    }

    /** The findings, the smallest first, and not all of them where one kind has many. */
    synchronized List<Finding> findings() {
        return inFull.stream()
                .sorted((one, other) ->
                        Integer.compare(one.evidence().size(), other.evidence().size()))
                .toList();
    }

    synchronized String text() {
        StringBuilder text = new StringBuilder();
        line(text, "operations", operations);
        line(text, "requests", requests);
        line(text, "sessions", sessions);
        line(text, "refused (503)", refused);
        line(text, "unanswered", unknown);
        for (Kind kind : Kind.values()) {
            line(text, kind.plural(), count(kind));
        }
        return text.toString();
    }

    /** Of each kind, the finding that takes the fewest requests to show. */
    synchronized String excerpt() {
        Map<Kind, Finding> smallest = new EnumMap<>(Kind.class);
        findings().forEach(finding -> smallest.putIfAbsent(finding.kind(), finding));
        return smallest.values().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    static void line(StringBuilder text, String name, Object value) {
        text.append(String.format("  %-24s %s%n", name, value));
    }
}
