package io.holdfast.codec;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that nests deeper than a request's thread can bear on a thread of its own with a stack that is large enough. Both
 * encodings descend into an object graph by recursion, and a linked list of an application's own is as deep as it is long.
 */
final class DeepStack {
    /** More than either encoding was seen to need for one object, in code that is not compiled yet. */
    private static final long BYTES_PER_OBJECT = 4 * 1024;

    private static final long RESERVE_BYTES = 1024 * 1024;

    private static final long MILLIS_BETWEEN_LOOKS = 20;

    private final int depth;
    private final long stackBytes;

    /** Stacks for so many nested objects. Memory is used only as far as the work really descends. */
    DeepStack(int depth) {
        this.depth = depth;
        stackBytes = RESERVE_BYTES + depth * BYTES_PER_OBJECT;
    }

    /**
     * Waits for {@code work}, and returns or throws what it did.
     *
     * @throws NestedTooDeepException when even this stack was not enough
     * @throws ConcurrentModificationException when the work needs a lock that the caller holds
     */
    <T> @Nullable T call(Work<T> work) throws Exception {
        Run<T> run = new Run<>(work);
        Thread thread = new Thread(null, run, "holdfast-deep-stack", stackBytes);
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        waitFor(thread);
        try {
            return run.result();
        } catch (Exception | StackOverflowError e) {
            if (CodecFailures.isTooDeep(e)) {
                throw new NestedTooDeepException(depth);
            }
            throw e;
        }
    }

    /** Uninterruptibly; but not if it waits for this thread in turn, which may hold a lock of the very object. */
    private static void waitFor(Thread thread) {
        boolean interrupted = false;
        try {
            while (thread.isAlive()) {
                try {
                    thread.join(MILLIS_BETWEEN_LOOKS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (thread.isAlive() && waitsForCaller(thread)) {
                    throw new ConcurrentModificationException("a lock that the calling thread holds is needed");
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("deprecation") // on newer JDKs; what replaces it does not exist on JDK 17
    private static boolean waitsForCaller(Thread thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        return info != null && info.getLockOwnerId() == Thread.currentThread().getId();
    }

    /** Work that may give nothing. */
    interface Work<T> {
        @Nullable
        T run() throws Exception;
    }

    /** Written by the thread that runs it, read after that has ended. */
    private static final class Run<T> implements Runnable {
        private final Work<T> work;
        private @Nullable T result;
        private @Nullable Throwable failure;

        Run(Work<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.run();
            } catch (Throwable e) {
                failure = e; // thrown again by the thread that waits
            }
        }

        @Nullable
        T result() throws Exception {
            if (failure instanceof Exception exception) {
                throw exception;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            return result;
        }
    }
}
