package io.holdfast.redis;

import io.holdfast.session.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection that all reads, looks at the index, leases of requests and the journal share. A question is a list of commands
 * that leave in one flush; it is answered within the command time-out or fails.
 *
 * <p>When the connection breaks, a question is asked once more on a fresh one, so a restart of Redis costs no request if it
 * is back. That is safe for what can be asked here: it is either a read or idempotent.
 */
final class LoadConnection {
    private final OnDemandConnection connection;
    private final Wording wording;
    private final Duration commandTimeout;

    LoadConnection(OnDemandConnection connection, Wording wording, Duration commandTimeout) {
        this.connection = connection;
        this.wording = wording;
        this.commandTimeout = commandTimeout;
    }

    /**
     * Asks and waits. Returns the answered commands, none of which Redis refused.
     *
     * @param record the record it is about, for messages
     * @param question makes the commands, anew for each time they are sent
     */
    List<RedisCall> ask(String record, Supplier<List<RedisCall>> question) {
        long deadlineNanos = System.nanoTime() + commandTimeout.toNanos();
        try {
            return askOnce(record, question.get(), deadlineNanos);
        } catch (BrokenConnectionException first) {
            try {
                return askOnce(record, question.get(), deadlineNanos);
            } catch (BrokenConnectionException second) {
                throw wording.connectionLost(second);
            }
        }
    }

    /** Sends commands whose answers nobody waits for, and opens the connection for that if need be. */
    CompletableFuture<@Nullable Void> tell(String record, List<RedisCall> calls) {
        return connection
                .get()
                .thenCompose(wire -> wire.send(calls).answered())
                .thenAccept(answered -> refuseRefused(record, calls));
    }

    void close() {
        connection.close();
    }

    private List<RedisCall> askOnce(String record, List<RedisCall> calls, long deadlineNanos) {
        try {
            Wire wire = await(record, connection.get(), deadlineNanos);
            await(record, wire.send(calls).answered(), deadlineNanos);
        } catch (ExecutionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            if (failure instanceof StoreException) {
                throw Wording.forCaller(failure);
            }
            if (failure instanceof TimeoutException) {
                throw wording.noAnswer(failure);
            }
            throw new BrokenConnectionException("connection lost", failure);
        }
        refuseRefused(record, calls);
        return calls;
    }

    private void refuseRefused(String record, List<RedisCall> calls) {
        for (RedisCall call : calls) {
            if (call.error() != null) {
                throw wording.refused(record, call);
            }
        }
    }

    private <T> T await(String record, CompletableFuture<T> future, long deadlineNanos) throws ExecutionException {
        try {
            return future.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw wording.noAnswer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw wording.interrupted(record, true);
        }
    }
}
