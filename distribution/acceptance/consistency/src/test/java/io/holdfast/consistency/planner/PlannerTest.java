package io.holdfast.consistency.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private final Planner planner = new Planner(7, 3);

    @Test
    void sameSeedAndNumber_giveTheSameVisit() {
        assertThat(new Planner(7, 3).plan(5)).isEqualTo(planner.plan(5));
        assertThat(new Planner(8, 3).plan(5)).isNotEqualTo(planner.plan(5));
        assertThat(planner.plan(6)).isNotEqualTo(planner.plan(5));
    }

    @Test
    void valuesOfAVisit_areWrittenOnce() {
        for (int i = 0; i < 100; i++) {
            List<String> written = steps(planner.plan(i)).stream()
                    .filter(step -> Set.of(Verb.PUT, Verb.ADD, Verb.PAIR).contains(step.verb()))
                    .map(Step::value)
                    .toList();
            assertThat(written).doesNotHaveDuplicates();
        }
    }

    @Test
    void aHundredVisits_doEverything() {
        Set<Verb> verbs = IntStream.range(0, 100)
                .mapToObj(planner::plan)
                .flatMap(plan -> steps(plan).stream())
                .map(Step::verb)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Verb.class)));
        assertThat(verbs).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Verb.PAUSE)));
    }

    @Test
    void whoMayBeRefused_doesNotChangeTheId() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(planner::plan)
                        .flatMap(plan -> plan.rounds().stream())
                        .flatMap(List::stream)
                        .map(PlannedCall::steps)
                        .filter(steps -> steps.contains(Step.of(Verb.ROTATE))))
                .isNotEmpty()
                .allSatisfy(steps -> assertThat(steps)
                        .filteredOn(step -> step.verb() != Verb.GET)
                        .extracting(Step::name)
                        .doesNotContain("strict"));
    }

    private static List<Step> steps(VisitPlan plan) {
        return plan.rounds().stream()
                .flatMap(List::stream)
                .flatMap(call -> call.steps().stream())
                .toList();
    }
}
