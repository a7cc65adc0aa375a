package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clients know about the end of a session.
 *
 * @param record what its id names
 * @param end whether it has come
 * @param evidence the calls that say so, and the last ones
 */
public record Fate(String record, End end, List<Call> evidence) {
    private static final int LAST_CALLS = 4;

    /** Whether a session has ended, or will without anybody doing anything. */
    public enum End {
        /** It has. */
        SURE,
        /** A request that was to end it, or to shorten its time-out, was not answered. */
        POSSIBLE,
        /** It lives. */
        NONE
    }

    /** What the calls of one session say. */
    public static Fate of(String record, List<Call> calls) {
        List<Call> ending = calls.stream()
                .filter(call -> call.has(Verb.END) || call.has(Verb.TIMEOUT))
                .toList();
        boolean sure = ending.stream().anyMatch(call -> call.did(Verb.END) || call.did(Verb.TIMEOUT));
        boolean possible = ending.stream().anyMatch(call -> !(call.answer() instanceof Answer.NoSession));
        List<Call> found = calls.stream()
                .filter(call -> call.answer() instanceof Answer.NoSession)
                .toList();
        boolean gone = possible && !found.isEmpty() && found.stream().anyMatch(call -> noOtherId(call, calls));
        End end = sure || gone ? End.SURE : possible ? End.POSSIBLE : End.NONE;
        List<Call> evidence = new ArrayList<>(ending);
        evidence.addAll(calls.subList(Math.max(0, calls.size() - LAST_CALLS), calls.size()));
        return new Fate(record, end, List.copyOf(evidence));
    }

    private static boolean noOtherId(Call call, List<Call> calls) {
        return calls.stream()
                .noneMatch(other -> other.has(Verb.ROTATE) && other.presented().equals(call.presented()));
    }
}
