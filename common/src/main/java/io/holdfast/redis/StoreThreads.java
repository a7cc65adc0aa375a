package io.holdfast.redis;

import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Makes Lettuce's and Netty's threads: daemons, with the class loader of this class as context class loader. They are started
 * whenever they are first needed, maybe by a request, and would inherit the web application's class loader from it.
 */
final class StoreThreads extends DefaultThreadFactory {
    /** First part of all names of such threads. */
    static final String NAME_PREFIX = "holdfast-";

    StoreThreads(String poolName) {
        super(NAME_PREFIX + poolName, true);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = super.newThread(task);
        thread.setContextClassLoader(StoreThreads.class.getClassLoader());
        return thread;
    }
}
