package io.holdfast.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Commands that leave in one write, and the moment at which the last of them is answered. An error that Redis answers is an
 * answer; failed means that answers will not come.
 */
final class Exchange {
    private final List<RedisCall> calls;
    private final AtomicBoolean broken;
    private final long deadlineNanos;
    private final AtomicInteger unanswered;
    private final CompletableFuture<@Nullable Void> answered = new CompletableFuture<>();

    /**
     * Commands for one connection.
     *
     * @param broken whether something went wrong with the connection, which a command that fails sets; the answers that come from then
     *     on may be those to other commands
     * @param deadlineNanos until when it may be answered, as {@link System#nanoTime()} tells it
     */
    Exchange(List<RedisCall> calls, AtomicBoolean broken, long deadlineNanos) {
        this.calls = calls;
        this.broken = broken;
        this.deadlineNanos = deadlineNanos;
        unanswered = new AtomicInteger(calls.size());
        calls.forEach(call -> call.sentWith(this));
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    List<RedisCall> calls() {
        return calls;
    }

    /** Completes with the last answer, on the thread that received it. */
    CompletableFuture<@Nullable Void> answered() {
        return answered;
    }

    void callAnswered() {
        if (unanswered.decrementAndGet() > 0) {
            return;
        }
        if (broken.get()) {
            fail(new BrokenConnectionException("another command of this connection has failed before", null));
        } else {
            answered.complete(null);
        }
    }

    /** A command has failed. Needs no memory, as the lack of it may be why. */
    void callFailed() {
        broken.set(true);
    }

    /** Gives up; returns whether this was the first to end the exchange. */
    boolean fail(Throwable failure) {
        return answered.completeExceptionally(failure);
    }
}
