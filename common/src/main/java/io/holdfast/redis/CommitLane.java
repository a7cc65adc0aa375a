package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.session.BackOff;
import io.holdfast.session.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drives transactions over one connection that nothing else uses: WATCH, look, decide, MULTI … EXEC.
 *
 * <h2>Order</h2>
 *
 * WATCH is per connection, and EXEC ends all watching. So transactions that have waited, of different records, go together: one WATCH
 * of all that they rest on, the look of each, one MULTI and EXEC with what they write. The first look of the next ones leaves in the
 * same flush behind that EXEC, which is in time: Redis works in order. So a busy lane needs one round trip for up to
 * {@value #MOST_TOGETHER} of them, an idle one two for one. Transactions of one record never go together.
 *
 * <h2>Together</h2>
 *
 * Each decides for itself what it writes; the record of one says nothing of the others. Those that have to look closer do so together, and
 * the others wait for them. If somebody else is quicker with anything that they rest on, nothing is written for any of them, and they look
 * again. Whose record has changed twice so goes on alone; and as nobody can tell whose it was if it is none of those, each time they go
 * with half of the most that may, in the end alone. So does each if Redis refuses what they send together, so that it gets an answer of
 * its own, and if the connection is lost: they would be lost together again. So does what writes much, and what has a lost answer.
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
 *
 * <h2>Full heaps</h2>
 *
 * Any step may fail where there is no memory, and even its failure may be lost. Then nobody knows what is watched or sent. So the
 * lane starts over, on another connection; what was under way fails, in doubt if its EXEC may have left.
 */
final class CommitLane {
    /** So many transactions go together at most: Redis serves nobody else while it does what they write. */
    static final int MOST_TOGETHER = 32;

    /** Redis is given up after one command time-out, when it is asked and when a connection is opened. */
    private static final int TIMEOUTS_OF_A_STEP = 4;

    private static final Duration SPARE = Duration.ofSeconds(2);

    /** What a transaction does next. */
    private enum Step {
        WRITE,
        LOOK_CLOSER,
        END
    }

    private final OnDemandConnection connection;
    private final RedisConnector connector;
    private final Wording wording;
    private final int maxAttempts;
    private final Duration longestStep;
    private final Executor serial = new SerialExecutor(this::startOver);

    // Everything below is touched by tasks of serial alone.
    private final LaneQueue waiting = new LaneQueue();
    private final LaneLosses losses;
    private List<LaneTask<?>> underWay = List.of();
    private @Nullable Wire wire;
    private boolean busy;
    private int beginning; // counts how often it has started over
    private long lastStepNanos = System.nanoTime();
    private boolean watching;
    private int together = MOST_TOGETHER;

    CommitLane(OnDemandConnection connection, RedisConnector connector, Wording wording, HoldfastSettings settings) {
        this.connection = connection;
        this.connector = connector;
        this.wording = wording;
        maxAttempts = settings.commitAttempts();
        longestStep = longestStep(settings);
        losses = new LaneLosses(waiting, wording);
    }

    /** So long it takes at most, whatever Redis does, until what was sent has an end. */
    static Duration longestStep(HoldfastSettings settings) {
        return settings.commandTimeout().multipliedBy(TIMEOUTS_OF_A_STEP).plus(SPARE);
    }

    /** Queues a transaction. */
    void submit(LaneTask<?> task) {
        serial.execute(() -> {
            waiting.add(task);
            if (isStuck()) {
                startOver(new IllegalStateException("the end of what this lane did was lost"));
            }
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

    /** Nothing is under way: looks for the next transactions, opens the connection if need be, and sends their first look. */
    private void startNext() {
        busy = !waiting.isEmpty();
        underWay = List.of();
        lastStepNanos = System.nanoTime();
        if (!busy) {
            return;
        }
        if (wire != null && wire.isOpen()) {
            flush(wire, null);
            return;
        }
        var unused = connection.get().whenComplete(next((opened, failure) -> {
            if (failure == null) {
                wire = opened;
                watching = false;
                together = MOST_TOGETHER;
                flush(opened, null);
            } else {
                notConnected(failure);
            }
        }));
    }

    /** What follows on what is under way now, unless this starts over before. */
    private <T> BiConsumer<T, Throwable> next(BiConsumer<T, Throwable> step) {
        int now = beginning;
        return (result, failure) -> serial.execute(() -> {
            if (beginning == now) {
                step.accept(result, failure);
            }
        });
    }

    /** Sends what transactions write, if any, and behind it the first look of the next ones, if any, in one flush. */
    private void flush(Wire open, @Nullable JointWrite writing) {
        List<RedisCall> calls = new ArrayList<>();
        if (writing != null) {
            calls.addAll(writing.calls());
            watching = false;
        }
        List<LaneTask<?>> flushed = writing == null ? new ArrayList<>() : new ArrayList<>(writing.tasks());
        underWay = flushed;
        JointLook looking = new JointLook(waiting.next(together, flushed::add));
        if (!looking.isEmpty()) {
            if (watching) {
                calls.add(RedisCall.of(RedisVerb.UNWATCH));
            }
            calls.addAll(looking.calls());
            watching = true;
        }
        if (calls.isEmpty()) { // none was left, or those that were could not look
            startNext();
            return;
        }
        send(open, calls, () -> answered(writing, looking), failure -> lost(writing, looking.tasks(), failure));
    }

    private void send(Wire open, List<RedisCall> calls, Runnable onAnswer, Consumer<Throwable> onLoss) {
        lastStepNanos = System.nanoTime();
        var unused = open.send(calls).answered().whenComplete(next((answered, failure) -> {
            if (failure == null) {
                onAnswer.run();
            } else {
                onLoss.accept(failure);
            }
        }));
    }

    private void answered(@Nullable JointWrite writing, JointLook looking) {
        if (writing != null) {
            finish(writing);
        }
        Wire open = wire;
        if (!looking.isEmpty() && open != null) {
            decide(open, looking);
            return;
        }
        waiting.putBack(looking.tasks());
        startNext();
    }

    private void finish(JointWrite writing) {
        List<LaneTask<?>> tasks = writing.tasks();
        RedisCall refused = writing.refused();
        if (writing.isOvertakenTogether()) {
            tasks.forEach(LaneTask::overtakenTogether);
            waiting.putBack(tasks);
        } else if (writing.isAbortedTogether()) {
            tasks.forEach(LaneTask::refusedTogether);
            waiting.putBack(tasks);
        } else if (refused != null) {
            tasks.forEach(task -> task.fail(wording.refused(task.record(), refused)));
        } else if (!writing.isOvertaken()) {
            tasks.forEach(task -> written(task, writing.errorOf(task)));
        } else if (tasks.get(0).isSingleShot()) {
            tasks.get(0).written();
        } else {
            overtaken(tasks.get(0));
        }
        if (writing.isInDoubt()) {
            dropWire();
        }
    }

    /** {@code error}: Redis's answer to a part of what was to be written; null: all of it is. */
    private void written(LaneTask<?> task, @Nullable RedisError error) {
        if (error == null) {
            task.written();
        } else {
            task.fail(wording.refused(task.record(), RedisVerb.EXEC, error));
        }
    }

    private void overtaken(LaneTask<?> task) {
        if (mayTryAgain(task)) {
            later(task, BackOff.after(task.overtaken()));
        }
    }

    /** If not, it has failed. */
    private boolean mayTryAgain(LaneTask<?> task) {
        task.overtakenAgain();
        int attempts = task.overtaken();
        if (attempts < maxAttempts) {
            return true;
        }
        StoreException overtaken = wording.overtaken(task.record(), attempts);
        task.fail(task.isInDoubt() ? wording.outcomeUnknown(task.record(), overtaken) : overtaken);
        return false;
    }

    /** Whether one because of which an EXEC of several has failed goes on with others; the second time it holds nobody up any more. */
    private boolean goesOnTogether(LaneTask<?> task) {
        if (!mayTryAgain(task)) {
            return false;
        }
        if (task.overtaken() == 1) {
            return true;
        }
        task.goAlone();
        later(task, BackOff.after(task.overtaken()));
        return false;
    }

    /** In the meantime the lane does what else there is. */
    private void later(LaneTask<?> task, Duration pause) {
        Runnable again = () -> {
            waiting.putBack(task);
            startIfIdle();
        };
        connector.schedule(() -> serial.execute(again), pause);
    }

    private void decide(Wire open, JointLook look) {
        List<LaneTask<?>> tasks = look.tasks();
        RedisCall refusedWatch = look.refusedWatch();
        if (refusedWatch == null) {
            decide(open, tasks, List.of(), look.isOfSeveral());
        } else if (look.isOfSeveral()) {
            together = 1;
            waiting.putBack(tasks);
            startNext();
        } else {
            tasks.get(0).fail(wording.refused(tasks.get(0).record(), refusedWatch));
            startNext();
        }
    }

    /**
     * Who has to look closer does so now, behind the same WATCH, and the others wait for that: one round trip more for all of them,
     * where each would take two of the lane's by itself.
     *
     * @param looked those with an answer to their look
     * @param decided those that have decided before to write
     */
    private void decide(Wire open, List<LaneTask<?>> looked, List<LaneTask<?>> decided, boolean lookedTogether) {
        List<LaneTask<?>> writing = new ArrayList<>(decided);
        List<LaneTask<?>> closer = new ArrayList<>();
        for (LaneTask<?> task : looked) {
            switch (decide(task)) {
                case WRITE -> writing.add(task);
                case LOOK_CLOSER -> closer.add(task);
                case END -> {}
            }
        }
        if (!closer.isEmpty()) {
            lookCloser(open, closer, writing, lookedTogether);
            return;
        }
        writing.removeIf(task -> !task.startWrite());
        if (writing.isEmpty()) {
            startNext();
        } else {
            flush(open, new JointWrite(writing, lookedTogether));
        }
    }

    private void lookCloser(Wire open, List<LaneTask<?>> looking, List<LaneTask<?>> decided, boolean lookedTogether) {
        List<LaneTask<?>> all = new ArrayList<>(decided);
        all.addAll(looking);
        underWay = all;
        send(
                open,
                looking.stream().flatMap(task -> task.lookCalls().stream()).toList(),
                () -> decide(open, looking, decided, lookedTogether),
                failure -> lost(null, all, failure));
    }

    /** What a transaction does after its look, unless it has come to its end, or begins anew later. */
    private <R> Step decide(LaneTask<R> task) {
        Decision<R> decision;
        try {
            RedisCall refused = task.refusedLook();
            if (refused != null) {
                throw wording.refused(task.record(), refused);
            }
            decision = task.decide();
        } catch (RuntimeException e) {
            task.fail(e);
            return Step.END;
        }
        if (decision instanceof Decision.LookCloser<R> closer) {
            task.startCloserLook(closer);
            boolean overtaken = closer.overtaken() && task.mayBeOvertaken();
            return overtaken && !goesOnTogether(task) ? Step.END : Step.LOOK_CLOSER;
        }
        if (decision instanceof Decision.Write<R> write) {
            task.decidedToWrite(write);
            return Step.WRITE;
        }
        if (decision instanceof Decision.Answer<R> answer) {
            task.answer(answer.result());
        } else if (decision instanceof Decision.Later<R> later) {
            later(task, later.pause());
        }
        return Step.END;
    }

    /** The connection broke, or Redis did not answer in time, while these were under way. */
    private void lost(@Nullable JointWrite writing, List<LaneTask<?>> looking, Throwable failure) {
        dropWire();
        boolean again = underWay.stream().anyMatch(LaneTask::isInDoubt);
        losses.lost(writing, looking, failure);
        if (again) {
            startNextLater(); // the second loss at least: it could go on like this for as long as the waiter waits
        } else {
            startNext();
        }
    }

    private void notConnected(Throwable failure) {
        losses.notConnected(failure);
        busy = !waiting.isEmpty();
        if (busy) {
            startNextLater();
        }
    }

    private void startNextLater() {
        BiConsumer<@Nullable Void, @Nullable Throwable> start = next((nothing, failure) -> startNext());
        connector.schedule(() -> start.accept(null, null), OnDemandConnection.MAX_SPACING);
    }

    /**
     * Something failed here that is no transaction's own failure, as when the heap is full, so nobody knows what is watched or sent:
     * begins anew on another connection.
     */
    private void startOver(Throwable failure) {
        beginning++; // this and the next first, as the rest may fail too; then the next transaction starts the lane
        busy = false;
        List<LaneTask<?>> broken = underWay;
        underWay = List.of();
        try {
            losses.broken(broken, failure);
        } finally {
            try {
                dropWire();
            } finally {
                connector.schedule(() -> serial.execute(this::startIfIdle), OnDemandConnection.MAX_SPACING);
            }
        }
    }

    /** Whether what is under way should have come to an end by now, whatever Redis does: its end was lost. */
    private boolean isStuck() {
        return busy && System.nanoTime() - lastStepNanos > longestStep.toNanos();
    }

    private void dropWire() {
        Wire dropped = wire;
        wire = null;
        watching = false;
        if (dropped != null) {
            dropped.close();
        }
    }
}
