package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.EventLoopGroupProvider;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lettuce's client with its threads: opens connections and runs delayed tasks. Starts no connection by itself.
 *
 * <p>RESP2 is spoken: nothing here needs RESP3's pushes or maps, {@code AUTH} works the same way with it, and servers and
 * proxies that do not know {@code HELLO} work too. Lettuce's queue of sent commands is left unbounded: what is under way is
 * bounded by the threads that wait for it, and a limit could cut a transaction in two.
 */
final class RedisConnector implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RedisConnector.class.getName());
    private static final int MAX_EVENT_LOOPS = 4;
    private static final int TASK_THREADS = 2;
    private static final long SHUTDOWN_SECONDS = 5;

    private final Duration commandTimeout;
    private final RedisURI uri;
    private final HostLookup lookup;
    private final EventLoopGroupProvider eventLoops;
    private final ClientResources resources;
    private final RedisClient client;

    private RedisConnector(
            Duration commandTimeout,
            RedisURI uri,
            HostLookup lookup,
            EventLoopGroupProvider eventLoops,
            ClientResources resources,
            RedisClient client) {
        this.commandTimeout = commandTimeout;
        this.uri = uri;
        this.lookup = lookup;
        this.eventLoops = eventLoops;
        this.resources = resources;
        this.client = client;
    }

    static RedisConnector create(HoldfastSettings settings) {
        return create(settings, InetAddress::getByName);
    }

    static RedisConnector create(HoldfastSettings settings, HostLookup.Jvm jvm) {
        RedisURI uri = RedisURI.create(settings.redisUri().uri());
        uri.setTimeout(settings.commandTimeout());
        uri.setClientName("holdfast");
        HostLookup lookup = new HostLookup(jvm, settings.commandTimeout());
        EventLoopGroupProvider eventLoops = new DefaultEventLoopGroupProvider(
                eventLoops(Runtime.getRuntime().availableProcessors()), StoreThreads::new);
        ClientResources resources = ClientResources.builder()
                .threadFactoryProvider(StoreThreads::new)
                .eventLoopGroupProvider(eventLoops)
                .computationThreadPoolSize(TASK_THREADS)
                .addressResolverGroup(lookup)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
                .build();
        RedisClient client = new BatchingClient(resources, uri);
        client.setOptions(options(settings.commandTimeout()));
        return new RedisConnector(settings.commandTimeout(), uri, lookup, eventLoops, resources, client);
    }

    /**
     * How many threads send and receive: half as many as processors, since requests need some too, and one to four. Each more
     * is one more to wake on every trip; on two processors, a commit over one alone takes about a tenth less processor time than
     * over four. Lettuce's own setting for it has a minimum of two.
     */
    static int eventLoops(int processors) {
        return Math.max(1, Math.min(processors / 2, MAX_EVENT_LOOPS));
    }

    private static ClientOptions options(Duration commandTimeout) {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .useHashIndexQueue(false)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(commandTimeout)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build();
    }

    /** Opens a connection, answered PING included; fails after the command time-out at the latest. Does not wait. */
    CompletableFuture<Wire> connect() {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .toCompletableFuture()
                .thenApply(connection -> new Wire(connection, resources.timer(), commandTimeout));
    }

    /** Like {@link #connect}, for messages. */
    CompletableFuture<StatefulRedisPubSubConnection<byte[], byte[]>> connectForMessages() {
        return client.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
    }

    /** Runs a short task later, unless this is closed by then. */
    void schedule(Runnable task, Duration delay) {
        try {
            var unused = resources.eventExecutorGroup().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "closed, a delayed task is dropped", e);
        }
    }

    /**
     * Closes all connections and ends all threads; waits for that, but for each part no longer than a few seconds. Lettuce leaves event loops
     * that were given to it running.
     */
    @Override
    public void close() {
        await(client.shutdownAsync(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS));
        lookup.close();
        eventLoops
                .shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        resources
                .shutdown(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    /** Whatever comes of it, the rest is to be ended too. */
    private static void await(CompletableFuture<Void> ended) {
        try {
            ended.get(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "Lettuce's client did not end in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
