package io.holdfast.benchmarks.parts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Commits over one connection with nothing but the driver: the best that can be had of it. One commit is between its WATCH and its
 * EXEC at a time; the answer to its look sends the rest from the event loop, and the next one's look leaves in the same flush.
 * No commit is checked, tried again, or has an end of its patience.
 */
final class BareLane {
    private final StatefulRedisConnection<byte[], byte[]> connection;

    @GuardedBy("this")
    private final Queue<Commit> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean busy;

    BareLane(StatefulRedisConnection<byte[], byte[]> connection) {
        this.connection = connection;
    }

    /** Commits, once those before it are done. */
    CompletableFuture<TransactionResult> commit(BareRecord record) {
        Commit commit = new Commit(record);
        synchronized (this) {
            if (busy) {
                waiting.add(commit);
                return commit.done;
            }
            busy = true;
        }
        look(commit, new ArrayList<>());
        return commit.done;
    }

    private void look(Commit commit, List<RedisCommand<byte[], byte[], ?>> behind) {
        AsyncCommand<byte[], byte[], Long> last = new AsyncCommand<>(commit.record.remainingTime());
        RedisCommand<byte[], byte[], List<byte[]>> head = commit.record.head();
        behind.add(commit.record.watch());
        behind.add(head);
        behind.add(last);
        var unused = last.whenComplete((remaining, failure) -> {
            if (failure == null) {
                write(commit, head.getOutput().get());
            } else {
                commit.done.completeExceptionally(failure);
            }
        });
        connection.dispatch(behind);
    }

    private void write(Commit commit, List<byte[]> head) {
        long version = Long.parseLong(new String(head.get(0), US_ASCII)) + 1;
        List<RedisCommand<byte[], byte[], ?>> commands =
                new ArrayList<>(commit.record.writing(Long.toString(version).getBytes(US_ASCII), head.get(1)));
        AsyncCommand<byte[], byte[], TransactionResult> exec = BareRecord.exec();
        commands.add(exec);
        Commit next = next(false);
        var unused = exec.whenComplete((result, failure) -> {
            commit.finish(result, failure);
            if (next == null) {
                goOn();
            }
        });
        if (next == null) {
            connection.dispatch(commands);
        } else {
            look(next, commands);
        }
    }

    private void goOn() {
        Commit next = next(true);
        if (next != null) {
            look(next, new ArrayList<>());
        }
    }

    private synchronized @Nullable Commit next(boolean idle) {
        Commit next = waiting.poll();
        busy = next != null || !idle;
        return next;
    }

    private static final class Commit {
        private final BareRecord record;
        private final CompletableFuture<TransactionResult> done = new CompletableFuture<>();

        Commit(BareRecord record) {
            this.record = record;
        }

        void finish(@Nullable TransactionResult result, @Nullable Throwable failure) {
            if (failure != null) {
                done.completeExceptionally(failure);
            } else if (result == null || result.wasDiscarded()) {
                done.completeExceptionally(new IllegalStateException("somebody else wrote to the record"));
            } else {
                done.complete(result);
            }
        }
    }
}
