package io.holdfast.consistency.planner;

import java.util.List;
import java.util.stream.Stream;

/**
 * What many visitors do with one session, as the pages of one browser do, or the clients of one token. In a rush, each of them sends
 * one request after the other, and none waits for those of others. When all are through, somebody looks at everything on each node.
 *
 * @param number of the session among the hot ones of its run, from 0
 * @param creation the request that begins the session
 * @param rushes one after the other; of each, the requests of each visitor. One request of the last rush ends the session
 * @param looks at everything, behind each rush
 */
public record HotPlan(
        long number, PlannedCall creation, List<List<List<PlannedCall>>> rushes, List<PlannedCall> looks) {
    /** A plan; the lists are copied, but not those in them. */
    public HotPlan {
        rushes = List.copyOf(rushes);
        looks = List.copyOf(looks);
    }

    /** All requests, in no order that means anything. */
    public Stream<PlannedCall> calls() {
        return Stream.concat(
                Stream.concat(
                        Stream.of(creation),
                        rushes.stream().flatMap(List::stream).flatMap(List::stream)),
                rushes.stream().flatMap(rush -> looks.stream()));
    }

    /** How many steps all requests have together. */
    public long operations() {
        return calls().mapToLong(call -> call.steps().size()).sum();
    }
}
