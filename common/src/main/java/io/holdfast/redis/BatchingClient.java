package io.holdfast.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.List;

/**
 * Lettuce's client, but that its connections hand all commands of one call to Netty at once, which makes one task and one buffer of
 * them. Lettuce's own hand on each by itself; a transaction has seven and more, and a commit then takes a tenth more processor time.
 */
final class BatchingClient extends RedisClient {
    BatchingClient(ClientResources resources, RedisURI uri) {
        super(resources, uri);
    }

    @Override
    protected DefaultEndpoint createEndpoint() {
        return new BatchingEndpoint(getOptions(), getResources());
    }

    private static final class BatchingEndpoint extends DefaultEndpoint {
        BatchingEndpoint(ClientOptions options, ClientResources resources) {
            super(options, resources);
        }

        /** Without a connection, Lettuce knows what becomes of them. */
        @Override
        public <K, V> Collection<RedisCommand<K, V, ?>> write(Collection<? extends RedisCommand<K, V, ?>> commands) {
            Channel open = channel;
            if (open == null || !open.isActive() || isClosed()) {
                return super.write(commands);
            }
            List<RedisCommand<K, V, ?>> batch = List.copyOf(commands);
            var unused = open.writeAndFlush(batch).addListener(written -> {
                if (!written.isSuccess()) {
                    fail(batch, written.cause());
                }
            });
            return batch;
        }

        /** Needs no memory up to the first of them, whose failure gives up the connection. */
        private static <K, V> void fail(List<RedisCommand<K, V, ?>> batch, Throwable cause) {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).completeExceptionally(cause);
            }
        }
    }
}
