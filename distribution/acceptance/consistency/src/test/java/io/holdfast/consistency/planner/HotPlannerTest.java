package io.holdfast.consistency.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HotPlannerTest {
    private final HotPlanner planner = new HotPlanner(7, 4);

    @Test
    void sameSeedAndNumber_giveTheSamePlan() {
        assertThat(new HotPlanner(7, 4).plan(5)).isEqualTo(planner.plan(5));
        assertThat(new HotPlanner(8, 4).plan(5)).isNotEqualTo(planner.plan(5));
        assertThat(planner.plan(6)).isNotEqualTo(planner.plan(5));
    }

    @Test
    void valuesOfASession_areWrittenOnce() {
        for (int i = 0; i < 20; i++) {
            assertThat(steps(planner.plan(i))
                            .filter(step ->
                                    Set.of(Verb.PUT, Verb.ADD, Verb.PAIR).contains(step.verb()))
                            .map(Step::value))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void ofARush_atMostOneRequestChangesTheId_andTheLastOneEndsTheSession() {
        for (int i = 0; i < 20; i++) {
            List<List<List<PlannedCall>>> rushes = planner.plan(i).rushes();
            assertThat(rushes).allSatisfy(rush -> {
                assertThat(rush).hasSize(HotPlanner.VISITORS);
                assertThat(all(rush, Verb.ROTATE)).hasSizeLessThan(2);
            });
            assertThat(all(rushes.get(rushes.size() - 1), Verb.END)).hasSize(1);
            assertThat(rushes.subList(0, rushes.size() - 1))
                    .allSatisfy(rush -> assertThat(all(rush, Verb.END)).isEmpty());
        }
    }

    private static List<Step> all(List<List<PlannedCall>> rush, Verb verb) {
        return rush.stream()
                .flatMap(List::stream)
                .flatMap(call -> call.steps().stream())
                .filter(step -> step.verb() == verb)
                .toList();
    }

    private static Stream<Step> steps(HotPlan plan) {
        return plan.calls().flatMap(call -> call.steps().stream());
    }
}
