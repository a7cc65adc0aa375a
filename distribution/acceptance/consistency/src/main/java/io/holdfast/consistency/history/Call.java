package io.holdfast.consistency.history;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request, from its sending to what came of it.
 *
 * @param number of the request in its run
 * @param node that it was sent to
 * @param presented the session id that it came with; empty: none
 * @param steps what was asked for
 * @param time when
 * @param firstByteAt when the response began, as a time like those of {@code time}; 0: it did not
 * @param releasedAt when a request that is held was told to go on; 0: it is not held
 * @param answer what came of it
 */
public record Call(
        long number,
        String node,
        String presented,
        List<Step> steps,
        Interval time,
        long firstByteAt,
        long releasedAt,
        Answer answer) {
    private static final int RECORD_DIGITS = 16;

    /** A call; the steps are copied. */
    public Call {
        steps = List.copyOf(steps);
    }

    /** The answer to a step, by its place; null: there is none. */
    public @Nullable String seen(int step) {
        return answer instanceof Answer.Answered answered
                        && step < answered.seen().size()
                ? answered.seen().get(step)
                : null;
    }

    /** Whether this is the other one. */
    public boolean is(Call other) {
        return number == other.number;
    }

    /** Whether a step of this kind was asked for. */
    public boolean has(Step.Verb verb) {
        return steps.stream().anyMatch(step -> step.verb() == verb);
    }

    /** Whether the answer says that a step of this kind was done. */
    public boolean did(Step.Verb verb) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).verb() == verb && Answer.DONE.equals(seen(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the session ended before the request did. */
    public boolean lostItsSession() {
        return answer instanceof Answer.Answered answered && answered.seen().contains(Answer.GONE);
    }

    /** For people: what an id names, without the part that is a secret. */
    public static String record(String id) {
        return id.length() <= RECORD_DIGITS ? id : id.substring(0, RECORD_DIGITS);
    }

    /** One line, with times in milliseconds since {@code origin}. */
    public String toLine(long origin) {
        return String.format(
                "%10.3f to %10.3f ms  #%d on %s  ->  %s",
                millis(time.start() - origin), millis(time.end() - origin), number, asked(), answered());
    }

    /** For people: the node, what the request came with, and what it asked for. */
    String asked() {
        return node + "  id " + shortId(presented) + "  "
                + steps.stream().map(Step::toString).collect(Collectors.joining(" "));
    }

    /** For people: what came of it. */
    String answered() {
        return text(answer);
    }

    private static String text(Answer answer) {
        if (answer instanceof Answer.Answered answered) {
            String changed = answered.newId().equals(answered.id()) ? "" : " new id " + shortId(answered.newId());
            return String.join(" ", answered.seen()) + changed;
        }
        return answer.toString();
    }

    /** The record, and as much of the secret as tells two ids of one session apart. */
    private static String shortId(String id) {
        return id.isEmpty()
                ? "none"
                : record(id)
                        + (id.length() > RECORD_DIGITS ? "+" + id.substring(RECORD_DIGITS, RECORD_DIGITS + 4) : "");
    }

    private static double millis(long nanos) {
        return nanos / 1_000_000.0;
    }
}
