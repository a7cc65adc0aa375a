package io.holdfast.consistency.planner;

import java.util.List;

/**
 * What one visitor does with one session. The rounds follow each other. Of a round, those requests go first that are held in the
 * middle; when they are, the others are sent, all at the same time; when these are answered, those that are held go on.
 *
 * @param number of the visit in its run, from 0
 * @param rounds one after the other; the first one is the request that begins the session
 * @param finale how it ends
 */
public record VisitPlan(long number, List<List<PlannedCall>> rounds, Finale finale) {
    /** What becomes of the session. */
    public enum Finale {
        /** The last round has invalidated it. */
        ENDED,
        /** The last round has shortened its time-out; nobody comes back before it has expired. */
        EXPIRES,
        /** As {@link #EXPIRES}, with a request that has begun before and goes on behind it. */
        EXPIRES_UNDER_A_REQUEST,
        /** It is left alone, and lives. */
        LIVES
    }

    /** How many steps all requests have together. */
    public long operations() {
        return rounds.stream()
                .flatMap(List::stream)
                .mapToLong(call -> call.steps().size())
                .sum();
    }
}
