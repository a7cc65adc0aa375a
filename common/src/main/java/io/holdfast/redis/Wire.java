package io.holdfast.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.api.StatefulRedisConnection;
import io.netty.util.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One open connection, which never opens itself again: after a reconnect behind our back the WATCH of a half-done commit
 * would be gone and its EXEC would go through.
 *
 * <p>A connection that leaves an exchange unanswered for the command time-out is closed, since its answers can no longer be
 * told apart from lost ones. So is one on which a command fails, as when there is no memory to read its answer into: an answer that is
 * still read from it counts for nothing. Lettuce's own command time-outs are off: they would cost a timer per command and leave the
 * connection open.
 */
final class Wire {
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Timer timer;
    private final Duration commandTimeout;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean broken = new AtomicBoolean();

    /** In the order in which they are sent, which is that of their answers. */
    private final Queue<Exchange> unanswered = new ConcurrentLinkedQueue<>();

    /** Whether a timer runs for the oldest of them: one for each would cost more than what it watches. */
    private final AtomicBoolean watched = new AtomicBoolean();

    Wire(StatefulRedisConnection<byte[], byte[]> connection, Timer timer, Duration commandTimeout) {
        this.connection = connection;
        this.timer = timer;
        this.commandTimeout = commandTimeout;
    }

    /**
     * Sends commands in one write and one flush. Other threads' commands may come between them, so only the single user of a
     * connection may send a transaction.
     */
    Exchange send(List<RedisCall> calls) {
        Exchange exchange = new Exchange(calls, broken, System.nanoTime() + commandTimeout.toNanos());
        unanswered.add(exchange);
        var unused = exchange.answered().whenComplete((answered, failure) -> {
            unanswered.remove(exchange);
            if (failure != null) {
                close();
            }
        });
        try {
            watch();
            connection.dispatch(calls);
        } catch (RuntimeException | Error e) { // the timer refuses once it is stopped; the heap may be full
            broken.set(true);
            watched.set(false);
            exchange.fail(e);
        }
        return exchange;
    }

    private void watch() {
        if (!unanswered.isEmpty() && watched.compareAndSet(false, true)) {
            watchFor(commandTimeout.toNanos());
        }
    }

    private void watchFor(long nanos) {
        var unused = timer.newTimeout(expired -> look(), nanos, TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            for (Exchange oldest = unanswered.peek(); oldest != null; oldest = unanswered.peek()) {
                long left = oldest.deadlineNanos() - System.nanoTime();
                if (left > 0) {
                    watchFor(left);
                    return;
                }
                oldest.fail(new TimeoutException("no answer within " + commandTimeout.toMillis() + " ms"));
                unanswered.remove(oldest); // it may have been answered in the last moment
            }
            watched.set(false);
            watch(); // also what was sent while this was still taken for watching
        } catch (RuntimeException | Error e) { // the timer is stopped, with the client; or nobody would look any more
            close();
        }
    }

    boolean isOpen() {
        return !closed.get() && !broken.get() && connection.isOpen();
    }

    /** Closes the connection without waiting; what is unanswered fails. */
    void close() {
        closed.set(true);
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        boolean closedWithClient = connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
        if (closedWithClient) { // Lettuce would log a warning
            return;
        }
        try {
            var unused = connection.closeAsync();
        } catch (RuntimeException | Error e) {
            closing.set(false); // where the heap is full, the next time may do
            throw e;
        }
    }
}
