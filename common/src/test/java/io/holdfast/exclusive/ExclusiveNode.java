package io.holdfast.exclusive;

import static org.awaitility.Awaitility.await;

import io.holdfast.config.ExclusiveSettings;
import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.events.EventCounters;
import io.holdfast.redis.RedisSessionStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The exclusive requests of one node, on a Redis. */
final class ExclusiveNode implements AutoCloseable {
    final EventCounters events = new EventCounters();
    final ExclusiveRequests requests;

    private final RedisSessionStore store;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private ExclusiveNode(HoldfastSettings settings, ExclusiveSettings exclusive) {
        store = RedisSessionStore.open(settings, events);
        requests = new ExclusiveRequests(exclusive, store.leases(), events);
    }

    /** {@code waitMillis}: longest wait; {@code leaseMillis}: a lease that is not renewed. */
    static ExclusiveNode start(String redisUri, String namespace, int waitMillis, int leaseMillis) {
        return start(HoldfastSettings.builder(), redisUri, namespace, waitMillis, leaseMillis);
    }

    /** With further settings. */
    static ExclusiveNode start(
            HoldfastSettings.Builder builder, String redisUri, String namespace, int waitMillis, int leaseMillis) {
        HoldfastSettings settings = builder.set(Setting.REDIS_URI, redisUri)
                .set(Setting.NAMESPACE, namespace)
                .set(Setting.EXCLUSIVE, "session")
                .set(Setting.EXCLUSIVE_WAIT_MILLIS, String.valueOf(waitMillis))
                .set(Setting.EXCLUSIVE_LEASE_MILLIS, String.valueOf(leaseMillis))
                .build();
        return new ExclusiveNode(settings, settings.exclusive());
    }

    /** Starts a request, which goes on in a thread of its own until it has its turn, does its work, and ends. */
    CompletableFuture<Void> request(String record, Runnable work) {
        return CompletableFuture.runAsync(() -> inTurn(new RequestTurns(), record, work), threads);
    }

    /** A request that has its turn until it is told to end. */
    Holder hold(String record) {
        Holder holder = new Holder();
        holder.request = request(record, holder::stay);
        awaitLatch(holder.reached);
        return holder;
    }

    /** A request of the calling thread. */
    void inTurn(RequestTurns turns, String record, Runnable work) {
        turns.during(requests, record, () -> "/path", () -> {
            work.run();
            return "";
        });
    }

    /** Waits until so many requests stand behind the head of a line. */
    void awaitWaiting(String record, int count) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> requests.waiting(record) == count);
    }

    /** What a request whose turn is kept open does. */
    static final class Holder {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private CompletableFuture<Void> request = new CompletableFuture<>();

        private void stay() {
            reached.countDown();
            awaitLatch(released);
        }

        void end() throws Exception {
            released.countDown();
            request.get(10, TimeUnit.SECONDS);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not come so far");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        requests.close();
        store.close();
        threads.shutdownNow();
    }
}
