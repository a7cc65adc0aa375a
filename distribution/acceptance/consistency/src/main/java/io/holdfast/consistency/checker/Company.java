package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Requests of one session on one node at the same time. They share its objects, and what one of them loads is news to all of
 * them; so what is promised to requests of several nodes is not promised to them.
 */
final class Company {
    private Company() {}

    /** Whether no other request of the session was worked on by that node meanwhile. */
    static boolean isAlone(Call call, List<Call> calls) {
        return calls.stream().filter(other -> !other.is(call)).noneMatch(other -> isCompany(other, call));
    }

    /**
     * Whether a request was refused that may have had objects of this one: it was worked on at the same time, or at the same time as one
     * that may have had some, and so on.
     */
    static boolean isWithRefused(Call call, List<Call> calls) {
        return of(call, calls).stream().anyMatch(other -> other.answer() instanceof Answer.Refused);
    }

    /** When all were over that may have had objects of this one. */
    static long end(Call call, List<Call> calls) {
        return of(call, calls).stream()
                .mapToLong(other -> time(other).end())
                .max()
                .orElseThrow();
    }

    /** With itself. */
    private static Set<Call> of(Call call, List<Call> calls) {
        Set<Call> together = new LinkedHashSet<>(Set.of(call));
        int before;
        do {
            before = together.size();
            calls.stream()
                    .filter(other -> together.stream().anyMatch(known -> isCompany(known, other)))
                    .toList()
                    .forEach(together::add);
        } while (together.size() > before);
        return together;
    }

    private static boolean isCompany(Call one, Call other) {
        return one.node().equals(other.node()) && time(one).overlaps(time(other));
    }

    /** Clients and their node may disagree on when a request was over that broke off. */
    static Interval time(Call call) {
        return call.answer() instanceof Answer.Unknown ? call.time().plusNanos(Write.AFTERMATH_NANOS) : call.time();
    }
}
