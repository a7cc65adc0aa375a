package io.holdfast.consistency.checker;

import io.holdfast.consistency.checker.Fate.End;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.consistency.history.SessionEnd.What;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every session that ended was told to the listeners of one node, once: the listener of sessions, with the attributes still
 * to be read, that of attributes, and the value that listens for its own end. No listener heard of one that lives.
 */
public final class EndsChecker {
    /** Telling the listeners of one session takes less. */
    private static final long TELLING_MILLIS = 2_000;

    private final Map<String, Map<What, List<SessionEnd>>> ends;
    private final List<Interruption> interruptions;

    /**
     * A node that was killed or stood still.
     *
     * @param node which
     * @param fromMillis since the epoch
     * @param toMillis when it was back
     */
    public record Interruption(String node, long fromMillis, long toMillis) {}

    /**
     * A checker of what was heard.
     *
     * @param ends of all nodes
     * @param interruptions during which a node may have told listeners without others knowing
     */
    public EndsChecker(List<SessionEnd> ends, List<Interruption> interruptions) {
        this.ends = ends.stream()
                .collect(Collectors.groupingBy(SessionEnd::record, Collectors.groupingBy(SessionEnd::what)));
        this.interruptions = interruptions;
    }

    /** Whether a session whose end is sure is still to be told. */
    public boolean isAwaited(Fate fate) {
        return fate.end() == End.SURE && heard(fate).size() < What.values().length;
    }

    /** The findings about one session. */
    public List<Finding> check(Fate fate) {
        Map<What, List<SessionEnd>> heard = heard(fate);
        List<Finding> findings = new ArrayList<>();
        if (fate.end() == End.SURE && heard.size() < What.values().length) {
            List<What> silent = Arrays.stream(What.values())
                    .filter(what -> !heard.containsKey(what))
                    .toList();
            report(Kind.MISSING_END, fate, "ended, and nobody heard of it: " + silent, findings);
        } else if (fate.end() == End.NONE && !heard.isEmpty()) {
            report(Kind.WRONG_LOGOUT, fate, "lives, and its end was told: " + text(heard), findings);
        } else if (heard.values().stream().anyMatch(this::isTooOften)) {
            report(Kind.DOUBLE_END, fate, "was told more than once to have ended: " + text(heard), findings);
        }
        if (heard.getOrDefault(What.DESTROYED, List.of()).stream()
                .anyMatch(end -> !end.badge().equals(fate.record()))) {
            report(Kind.MISSING_END, fate, "ended, and the listener could not read its badge", findings);
        }
        return findings;
    }

    private Map<What, List<SessionEnd>> heard(Fate fate) {
        return ends.getOrDefault(fate.record(), Map.of());
    }

    private boolean isTooOften(List<SessionEnd> heard) {
        return heard.size() > 1 && !isExcused(heard);
    }

    /** Whether a node that told it was interrupted while it did, or soon after, so that another one had to take over. */
    private boolean isExcused(List<SessionEnd> heard) {
        long first = heard.stream().mapToLong(SessionEnd::millis).min().orElseThrow();
        long last = heard.stream().mapToLong(SessionEnd::millis).max().orElseThrow();
        return interruptions.stream()
                .filter(interruption -> interruption.fromMillis() <= Math.min(last, first + TELLING_MILLIS))
                .filter(interruption -> interruption.toMillis() >= first)
                .anyMatch(interruption ->
                        heard.stream().anyMatch(end -> end.node().equals(interruption.node())));
    }

    private static String text(Map<What, List<SessionEnd>> heard) {
        return heard.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(SessionEnd::millis))
                .map(end -> end.what() + " on " + end.node() + " at " + end.millis())
                .collect(Collectors.joining(", "));
    }

    private static void report(Kind kind, Fate fate, String what, List<Finding> findings) {
        findings.add(Finding.of(kind, "session " + fate.record() + " " + what, fate.evidence()));
    }
}
