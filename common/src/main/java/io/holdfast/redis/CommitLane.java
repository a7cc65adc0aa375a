package io.holdfast.redis;

import io.holdfast.session.BackOff;
import io.holdfast.session.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Drives transactions over one connection that nothing else uses: WATCH, look, decide, MULTI … EXEC.
 *
 * <h2>Order</h2>
 *
 * One transaction is between its WATCH and its EXEC at a time, since WATCH is per connection. The next one's first look
 * leaves in the same flush behind the EXEC, which is in time: Redis works in order, and EXEC ends all watching. So a busy
 * lane needs one round trip per transaction, an idle one two. Transactions of one record queue here, so a node never
 * overtakes itself.
 *
 * <h2>Threads</h2>
 *
 * All state is touched only by tasks of {@link #serial}: there is no lock, and nobody waits but the requests, for their
 * results. What is done here is short; values are encoded long before.
 *
 * <h2>Lost connections</h2>
 *
 * Nothing is ever replayed. A transaction whose EXEC was not sent starts over on a new connection, once. One whose EXEC was
 * sent looks at the record again, for as long as its waiter waits, and finds its commit id there or not; a single shot, for
 * which nobody waits, starts over once. While Redis cannot be reached or does not answer, all others fail at once.
 */
final class CommitLane {
    private final OnDemandConnection connection;
    private final RedisConnector connector;
    private final Wording wording;
    private final int maxAttempts;
    private final Executor serial = new SerialExecutor();

    // Everything below is touched by tasks of serial alone.
    private final Deque<LaneTask<?>> waiting = new ArrayDeque<>();
    private @Nullable Wire wire;
    private boolean busy;
    private boolean watching;

    CommitLane(OnDemandConnection connection, RedisConnector connector, Wording wording, int maxAttempts) {
        this.connection = connection;
        this.connector = connector;
        this.wording = wording;
        this.maxAttempts = maxAttempts;
    }

    /** Queues a transaction. */
    void submit(LaneTask<?> task) {
        serial.execute(() -> {
            waiting.addLast(task);
            startIfIdle();
        });
    }

    /** Opens no connection any more; the one that is open is closed with the client. */
    void close() {
        connection.close();
    }

    private void startIfIdle() {
        if (!busy) {
            startNext();
        }
    }

    /** Nothing is under way: looks for the next transaction, opens the connection if need be, and sends the first look. */
    private void startNext() {
        dropOver();
        busy = !waiting.isEmpty();
        if (!busy) {
            return;
        }
        if (wire != null && wire.isOpen()) {
            flush(wire, null);
            return;
        }
        var unused = connection
                .get()
                .whenComplete((opened, failure) -> serial.execute(() -> {
                    if (failure == null) {
                        wire = opened;
                        watching = false;
                        flush(opened, null);
                    } else {
                        notConnected(failure);
                    }
                }));
    }

    /** Sends what one transaction writes, if any, and behind it the next one's first look, if any, in one flush. */
    private void flush(Wire open, @Nullable LaneTask<?> writing) {
        List<RedisCall> calls = new ArrayList<>();
        if (writing != null) {
            calls.addAll(writing.writeCalls());
            watching = false;
        }
        dropOver();
        LaneTask<?> looking = waiting.poll();
        if (looking != null) {
            if (watching) {
                calls.add(RedisCall.of(RedisVerb.UNWATCH));
            }
            calls.addAll(looking.startLook());
            watching = true;
        }
        if (calls.isEmpty()) {
            busy = false;
            return;
        }
        send(open, calls, () -> answered(writing, looking), failure -> lost(writing, looking, failure));
    }

    private void send(Wire open, List<RedisCall> calls, Runnable onAnswer, Consumer<Throwable> onLoss) {
        var unused = open.send(calls)
                .answered()
                .whenComplete((answered, failure) -> serial.execute(() -> {
                    if (failure == null) {
                        onAnswer.run();
                    } else {
                        onLoss.accept(failure);
                    }
                }));
    }

    private void answered(@Nullable LaneTask<?> writing, @Nullable LaneTask<?> looking) {
        if (writing != null) {
            finish(writing);
        }
        Wire open = wire;
        if (looking != null && open != null) {
            decide(open, looking);
            return;
        }
        if (looking != null) {
            waiting.addFirst(looking);
        }
        startNext();
    }

    private void finish(LaneTask<?> task) {
        Object answer = task.answerToExec();
        RedisCall refused = task.refusedWrite();
        if (refused != null) {
            task.fail(wording.refused(task.record(), refused));
        } else if (answer == null && !task.isSingleShot()) {
            overtaken(task);
        } else {
            task.written();
        }
        if (answer instanceof RedisError error && !error.isAbort()) {
            dropWire(); // EXEC itself failed: what is watched or queued on this connection is in doubt
        }
    }

    private void overtaken(LaneTask<?> task) {
        task.overtakenAgain();
        int attempts = task.overtaken();
        if (attempts < maxAttempts) {
            later(task, BackOff.after(attempts));
        } else if (task.isInDoubt()) {
            task.fail(wording.outcomeUnknown(task.record(), wording.overtaken(task.record(), attempts)));
        } else {
            task.fail(wording.overtaken(task.record(), attempts));
        }
    }

    /** In the meantime the lane does what else there is. */
    private void later(LaneTask<?> task, Duration pause) {
        Runnable again = () -> {
            waiting.addFirst(task);
            startIfIdle();
        };
        connector.schedule(() -> serial.execute(again), pause);
    }

    private <R> void decide(Wire open, LaneTask<R> task) {
        Decision<R> decision;
        try {
            RedisCall refused = task.refusedLook();
            if (refused != null) {
                throw wording.refused(task.record(), refused);
            }
            decision = task.decide();
        } catch (RuntimeException e) {
            task.fail(e);
            startNext();
            return;
        }
        if (decision instanceof Decision.LookCloser<R> closer) {
            List<RedisCall> calls = task.startCloserLook(closer);
            send(open, calls, () -> decide(open, task), failure -> lost(null, task, failure));
        } else if (decision instanceof Decision.Write<R> write && task.startWrite(write)) {
            flush(open, task);
        } else {
            if (decision instanceof Decision.Answer<R> answer) {
                task.answer(answer.result());
            } else if (decision instanceof Decision.Later<R> later) {
                later(task, later.pause());
            }
            startNext();
        }
    }

    /** The connection broke, or Redis did not answer in time, while these two were under way. */
    private void lost(@Nullable LaneTask<?> writing, @Nullable LaneTask<?> looking, Throwable failure) {
        dropWire();
        boolean silent = failure instanceof TimeoutException;
        if (looking != null) {
            waiting.addFirst(looking);
            if (!looking.isInDoubt() && !silent && !looking.lostForTheFirstTime()) {
                looking.fail(wording.notWritten(looking.record(), wording.connectionLost(failure)));
            }
        }
        if (writing != null) {
            lostBehindExec(writing, failure);
        }
        if (silent) {
            failUnwritten(task -> wording.notWritten(task.record(), wording.noAnswer(failure)));
        }
        if (looking != null && looking.isInDoubt()) {
            startNextLater(); // its second loss at least: it could go on like this for as long as the waiter waits
        } else {
            startNext();
        }
    }

    private void lostBehindExec(LaneTask<?> writing, Throwable failure) {
        if (!writing.isSingleShot()) {
            writing.outcomeUnknown();
            waiting.addFirst(writing);
        } else if (!(failure instanceof TimeoutException) && writing.lostForTheFirstTime()) {
            waiting.addFirst(writing);
        } else {
            writing.fail(wording.notAnswered(writing.record(), failure));
        }
    }

    private void notConnected(Throwable failure) {
        failUnwritten(task -> failure instanceof StoreUnavailableException
                ? wording.notWritten(task.record(), failure)
                : Wording.forCaller(failure));
        busy = !waiting.isEmpty();
        if (busy) {
            startNextLater();
        }
    }

    private void startNextLater() {
        connector.schedule(() -> serial.execute(this::startNext), OnDemandConnection.MAX_SPACING);
    }

    private void dropOver() {
        while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
            waiting.removeFirst();
        }
    }

    /** Fails all but those that must find out what became of their EXEC. */
    private void failUnwritten(Function<LaneTask<?>, RuntimeException> failure) {
        waiting.stream().filter(task -> !task.isInDoubt()).forEach(task -> task.fail(failure.apply(task)));
        waiting.removeIf(LaneTask::isOver);
    }

    private void dropWire() {
        if (wire != null) {
            wire.close();
            wire = null;
        }
        watching = false;
    }
}
