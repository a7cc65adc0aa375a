package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;
import java.util.List;

/**
 * Requests of one session on one node at the same time. They share its objects, and what one of them loads is news to all of
 * them; so what is promised to requests of several nodes is not promised to them.
 */
final class Company {
    private Company() {}

    /** Whether no other request of the session was worked on by that node meanwhile. */
    static boolean isAlone(Call call, List<Call> calls) {
        return calls.stream()
                .filter(other -> !other.is(call) && other.node().equals(call.node()))
                .noneMatch(other -> time(other).overlaps(time(call)));
    }

    /** Clients and their node may disagree on when a request was over that broke off. */
    static Interval time(Call call) {
        return call.answer() instanceof Answer.Unknown ? call.time().plusNanos(Write.AFTERMATH_NANOS) : call.time();
    }
}
