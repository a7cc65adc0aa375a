package io.holdfast.redis;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks up host names by the JVM, by the rules an operator has set for it, on a thread of its own: the JVM waits for the answer
 * of a name server, and Netty's own resolver has the event loop wait, which may have other connections to serve. The thread ends
 * when it has nothing to do for a while.
 */
final class HostLookup extends AddressResolverGroup<InetSocketAddress> {
    /** How the JVM looks up a name. */
    @FunctionalInterface
    interface Jvm {
        InetAddress addressOf(String host) throws UnknownHostException;
    }

    private static final System.Logger LOG = System.getLogger(HostLookup.class.getName());
    private static final long IDLE_SECONDS = 1;

    private final Jvm jvm;
    private final Duration patience;
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new StoreThreads("lookup"));

    /**
     * To be closed.
     *
     * @param patience after which a look-up fails that is not answered
     */
    HostLookup(Jvm jvm, Duration patience) {
        this.jvm = jvm;
        this.patience = patience;
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor).asAddressResolver();
    }

    /** Does not wait for a look-up that is under way; its thread ends with it. */
    @Override
    public void close() {
        lookups.shutdownNow();
        super.close();
    }

    private final class Resolver extends InetNameResolver {
        Resolver(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            var unused = executor()
                    .schedule(
                            () -> promise.tryFailure(new UnknownHostException("the name server has not answered within "
                                    + patience.toMillis() + " ms what the address of " + host + " is")),
                            patience.toMillis(),
                            TimeUnit.MILLISECONDS);
            try {
                lookups.execute(() -> lookUp(host, promise));
            } catch (RejectedExecutionException e) {
                promise.tryFailure(e);
            }
        }

        private void lookUp(String host, Promise<InetAddress> promise) {
            if (promise.isDone()) {
                return; // given up while it waited behind another: who comes next shall not wait for it too
            }
            Runnable answer = answer(host, promise);
            try {
                executor().execute(answer);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "closed, an address is dropped", e);
            }
        }

        private Runnable answer(String host, Promise<InetAddress> promise) {
            try {
                InetAddress address = jvm.addressOf(host);
                return () -> promise.trySuccess(address);
            } catch (UnknownHostException | RuntimeException | Error e) {
                return () -> promise.tryFailure(e);
            }
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            Promise<InetAddress> first = executor().newPromise();
            first.addListener(done -> {
                if (done.isSuccess()) {
                    promise.trySuccess(List.of(first.getNow()));
                } else {
                    promise.tryFailure(done.cause());
                }
            });
            doResolve(host, first);
        }
    }
}
