package io.holdfast.consistency.checker;

import io.holdfast.consistency.checker.Fate.End;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.consistency.history.SessionEnd.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every session that ended was told to the listeners of one node, once: the listener of sessions, with the attributes still
 * to be read, and the value that listens for its own end. No listener heard of one that lives.
 */
public final class EndsChecker {
    /** Telling the listeners of one session takes less. */
    private static final long TELLING_MILLIS = 2_000;

    private final Map<String, List<SessionEnd>> destroyed;
    private final Map<String, List<SessionEnd>> unbound;
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
        destroyed = ends.stream()
                .filter(end -> end.what() == What.DESTROYED)
                .collect(Collectors.groupingBy(SessionEnd::record));
        unbound = ends.stream()
                .filter(end -> end.what() == What.UNBOUND)
                .collect(Collectors.groupingBy(SessionEnd::record));
        this.interruptions = interruptions;
    }

    /** Whether a session whose end is sure is still to be told. */
    public boolean isAwaited(Fate fate) {
        return fate.end() == End.SURE && !destroyed.containsKey(fate.record());
    }

    /** The findings about one session. */
    public List<Finding> check(Fate fate) {
        List<SessionEnd> told = destroyed.getOrDefault(fate.record(), List.of());
        List<SessionEnd> valueTold = unbound.getOrDefault(fate.record(), List.of());
        List<Finding> findings = new ArrayList<>();
        if (fate.end() == End.SURE && (told.isEmpty() || valueTold.isEmpty())) {
            String silent = told.isEmpty() ? "sessionDestroyed" : "valueUnbound";
            report(Kind.MISSING_END, fate, "ended, and nobody heard " + silent, findings);
        } else if (fate.end() == End.NONE && !(told.isEmpty() && valueTold.isEmpty())) {
            report(Kind.WRONG_LOGOUT, fate, "lives, and its end was told" + where(told) + where(valueTold), findings);
        } else if (isTooOften(told) || isTooOften(valueTold)) {
            String where = ", sessionDestroyed" + where(told) + ", valueUnbound" + where(valueTold);
            report(Kind.DOUBLE_END, fate, "was told more than once to have ended" + where, findings);
        }
        if (told.stream().anyMatch(end -> !end.badge().equals(fate.record()))) {
            report(Kind.MISSING_END, fate, "ended, and the listener could not read its badge", findings);
        }
        return findings;
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

    private static String where(List<SessionEnd> heard) {
        return heard.stream()
                .map(end -> end.node() + " at " + end.millis())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static void report(Kind kind, Fate fate, String what, List<Finding> findings) {
        findings.add(Finding.of(kind, "session " + fate.record() + " " + what, fate.evidence()));
    }
}
