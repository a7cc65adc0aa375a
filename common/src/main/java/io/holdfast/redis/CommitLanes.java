package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.session.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The lanes of one store, and the wait for them. A record always uses the same lane. A wait ends after twice the command
 * time-out: once for the transaction, once for finding out what became of it after a lost connection.
 */
final class CommitLanes {
    private static final int WAITS = 2;

    private final List<CommitLane> lanes;
    private final Set<LaneTask<?>> underWay = ConcurrentHashMap.newKeySet();
    private final Wording wording;
    private final Duration longestWait;
    private volatile boolean closed;

    CommitLanes(RedisConnector connector, Wording wording, HoldfastSettings settings) {
        lanes = IntStream.range(0, settings.commitLanes())
                .mapToObj(i -> new OnDemandConnection(connector::connect, wording, settings.commandTimeout()))
                .map(connection -> new CommitLane(connection, connector, wording, settings))
                .toList();
        this.wording = wording;
        longestWait = settings.commandTimeout().multipliedBy(WAITS);
    }

    /**
     * Runs a transaction and waits for it.
     *
     * @param onRetry told, before this returns, about each attempt that was overtaken, counting from 1
     * @throws io.holdfast.session.StoreException when it did not end in one of its results; the message says whether
     *     anything may have been written
     */
    <R> R run(Transaction<R> transaction, IntConsumer onRetry) {
        LaneTask<R> task = new LaneTask<>(transaction);
        underWay.add(task);
        try {
            if (closed) {
                throw failed(wording.closed(), false);
            }
            laneOf(transaction.record()).submit(task);
            return await(task);
        } catch (Error e) { // as where the heap is full: whoever waits needs to know all the same what may have been
            // written
            boolean mayBeDone = task.abandon() || task.result().isDone();
            throw failed(wording.broken(task.record(), mayBeDone, e), mayBeDone);
        } finally {
            underWay.remove(task);
            for (int attempt = 1; attempt <= task.overtaken(); attempt++) {
                onRetry.accept(attempt);
            }
        }
    }

    /**
     * Runs a {@linkplain Transaction#isSingleShot single shot} without waiting. The result fails when Redis leaves the lane without
     * an answer for the command time-out, and at once while Redis cannot be reached.
     */
    <R> CompletableFuture<R> submit(Transaction<R> transaction) {
        LaneTask<R> task = new LaneTask<>(transaction);
        underWay.add(task);
        var unused = task.result().whenComplete((result, failure) -> underWay.remove(task));
        if (closed) {
            task.fail(wording.closed());
        } else {
            laneOf(transaction.record()).submit(task);
        }
        return task.result();
    }

    /** Opens no connection any more; transactions under way fail. */
    void close() {
        closed = true;
        underWay.forEach(task -> {
            boolean inDoubt = task.abandon();
            task.fail(inDoubt ? wording.closedMeanwhile(task.record()) : wording.closed());
        });
        lanes.forEach(CommitLane::close);
    }

    private CommitLane laneOf(String record) {
        int hash = record.hashCode();
        return lanes.get(Math.floorMod(hash ^ (hash >>> 16), lanes.size()));
    }

    private <R> R await(LaneTask<R> task) {
        try {
            return task.result().get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failed(Wording.forCaller(e.getCause() == null ? e : e.getCause()), task.isInDoubt());
        } catch (TimeoutException e) {
            boolean inDoubt = task.abandon();
            if (task.result().isDone()) { // in the last moment
                return await(task);
            }
            throw failed(
                    inDoubt
                            ? wording.outcomeUnknown(task.record(), e)
                            : wording.notWritten(task.record(), wording.noAnswer(e)),
                    inDoubt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            boolean inDoubt = task.abandon();
            throw failed(wording.interrupted(task.record(), inDoubt), inDoubt);
        }
    }

    private static RuntimeException failed(RuntimeException failure, boolean mayBeDone) {
        if (failure instanceof StoreException ofTheStore && !mayBeDone) {
            ofTheStore.markNothingDone();
        }
        return failure;
    }
}
