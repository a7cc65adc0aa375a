package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the first write wins: what a request sets that knows only an older value is dropped. To be sure of the order, the
 * request has to be held from before until after the other one, and to be alone on its node, where others might bring the
 * newer value.
 */
final class FirstWriteRule {
    private final AttributeHistory history;
    private final List<Call> calls;

    FirstWriteRule(AttributeHistory history, List<Call> calls) {
        this.history = history;
        this.calls = calls;
    }

    List<Finding> check() {
        List<Finding> findings = new ArrayList<>();
        for (Write late : history.writes()) {
            for (Read base : history.reads()) {
                if (base.call().is(late.call()) && isLate(late, base)) {
                    history.writes().stream()
                            .filter(first -> isFirst(first, late, base))
                            .findFirst()
                            .ifPresent(first -> checkDropped(late, first, findings));
                }
            }
        }
        return findings;
    }

    /** Whether a value was set after a hold by a request that saw another one before it, and has set nothing else. */
    private boolean isLate(Write late, Read base) {
        int hold = late.call().steps().stream().map(Step::verb).toList().indexOf(Verb.HOLD);
        return late.step().verb() == Verb.PUT
                && base.place() < hold
                && earliest(late) == late.call().releasedAt()
                && history.writes().stream().noneMatch(own -> own.call().is(late.call()) && own.place() < hold)
                && Company.isAlone(late.call(), calls);
    }

    /** Whether a write of another node certainly counted, behind what {@code base} shows and before {@code late}. */
    private boolean isFirst(Write first, Write late, Read base) {
        return isAcknowledged(first)
                && !first.call().node().equals(late.call().node())
                && first.time().end() < late.call().releasedAt()
                && isOlder(base.seen(), first)
                && history.writes().stream()
                        .filter(other ->
                                !other.call().node().equals(first.call().node()))
                        .allMatch(other -> other.isOverBefore(first.time())
                                || earliest(other) > first.time().end());
    }

    private static boolean isAcknowledged(Write write) {
        return write.isSure() || write.effect() == Write.Effect.EITHER;
    }

    /** Whether a value was there before {@code first} began; that there is none says so only if none was ever removed. */
    private boolean isOlder(String value, Write first) {
        List<Write> origins = history.writes().stream()
                .filter(write -> write.value().equals(value))
                .toList();
        return origins.isEmpty()
                ? value.equals(Answer.ABSENT)
                : !value.equals(Answer.ABSENT)
                        && origins.stream().allMatch(origin -> origin.isOverBefore(first.time()));
    }

    /** Before that, the change was certainly not made; 0 if the request was not told to go on yet. */
    private static long earliest(Write write) {
        int hold = write.call().steps().stream().map(Step::verb).toList().indexOf(Verb.HOLD);
        return hold >= 0 && hold < write.place()
                ? write.call().releasedAt()
                : write.call().time().start();
    }

    private void checkDropped(Write late, Write first, List<Finding> findings) {
        history.reads().stream()
                .filter(read ->
                        late.time().endsBefore(read.time()) && read.seen().equals(late.value()))
                .findFirst()
                .ifPresent(read -> findings.add(Finding.of(
                        Kind.LOST_UPDATE,
                        "#" + read.call().number() + " saw " + history.name() + "=" + read.seen()
                                + ", which had to give way to " + first.value() + ", that was first",
                        List.of(first.call(), late.call(), read.call()))));
    }
}
