package io.holdfast.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on its way through a lane, and the border between the lane and the thread that waits: the waiter may give
 * up at any time, and from then on the lane sends no EXEC for it.
 */
final class LaneTask<R> {
    /** Whether an EXEC may have taken effect. */
    private enum State {
        /** None has; one may be sent. */
        UNWRITTEN,
        /** One is sent; its outcome is not known yet. */
        SENT,
        /** Nobody waits any more; none has taken effect, and none may be sent. */
        ABANDONED,
        /** Nobody waits any more; one may have taken effect, and no other may be sent. */
        ABANDONED_IN_DOUBT
    }

    private final Transaction<R> transaction;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.UNWRITTEN);
    private final AtomicInteger overtaken = new AtomicInteger();
    private volatile boolean everInDoubt;

    // The rest is touched by the lane alone.
    private List<RedisCall> beforeLook = List.of();
    private List<RedisCall> lookCalls = List.of();
    private List<RedisCall> writeCalls = List.of();
    private @Nullable R resultOfWrite;
    private boolean lostBefore;
    private int timesOvertakenTogether;
    private boolean mayBeOvertaken;
    private boolean alone;

    LaneTask(Transaction<R> transaction) {
        this.transaction = transaction;
    }

    String record() {
        return transaction.record();
    }

    /** Completes when the lane is through with the task. */
    CompletableFuture<R> result() {
        return result;
    }

    /** See {@link Transaction#isSingleShot}. */
    boolean isSingleShot() {
        return transaction.isSingleShot();
    }

    /** How often it was overtaken so far. */
    int overtaken() {
        return overtaken.get();
    }

    /**
     * Nobody waits any longer. May be called again, by others, and answers them the same.
     *
     * @return whether an EXEC of unknown outcome is out; otherwise nothing was and will be written
     */
    boolean abandon() {
        State now = state.updateAndGet(LaneTask::abandoned);
        if (now == State.ABANDONED_IN_DOUBT) {
            everInDoubt = true;
        }
        return now == State.ABANDONED_IN_DOUBT;
    }

    private static State abandoned(State before) {
        return before == State.SENT || before == State.ABANDONED_IN_DOUBT ? State.ABANDONED_IN_DOUBT : State.ABANDONED;
    }

    private boolean isAbandoned() {
        State now = state.get();
        return now == State.ABANDONED || now == State.ABANDONED_IN_DOUBT;
    }

    /** Whether an EXEC may have taken effect although it was not answered. */
    boolean isInDoubt() {
        return everInDoubt;
    }

    /**
     * With how many it goes together at most, itself among them: half as many each time that one of them was overtaken; 1 if it may
     * hold others up, or has a lost answer.
     */
    int mostTogether() {
        boolean goesAlone = alone || everInDoubt || !transaction.isSmall();
        return goesAlone ? 1 : Math.max(1, CommitLane.MOST_TOGETHER >> timesOvertakenTogether);
    }

    /** It does not go together with others any more, whatever {@link #mostTogether} was. */
    void goAlone() {
        alone = true;
    }

    /** Keys to be watched from before the look. */
    List<byte[]> watched() {
        return transaction.watched();
    }

    /** Starts an attempt: the commands to send behind WATCH, up to the look. */
    List<RedisCall> startLook() {
        beforeLook = transaction.before();
        lookCalls = transaction.look();
        return concat(beforeLook, lookCalls);
    }

    /** The first command of the latest look that Redis refused, or null. */
    @Nullable
    RedisCall refusedLook() {
        return firstRefused(concat(beforeLook, lookCalls));
    }

    /** Starts a closer look. */
    void startCloserLook(Decision.LookCloser<R> decision) {
        lookCalls = decision.calls();
    }

    /** The commands of the latest look. */
    List<RedisCall> lookCalls() {
        return lookCalls;
    }

    /** What to do after the latest look, none of whose commands Redis refused. */
    Decision<R> decide() {
        return transaction.decide(lookCalls);
    }

    /** What its next EXEC is for. */
    void decidedToWrite(Decision.Write<R> decision) {
        resultOfWrite = decision.result();
        writeCalls = decision.calls();
    }

    /** Whether the EXEC may be sent: the waiter is still there. */
    boolean startWrite() {
        return state.compareAndSet(State.UNWRITTEN, State.SENT) || !isAbandoned();
    }

    /** The commands to send between MULTI and EXEC. */
    List<RedisCall> writeCalls() {
        return writeCalls;
    }

    /** EXEC took effect, or need not. */
    @SuppressWarnings("NullAway") // set by decidedToWrite
    void written() {
        result.complete(resultOfWrite);
    }

    /** The record has changed since an earlier look: by somebody else, or by an earlier EXEC of ours still in doubt. */
    void overtakenAgain() {
        mayBeOvertaken = false;
        notWritten();
        overtaken.incrementAndGet();
    }

    /** EXEC took no effect because one of the records has changed, this or one of those that it went together with. */
    void overtakenTogether() {
        notWritten();
        timesOvertakenTogether++;
        mayBeOvertaken = true;
    }

    /** EXEC took no effect because Redis refused a command, of this or of one that it went together with. */
    void refusedTogether() {
        notWritten();
        goAlone();
    }

    /** Whether its latest EXEC took no effect because a record has changed, and nobody has told yet whose. */
    boolean mayBeOvertaken() {
        return mayBeOvertaken;
    }

    private void notWritten() {
        if (!everInDoubt) {
            state.compareAndSet(State.SENT, State.UNWRITTEN);
        }
    }

    /** The connection was lost behind EXEC. */
    void outcomeUnknown() {
        everInDoubt = true;
        mayBeOvertaken = false;
        transaction.outcomeUnknown();
    }

    /** The connection was lost before EXEC, or behind a single shot's; returns whether that is the first time. */
    boolean lostForTheFirstTime() {
        boolean first = !lostBefore;
        lostBefore = true;
        return first;
    }

    void answer(R answer) {
        result.complete(answer);
    }

    void fail(RuntimeException failure) {
        result.completeExceptionally(failure);
    }

    /** Whether the lane need not care any more. */
    boolean isOver() {
        return result.isDone() || isAbandoned();
    }

    private static List<RedisCall> concat(List<RedisCall> first, List<RedisCall> rest) {
        List<RedisCall> calls = new ArrayList<>(first);
        calls.addAll(rest);
        return calls;
    }

    private static @Nullable RedisCall firstRefused(List<RedisCall> calls) {
        for (RedisCall call : calls) {
            if (call.error() != null) {
                return call;
            }
        }
        return null;
    }
}
