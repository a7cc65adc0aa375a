package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A counter has counted everybody who is through, and nobody who has not begun. */
final class CounterRule {
    private final AttributeHistory history;
    private final Rules rules;

    CounterRule(AttributeHistory history, Rules rules) {
        this.history = history;
        this.rules = rules;
    }

    List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        for (Read read : history.reads()) {
            long seen = count(read);
            List<Write> least = least(read);
            List<Write> most = history.writes().stream()
                    .filter(write -> write.mayShowIn(read.time()))
                    .toList();
            if (seen < least.size()) {
                Kind kind = history.missing(
                        read, other -> count(other) >= least(other).size());
                findings.add(finding(kind, read, "at least " + least.size(), least));
            } else if (seen > most.size()) {
                findings.add(finding(Kind.REPEATED_UPDATE, read, "at most " + most.size(), most));
            }
        }
        return findings;
    }

    /** Those that have certainly counted before somebody looked. */
    private List<Write> least(Read read) {
        Predicate<Write> showing = history.showingIn(read.call());
        return history.writes().stream()
                .filter(write -> write.isSure() && showing.test(write))
                .filter(write -> rules.merges() || !mayBeOverwritten(write))
                .toList();
    }

    private boolean mayBeOverwritten(Write write) {
        return history.writes().stream()
                .anyMatch(other -> !other.call().is(write.call()) && other.isConcurrentWith(write));
    }

    private Finding finding(Kind kind, Read read, String expected, List<Write> counted) {
        List<Call> evidence = new ArrayList<>(counted.stream().map(Write::call).toList());
        evidence.add(read.call());
        return Finding.of(
                kind,
                "#" + read.call().number() + " saw " + history.name() + "=" + read.seen() + ", but " + expected
                        + " have counted",
                evidence);
    }

    private static long count(Read read) {
        return read.seen().equals(Answer.ABSENT) ? 0 : Long.parseLong(read.seen());
    }
}
