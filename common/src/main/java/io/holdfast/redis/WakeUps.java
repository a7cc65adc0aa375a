package io.holdfast.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.exclusive.LeaseStore.WakeUp;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hears over one connection of its own when leases are given back. Opened when somebody first listens; when it is lost, all
 * who wait are woken, and the first that listens again opens another.
 */
final class WakeUps {
    private static final System.Logger LOG = System.getLogger(WakeUps.class.getName());
    private static final long MILLIS_BETWEEN_ATTEMPTS = 200;

    private final RedisConnector connector;
    private final Duration commandTimeout;
    private final Map<String, Ear> ears = new ConcurrentHashMap<>();
    private final FirstRefusal refusal = new FirstRefusal(
            LOG,
            "Exclusive requests cannot hear when leases are given back, so they look for it several times a second. Does the Redis"
                    + " user have SUBSCRIBE and UNSUBSCRIBE on channels holdfast:*?");
    private @Nullable CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> current; // guarded by this
    private long lastAttemptNanos; // guarded by this; meaningful while current is set
    private volatile boolean closed;

    WakeUps(RedisConnector connector, Duration commandTimeout) {
        this.connector = connector;
        this.commandTimeout = commandTimeout;
    }

    /** An ear for a channel; one at a time for each. */
    WakeUp of(byte[] channel) {
        return new Ear(channel);
    }

    /** Wakes everybody for good. The connection is closed with the client. */
    void close() {
        closed = true;
        wakeAll();
    }

    private void wakeAll() {
        ears.values().forEach(Ear::wake);
    }

    /** The open connection, or the attempt to open one. Fails at once for a short time after an attempt that has failed. */
    private synchronized CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> connection() {
        CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> known = current;
        if (known != null) {
            boolean lost = known.isCompletedExceptionally()
                    || (known.isDone() && !known.join().isOpen());
            long sinceAttempt = System.nanoTime() - lastAttemptNanos;
            if (!lost || sinceAttempt < TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_ATTEMPTS)) {
                return known;
            }
        }
        lastAttemptNanos = System.nanoTime();
        CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> attempt =
                connector.connectForMessages().thenApply(this::attach);
        current = attempt;
        return attempt;
    }

    private StatefulRedisPubSubConnection<byte[], byte[]> attach(
            StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        connection.addListener(new RedisPubSubAdapter<byte[], byte[]>() {
            @Override
            public void message(byte[] channel, byte[] message) {
                Ear ear = ears.get(name(channel));
                if (ear != null) {
                    ear.wake();
                }
            }
        });
        connection.addListener(new RedisConnectionStateAdapter() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                wakeAll();
            }
        });
        return connection;
    }

    private static String name(byte[] channel) {
        return new String(channel, UTF_8);
    }

    private final class Ear implements WakeUp {
        private final byte[] channel;
        private final Semaphore heard = new Semaphore(0);

        // The rest is touched by who listens alone.
        private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> asked;
        private boolean subscribed;

        Ear(byte[] channel) {
            this.channel = channel;
        }

        @Override
        public boolean listen() throws InterruptedException {
            try {
                if (asked == null || !asked.isOpen() || !subscribed) {
                    ears.put(name(channel), this);
                    subscribed = false;
                    subscribe();
                    subscribed = true;
                }
                return true;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                refusal.hear(e);
                return false;
            }
        }

        private void subscribe() throws InterruptedException, ExecutionException, TimeoutException {
            long longest = commandTimeout.toMillis();
            StatefulRedisPubSubConnection<byte[], byte[]> connection =
                    connection().get(longest, TimeUnit.MILLISECONDS);
            asked = connection;
            try {
                connection.async().subscribe(channel).get(longest, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                var unused = connection.closeAsync(); // it is silent; the next one may not be
                throw e;
            }
        }

        @Override
        public void await(Duration longest) throws InterruptedException {
            if (!closed && heard.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                heard.drainPermits();
            }
        }

        private void wake() {
            heard.release();
        }

        @Override
        public void close() {
            ears.remove(name(channel), this);
            if (asked != null && asked.isOpen()) {
                var unused = asked.async().unsubscribe(channel);
            }
        }
    }
}
