package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a conflict lets a request fail: of two requests on two nodes that saw the same value and replaced it, one is refused.
 * Requests that share a session object do not conflict, and one that has company may have been told of the other's value, so
 * both have to be alone on their node.
 */
final class FailRule {
    private final AttributeHistory history;
    private final List<Call> calls;

    FailRule(AttributeHistory history, List<Call> calls) {
        this.history = history;
        this.calls = calls;
    }

    List<Finding> check() {
        List<Read> based = history.reads().stream().filter(this::isBase).toList();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < based.size(); i++) {
            for (Read other : based.subList(i + 1, based.size())) {
                Read one = based.get(i);
                if (one.seen().equals(other.seen())
                        && !one.call().node().equals(other.call().node())) {
                    findings.add(bothCounted(one, other));
                }
            }
        }
        return findings;
    }

    /** Whether a request replaced what it saw there, with success, and was alone. */
    private boolean isBase(Read read) {
        List<Write> own = history.writes().stream()
                .filter(write -> write.call().is(read.call()))
                .toList();
        return own.stream().anyMatch(Write::isSure)
                && own.stream().allMatch(write -> write.place() > read.place())
                && isOneState(read.seen())
                && Company.isAlone(read.call(), calls);
    }

    /** A value is set once; no value is there as often as one is removed. */
    private boolean isOneState(String seen) {
        return !seen.equals(Answer.ABSENT)
                || history.writes().stream().noneMatch(write -> write.step().verb() == Verb.CLEAR);
    }

    private Finding bothCounted(Read one, Read other) {
        return Finding.of(
                Kind.LOST_UPDATE,
                "#" + one.call().number() + " and #" + other.call().number() + " both saw " + history.name() + "="
                        + one.seen() + " and replaced it, and neither was refused",
                List.of(one.call(), other.call()));
    }
}
