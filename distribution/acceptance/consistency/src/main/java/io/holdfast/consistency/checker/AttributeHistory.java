package io.holdfast.consistency.checker;

import io.holdfast.consistency.checker.Write.Effect;
import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All looks at one attribute of one session and all changes of it.
 *
 * @param name of the attribute
 * @param reads in no order
 * @param writes in no order
 */
record AttributeHistory(String name, List<Read> reads, List<Write> writes) {

    /** The attribute of which the first of two concurrent changes counts. */
    static final String FIRST_WRITE_WINS = "first";

    /** Status of a request whose changes Redis has turned down; whatever broke, none of them is there. */
    private static final int CONFLICT = 409;

    /** Takes a session's calls apart; by attribute. */
    static Map<String, AttributeHistory> of(List<Call> calls, Rules rules) {
        Map<String, AttributeHistory> histories = new LinkedHashMap<>();
        for (Call call : calls) {
            for (int i = 0; i < call.steps().size(); i++) {
                Step step = call.steps().get(i);
                String seen = call.seen(i);
                for (String name : attributes(step)) {
                    AttributeHistory history = histories.computeIfAbsent(
                            name, key -> new AttributeHistory(key, new ArrayList<>(), new ArrayList<>()));
                    if (step.verb() != Verb.GET) {
                        history.writes.add(write(calls, call, i, name, rules));
                    } else if (seen != null && !isOfASessionThatEnds(call, seen)) {
                        history.reads.add(new Read(call, i, name, seen));
                    }
                }
            }
        }
        histories.computeIfPresent(FIRST_WRITE_WINS, (name, history) -> history.whereTheFirstWriteWins());
        return histories;
    }

    /** A container that ends a session takes its attributes out of it, and a look that began before that finds none. */
    private static boolean isOfASessionThatEnds(Call call, String seen) {
        return seen.equals(Answer.GONE) || (seen.equals(Answer.ABSENT) && call.lostItsSession());
    }

    /** Nobody is told whose change was dropped. It can be that of all who wrote when another node did. */
    private AttributeHistory whereTheFirstWriteWins() {
        List<Write> told = writes.stream()
                .map(write -> write.isSure() && mayHaveGivenWay(write) ? write.with(Effect.EITHER) : write)
                .toList();
        return new AttributeHistory(name, reads, told);
    }

    /**
     * Whether another node wrote at the same time, or at the same time as one who shares the session object, and with it the
     * state that the change is based on; and so on.
     */
    private boolean mayHaveGivenWay(Write write) {
        Set<Write> together = new LinkedHashSet<>(Set.of(write));
        int before;
        do {
            before = together.size();
            writes.stream()
                    .filter(other -> together.stream().anyMatch(other::isConcurrentWith))
                    .toList()
                    .forEach(together::add);
        } while (together.size() > before);
        return together.stream()
                .anyMatch(other -> !other.call().node().equals(write.call().node()));
    }

    private static List<String> attributes(Step step) {
        return switch (step.verb()) {
            case GET, PUT, CLEAR, ADD, DROP, COUNT, INCREMENT -> List.of(step.name());
            case PAIR -> List.of("left", "right");
            default -> List.of();
        };
    }

    private static Write write(List<Call> calls, Call call, int place, String name, Rules rules) {
        Effect effect = effect(calls, call, place, rules);
        long possibleUntil = effect == Effect.POSSIBLE ? possibleUntil(calls, call, rules) : 0;
        return new Write(call, place, name, call.steps().get(place), effect, possibleUntil);
    }

    private static Effect effect(List<Call> calls, Call call, int place, Rules rules) {
        if (call.answer() instanceof Answer.NoSession) {
            return Effect.NONE;
        }
        boolean inPlace = Write.isInPlace(call.steps().get(place));
        if (call.answer() instanceof Answer.Refused refused) {
            // What is shared by the requests of a node was changed for all of them, and what a thread did may be stored
            // with any of them.
            boolean shared = (inPlace || isOfAThread(call, place)) && !Company.isAlone(call, calls);
            boolean known = refused.status() == CONFLICT || !rules.faults();
            return known && !shared ? Effect.NONE : Effect.POSSIBLE;
        }
        if (!(call.answer() instanceof Answer.Answered)) {
            return Effect.POSSIBLE;
        }
        String seen = call.seen(place);
        if (seen == null || seen.equals(Answer.GONE)) {
            return Effect.NONE;
        }
        boolean mayFailUntold = isLate(call, place) && (rules.faults() || Company.isWithRefused(call, calls));
        return call.lostItsSession() || !seen.equals(Answer.DONE) || mayFailUntold ? Effect.POSSIBLE : Effect.SURE;
    }

    /** Where nothing breaks, the requests that shared something with it took it along or nobody did. */
    private static long possibleUntil(List<Call> calls, Call call, Rules rules) {
        boolean unknown = rules.faults() || call.answer() instanceof Answer.Unknown;
        return unknown ? Long.MAX_VALUE : Company.end(call, calls) + Write.AFTERMATH_NANOS;
    }

    /** Whether it was done when nobody could be told any more that it failed. */
    private static boolean isLate(Call call, int place) {
        return isBehind(Verb.FLUSH, call, place) || isOfAThread(call, place);
    }

    /** Whether it was done by a thread that works for no request, as far as its node can tell. */
    private static boolean isOfAThread(Call call, int place) {
        return isBehind(Verb.ASYNC, call, place);
    }

    private static boolean isBehind(Verb verb, Call call, int place) {
        return call.steps().subList(0, place).stream().anyMatch(step -> step.verb() == verb);
    }

    /** Whether no request that changes the attribute was being worked on during that look. */
    boolean isQuiet(Read read) {
        return writes.stream().noneMatch(write -> write.isUnderWayIn(read.time()));
    }

    /**
     * Which changes in place have to show to whom looks in that call. They had to be over when it began; and also when the first of those requests
     * began that change the attribute on the same node at that time, or share the object with one that does, and so on: what they
     * have changed and set again hides what other nodes have stored since, until they are through.
     */
    Predicate<Write> showingIn(Call call) {
        long begin = beginOfCompany(call);
        return change -> change.time().end() < begin;
    }

    private long beginOfCompany(Call call) {
        long begin = call.time().start();
        boolean earlier = true;
        while (earlier) {
            long known = begin;
            begin = writes.stream()
                    .filter(write -> write.isInPlace()
                            && !write.call().is(call)
                            && write.call().node().equals(call.node()))
                    .map(write -> Company.time(write.call()))
                    .filter(time -> time.end() >= known)
                    .mapToLong(Interval::start)
                    .reduce(known, Math::min);
            earlier = begin < known;
        }
        return begin;
    }

    /**
     * Kind of a finding about something newer that is missing in {@code read}, by what others saw: who sees it later shows that
     * it was there all the time.
     *
     * @param hasIt whether another look shows what is missing, and nobody can have brought that about since {@code read} began
     */
    Kind missing(Read read, Predicate<Read> hasIt) {
        return isSeenAfter(read, hasIt) ? Kind.STALE_READ : Kind.LOST_UPDATE;
    }

    /**
     * Kind of a finding about something older that is there in {@code read}: the same, but what had been seen to be gone, and is
     * there for good, has come back.
     *
     * @param isGone whether another look shows it gone, and nobody can have removed it since {@code read} began
     * @param wasGone whether a look before {@code read} shows it gone
     */
    Kind present(Read read, Predicate<Read> isGone, Predicate<Read> wasGone) {
        boolean cameBack = reads.stream().anyMatch(other -> other.isBefore(read) && wasGone.test(other));
        return cameBack && !isSeenAfter(read, isGone) ? Kind.RESURRECTED_VALUE : missing(read, isGone);
    }

    private boolean isSeenAfter(Read read, Predicate<Read> it) {
        return reads.stream().anyMatch(other -> read.isBefore(other) && it.test(other));
    }
}
