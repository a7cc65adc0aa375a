package io.holdfast.consistency.planner;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.List;

/**
 * A request to come.
 *
 * @param node the number of the node that gets it, from 0
 * @param steps what it does
 */
public record PlannedCall(int node, List<Step> steps) {
    /** A planned call; the steps are copied. */
    public PlannedCall {
        steps = List.copyOf(steps);
    }

    /** Whether it waits in the middle until it is told to go on. */
    public boolean isHeld() {
        return steps.stream().anyMatch(step -> step.verb() == Verb.HOLD);
    }

    /** Whether it has to be the only one that works with its session. */
    public boolean isAlone() {
        return steps.stream().anyMatch(step -> step.verb() == Verb.INCREMENT);
    }

    /** Whether its response begins before it waits. */
    public boolean answersBeforeItIsHeld() {
        List<Verb> verbs = steps.stream().map(Step::verb).toList();
        return isHeld() && verbs.contains(Verb.FLUSH) && verbs.indexOf(Verb.FLUSH) < verbs.indexOf(Verb.HOLD);
    }

    /** The place where it waits. */
    public String place() {
        return steps.stream()
                .filter(step -> step.verb() == Verb.HOLD)
                .findFirst()
                .orElseThrow()
                .name();
    }
}
