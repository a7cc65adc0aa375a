package io.holdfast.expiry;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Two daemon threads: one that works, which may take as long as an application's listeners do, and one that renews and gives up
 * leases meanwhile. Their context class loader is that of this class, and they inherit nothing from the thread that starts them; so
 * they hold no web application.
 */
final class Housekeeping {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

    private final ScheduledThreadPoolExecutor worker = executor("holdfast-reaper");
    private final ScheduledThreadPoolExecutor renewer = executor("holdfast-leases");

    /** Works on {@code task} behind what was given before; not at all when closed. */
    void work(Runnable task) {
        try {
            worker.execute(task);
        } catch (RejectedExecutionException e) {
            // closed: there is nobody any more to work for
        }
    }

    /** As {@link #work}, each time after that pause. */
    void workRepeatedly(Runnable task, Duration pause) {
        repeat(worker, task, pause);
    }

    /** Repeats a short task, whatever work is under way; not at all when closed. */
    void renewRepeatedly(Runnable task, Duration pause) {
        repeat(renewer, task, pause);
    }

    /** An executor would not repeat a task that has failed. */
    private static void repeat(ScheduledThreadPoolExecutor executor, Runnable task, Duration pause) {
        Runnable safe = () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                tell(e);
            }
        };
        try {
            var unused = executor.scheduleWithFixedDelay(safe, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed: there is nobody any more to work for
        }
    }

    private static void tell(Throwable failure) {
        try {
            LOG.log(System.Logger.Level.WARNING, "A task failed; it is repeated", failure);
        } catch (RuntimeException | Error e) {
            // where the heap is full, that can fail too
        }
    }

    /** Does a short task, which waits for nothing, after a pause, whatever work is under way; not at all when closed. */
    void doLater(Runnable task, Duration pause) {
        try {
            var unused = renewer.schedule(task, pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed: another node does it
        }
    }

    /** Begins no more work, and waits for what is under way; if that takes longer, interrupts it and goes on. */
    void finishWork(Duration longest) {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the threads; one that is held up by an application's listener ends when that does. */
    void close() {
        worker.shutdownNow();
        renewer.shutdownNow();
        try {
            var unused = renewer.awaitTermination(1, TimeUnit.SECONDS) && worker.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor executor(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Housekeeping.class.getClassLoader());
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
