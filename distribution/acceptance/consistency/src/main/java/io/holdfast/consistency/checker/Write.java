package io.holdfast.consistency.checker;

import io.holdfast.consistency.history.Answer;
import io.holdfast.consistency.history.Call;
import io.holdfast.consistency.history.Interval;
import io.holdfast.consistency.history.Step;
import io.holdfast.consistency.history.Step.Verb;
import java.util.List;

/**
 * One change of one attribute.
 *
 * @param call that made it
 * @param place of its step in the call
 * @param attribute that it changed
 * @param step what it did
 * @param effect whether it counts
 * @param possibleUntil when it surely had its effect, or never will have one, if it is {@link Effect#POSSIBLE}
 */
record Write(Call call, int place, String attribute, Step step, Effect effect, long possibleUntil) {
    /** Clients and their node may disagree for so long on whether a request that broke off is still being worked on. */
    static final long AFTERMATH_NANOS = 2_000_000_000L;

    enum Effect {
        /** The client was told that it was done. */
        SURE,
        /** It was done before the response was over, or never; nobody is told. */
        EITHER,
        /** It was done, will be done within a while, or never. */
        POSSIBLE,
        /** It was not done, though who looked at the same time may have seen it. */
        NONE
    }

    Write with(Effect other) {
        return new Write(call, place, attribute, step, other, possibleUntil);
    }

    boolean isSure() {
        return effect == Effect.SURE;
    }

    boolean isInPlace() {
        return isInPlace(step);
    }

    /** Whether it changes an object that all requests of a node share. */
    static boolean isInPlace(Step step) {
        return List.of(Verb.ADD, Verb.DROP, Verb.COUNT).contains(step.verb());
    }

    String value() {
        return step.verb() == Verb.CLEAR ? Answer.ABSENT : step.value();
    }

    /**
     * When it happened: before the response began, if the application had the first byte sent behind it, else before the
     * response ended.
     */
    Interval time() {
        boolean flushed =
                call.steps().subList(place, call.steps().size()).stream().anyMatch(later -> later.verb() == Verb.FLUSH);
        return flushed && call.firstByteAt() != 0 ? new Interval(call.time().start(), call.firstByteAt()) : call.time();
    }

    /** Whether it surely had its effect, or never had one, when that time began. */
    boolean isOverBefore(Interval time) {
        return effect == Effect.POSSIBLE ? possibleUntil < time.start() : time().endsBefore(time);
    }

    /** Whether it may have had its effect before that time was over. */
    boolean mayShowIn(Interval time) {
        return effect == Effect.NONE ? call.time().overlaps(time) : call.time().start() <= time.end();
    }

    /** Whether it may have had its effect after the first of these times began and before the second was over. */
    boolean mayHappenBetween(Interval from, Interval to) {
        return !isOverBefore(from) && mayShowIn(to);
    }

    /** Whether it may have been what counted before that time was over; who was refused never did. */
    boolean counted(Interval time) {
        return effect != Effect.NONE && mayShowIn(time);
    }

    /** Whether its request was being worked on during that time. */
    boolean isUnderWayIn(Interval time) {
        Interval own = effect == Effect.POSSIBLE ? call.time().plusNanos(AFTERMATH_NANOS) : time();
        return own.overlaps(time);
    }

    /** Whether neither of the two was certainly over when the other one began. */
    boolean isConcurrentWith(Write other) {
        return !isOverBefore(other.time()) && !other.isOverBefore(time());
    }
}
