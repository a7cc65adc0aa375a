package io.holdfast.redis;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one after the other, in the order of their arrival, on the threads that bring them: the first runs its own and
 * all that arrive meanwhile; the others go on at once. So state that only these tasks touch needs no lock, no thread ever
 * waits for it, and an answer is handled on the event loop that received it without waking another thread. A task that fails keeps
 * none behind it from running.
 */
final class SerialExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Consumer<Throwable> onFailure;

    /** {@code onFailure}: told as a part of the task what it failed with, so that the state can be put in order. */
    SerialExecutor(Consumer<Throwable> onFailure) {
        this.onFailure = onFailure;
    }

    /** Runs {@code task} now or soon. It must not wait for anything. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (unfinished.getAndIncrement() > 0) {
            return;
        }
        do {
            try {
                tasks.remove().run();
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        } while (unfinished.decrementAndGet() > 0);
    }

    private void failed(Throwable failure) {
        try {
            onFailure.accept(failure);
            LOG.log(System.Logger.Level.ERROR, "A task of a lane failed, and the lane starts over", failure);
        } catch (RuntimeException | Error e) {
            // the heap may be too full even for that; what comes behind must run all the same
        }
    }
}
