package io.holdfast.benchmarks.parts;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.event.DefaultEventPublisherOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lettuce as it comes, but for what only costs time: with the options that the store gives it, and as many event loops. One connection for loads,
 * and one for commits. What the store has beyond the driver, is not here: commands of one call are handed to Netty one by one, and commits
 * do not go together.
 */
final class BareDriver implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final DefaultEventLoopGroupProvider eventLoops;
    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> loads;
    private final BareLane lane;

    /** Connects. */
    BareDriver(String uri) {
        int processors = Runtime.getRuntime().availableProcessors();
        eventLoops = new DefaultEventLoopGroupProvider(Math.max(1, Math.min(processors / 2, 4)));
        resources = ClientResources.builder()
                .eventLoopGroupProvider(eventLoops)
                .computationThreadPoolSize(2)
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .commandLatencyPublisherOptions(DefaultEventPublisherOptions.disabled())
                .build();
        client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
                .useHashIndexQueue(false)
                .build());
        loads = client.connect(ByteArrayCodec.INSTANCE);
        lane = new BareLane(client.connect(ByteArrayCodec.INSTANCE));
    }

    /** What the store asks for a load, in one flush. */
    Map<byte[], byte[]> load(BareRecord record) {
        AsyncCommand<byte[], byte[], Map<byte[], byte[]>> everything = record.everything();
        loads.dispatch(List.of(record.remainingTime(), everything));
        return await(everything.toCompletableFuture());
    }

    /** HGETALL alone. */
    Map<byte[], byte[]> fields(BareRecord record) {
        AsyncCommand<byte[], byte[], Map<byte[], byte[]>> everything = record.everything();
        loads.dispatch(everything);
        return await(everything.toCompletableFuture());
    }

    TransactionResult commit(BareRecord record) {
        return await(lane.commit(record));
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Redis did not do what it was asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdown(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
        eventLoops.shutdown(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        resources.shutdown(0, PATIENCE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
