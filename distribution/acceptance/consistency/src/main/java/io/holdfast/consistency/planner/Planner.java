package io.holdfast.consistency.planner;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import io.holdfast.consistency.planner.VisitPlan.Finale;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Decides what visitors do. The same seed and number give the same visit; in which order concurrent requests reach the
 * session is not decided by anybody.
 */
public final class Planner {
    /** Seconds to which the time-out of a session is shortened that is to expire. */
    public static final int SHORT_TIMEOUT_SECONDS = 1;

    private static final int MOST_ROUNDS = 8;
    private static final int MOST_AT_ONCE = 4;
    private static final int CROWD = 16;

    private final long seed;
    private final int nodes;

    /** A planner for so many nodes. */
    public Planner(long seed, int nodes) {
        this.seed = seed;
        this.nodes = nodes;
    }

    /** The visit of this number. */
    public VisitPlan plan(long number) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed + number).nextLong());
        Vocabulary words = new Vocabulary(number, random);
        List<List<PlannedCall>> rounds = new ArrayList<>();
        rounds.add(List.of(call(random, words.creation())));
        int count = random.nextInt(2, MOST_ROUNDS + 1);
        for (int i = 0; i < count; i++) {
            rounds.add(round(random, words));
            rounds.add(List.of(call(random, words.readEverything())));
        }
        Finale finale = finale(random);
        rounds.addAll(last(finale, random, words));
        return new VisitPlan(number, rounds, finale);
    }

    /**
     * At most one of the requests changes the id, since nobody could say which of two new ones is valid; and none that may be
     * refused, which would keep its client from learning it.
     */
    private List<PlannedCall> round(SplittableRandom random, Vocabulary words) {
        if (random.nextInt(8) == 0) {
            return words.duel().stream().map(steps -> call(random, steps)).toList();
        }
        List<PlannedCall> calls = new ArrayList<>();
        int count = random.nextInt(20) == 0 ? CROWD : random.nextInt(1, MOST_AT_ONCE + 1);
        boolean changesId = random.nextInt(6) == 0;
        for (int i = 0; i < count; i++) {
            List<Step> steps = switch (random.nextInt(10)) {
                case 0, 1 -> words.readSome();
                case 2 -> words.held();
                case 3 -> words.flushed();
                case 4 -> words.asynchronous();
                case 5 -> words.alone();
                default -> words.write();
            };
            calls.add(call(random, i == 0 && changesId && !mayConflict(steps) ? words.withNewId(steps) : steps));
        }
        return calls;
    }

    private static boolean mayConflict(List<Step> steps) {
        return steps.stream()
                .anyMatch(step -> step.verb() != Verb.GET && step.name().equals("strict"));
    }

    private static Finale finale(SplittableRandom random) {
        int dice = random.nextInt(20);
        if (dice < 12) {
            return Finale.ENDED;
        }
        return dice < 16 ? Finale.EXPIRES : dice < 17 ? Finale.EXPIRES_UNDER_A_REQUEST : Finale.LIVES;
    }

    private List<List<PlannedCall>> last(Finale finale, SplittableRandom random, Vocabulary words) {
        List<Step> shorten =
                List.of(new Step(Verb.TIMEOUT, "", Integer.toString(SHORT_TIMEOUT_SECONDS)), Step.of(Verb.GET, "a"));
        return switch (finale) {
            case LIVES -> List.of();
            case EXPIRES -> List.of(List.of(call(random, shorten)));
            case EXPIRES_UNDER_A_REQUEST ->
                List.of(List.of(call(random, shorten)), List.of(call(random, words.held())));
            case ENDED -> {
                List<PlannedCall> calls = new ArrayList<>();
                calls.add(call(random, List.of(Step.of(Verb.END))));
                if (random.nextBoolean()) {
                    calls.add(call(random, words.held()));
                }
                if (random.nextBoolean()) {
                    calls.add(call(random, words.write()));
                }
                yield List.of(calls);
            }
        };
    }

    private PlannedCall call(SplittableRandom random, List<Step> steps) {
        return new PlannedCall(random.nextInt(nodes), steps);
    }
}
