package io.holdfast.consistency.planner;

import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Decides what is done with sessions that many visitors use at once. The same seed and number give the same plan; in which order the
 * requests reach the session is not decided by anybody.
 */
public final class HotPlanner {
    /** So many use a hot session at the same time. */
    public static final int VISITORS = 16;

    private static final int RUSHES = 4;
    private static final int REQUESTS = 4;

    private final long seed;
    private final int nodes;

    /** A planner for so many nodes. */
    public HotPlanner(long seed, int nodes) {
        this.seed = seed;
        this.nodes = nodes;
    }

    /** The plan of this number. */
    public HotPlan plan(long number) {
        long visit = -1 - number; // no other visit has it
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed + visit).nextLong());
        Vocabulary words = new Vocabulary(visit, random);
        PlannedCall creation = call(random, words.creation());
        List<List<List<PlannedCall>>> rushes = new ArrayList<>();
        for (int i = 0; i < RUSHES; i++) {
            rushes.add(rush(random, words, i == RUSHES - 1));
        }
        List<PlannedCall> looks = IntStream.range(0, nodes)
                .mapToObj(node -> new PlannedCall(node, words.readEverything()))
                .toList();
        return new HotPlan(number, creation, rushes, looks);
    }

    /**
     * Most requests of a rush are about one attribute, and half of the rushes are on two nodes only, so that many share an object.
     * Only the first visitor changes the id, and once, since nobody could say which of two new ones is valid.
     */
    private List<List<PlannedCall>> rush(SplittableRandom random, Vocabulary words, boolean last) {
        String favourite = words.changedInPlace();
        int from = random.nextInt(nodes);
        int among = random.nextBoolean() ? nodes : Math.min(nodes, 2);
        List<List<PlannedCall>> visitors = new ArrayList<>();
        for (int i = 0; i < VISITORS; i++) {
            List<PlannedCall> calls = new ArrayList<>();
            for (int j = 0; j < REQUESTS; j++) {
                int node = (from + random.nextInt(among)) % nodes;
                calls.add(new PlannedCall(node, request(random, words, favourite)));
            }
            visitors.add(calls);
        }
        List<PlannedCall> first = visitors.get(0);
        if (last) {
            first.set(REQUESTS - 1, call(random, List.of(Step.of(Verb.END))));
        } else if (random.nextBoolean()) {
            int place = random.nextInt(REQUESTS);
            first.set(place, call(random, words.withNewId(words.readSome())));
        }
        return visitors;
    }

    private static List<Step> request(SplittableRandom random, Vocabulary words, String favourite) {
        return switch (random.nextInt(20)) {
            case 0 -> words.readSome();
            case 1 -> words.write();
            case 2 -> words.flushed();
            case 3 -> words.asynchronous();
            case 4 -> words.alone();
            default -> words.slow(favourite);
        };
    }

    private PlannedCall call(SplittableRandom random, List<Step> steps) {
        return new PlannedCall(random.nextInt(nodes), steps);
    }
}
