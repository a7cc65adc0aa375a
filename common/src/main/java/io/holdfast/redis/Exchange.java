package io.holdfast.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Commands that leave in one write, and the moment at which the last of them is answered. An error that Redis answers is an
 * answer; failed means that answers will not come.
 */
final class Exchange {
    private final List<RedisCall> calls;
    private final long deadlineNanos;
    private final AtomicInteger unanswered;
    private final CompletableFuture<@Nullable Void> answered = new CompletableFuture<>();

    /** {@code deadlineNanos}: until when it may be answered, as {@link System#nanoTime()} tells it. */
    Exchange(List<RedisCall> calls, long deadlineNanos) {
        this.calls = calls;
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
        if (unanswered.decrementAndGet() == 0) {
            answered.complete(null);
        }
    }

    /** Gives up; returns whether this was the first to end the exchange. */
    boolean fail(Throwable failure) {
        return answered.completeExceptionally(failure);
    }
}
