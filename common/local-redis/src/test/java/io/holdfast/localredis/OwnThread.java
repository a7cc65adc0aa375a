package io.holdfast.localredis;

/**
 * Runs what blocks in a thread of its own. The common pool of {@code CompletableFuture} has a single thread on a machine
 * with two processors, so there two tasks that wait for each other would wait for ever.
 */
final class OwnThread {
    private OwnThread() {}

    static void run(Runnable task) {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
    }
}
