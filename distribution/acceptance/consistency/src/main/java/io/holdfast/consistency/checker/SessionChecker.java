package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds in all the calls of one session what cannot be right. */
public final class SessionChecker {
    private final Rules rules;

    /** A checker by these rules. */
    public SessionChecker(Rules rules) {
        this.rules = rules;
    }

    /** The findings of all rules; none if all may be right. */
    public List<Finding> check(List<Call> calls) {
        List<Finding> findings = new ArrayList<>();
        Map<String, AttributeHistory> attributes = AttributeHistory.of(calls, rules);
        attributes.forEach((name, history) -> {
            switch (name) {
                case "list", "set", "map" -> findings.addAll(new ContainerRule(history, rules).check());
                case "counter" -> findings.addAll(new CounterRule(history, rules).check());
                // Who increments is alone, so nobody is overwritten, whatever the policy.
                case "tally" -> findings.addAll(new CounterRule(history, new Rules(true, rules.faults())).check());
                default -> findings.addAll(new RegisterRule(history).check());
            }
        });
        if (attributes.containsKey("strict")) {
            findings.addAll(new FailRule(attributes.get("strict"), calls).check());
        }
        if (attributes.containsKey(AttributeHistory.FIRST_WRITE_WINS)) {
            findings.addAll(new FirstWriteRule(attributes.get(AttributeHistory.FIRST_WRITE_WINS), calls).check());
        }
        findings.addAll(new PairRule(attributes.get("left"), attributes.get("right")).check());
        findings.addAll(new LifeRule(calls).check());
        if (!rules.faults()) {
            findings.addAll(errors(calls));
        }
        return findings;
    }

    /** No answer, or one that breaks off though the session lives. */
    private static boolean isError(Call call) {
        return call.answer() instanceof Answer.Unknown
                || (call.answer() instanceof Answer.Answered answered
                        && answered.seen().size() < call.steps().size()
                        && !answered.seen().contains(Answer.GONE));
    }

    private static List<Finding> errors(List<Call> calls) {
        return calls.stream()
                .filter(SessionChecker::isError)
                .map(call -> Finding.of(
                        Kind.SERVER_ERROR, "#" + call.number() + " got no answer that says anything", List.of(call)))
                .toList();
    }
}
