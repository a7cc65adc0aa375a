package io.holdfast.tomcat.scenarios;

import io.holdfast.localredis.TestRedis;
import io.holdfast.tomcat.RedisSessionManager;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Two nodes of one application on one Redis, under a namespace of their own. */
final class Cluster implements AutoCloseable {
    private final String redisUri;
    private final String namespace = "scenario-" + UUID.randomUUID();
    private final Node a;
    private final Node b;

    private Cluster(String redisUri, Consumer<Node> setUp) {
        this.redisUri = redisUri;
        a = startNode(setUp);
        b = startNode(setUp);
        Pages.deploy(this);
    }

    static Cluster start() {
        return start(node -> {});
    }

    /** {@code setUp} sees each node before it starts. */
    static Cluster start(Consumer<Node> setUp) {
        return startOn(TestRedis.shared().uri(), setUp);
    }

    static Cluster startOn(String redisUri) {
        return startOn(redisUri, node -> {});
    }

    static Cluster startOn(String redisUri, Consumer<Node> setUp) {
        return new Cluster(redisUri, setUp);
    }

    Node a() {
        return a;
    }

    Node b() {
        return b;
    }

    String redisUri() {
        return redisUri;
    }

    String namespace() {
        return namespace;
    }

    /** Deploys a handler on both nodes. */
    Cluster on(String path, Handler handler) {
        a.on(path, handler);
        b.on(path, handler);
        return this;
    }

    long conflicts() {
        return sum(RedisSessionManager::getConflicts);
    }

    long commits() {
        return sum(RedisSessionManager::getCommits);
    }

    /** A counter over both nodes. */
    long sum(ToLongFunction<RedisSessionManager> counter) {
        return counter.applyAsLong(a.manager()) + counter.applyAsLong(b.manager());
    }

    @Override
    public void close() {
        try {
            a.close();
        } finally {
            b.close();
        }
    }

    private Node startNode(Consumer<Node> setUp) {
        return Node.start(node -> {
            node.manager().setRedisUri(redisUri);
            node.manager().setNamespace(namespace);
            setUp.accept(node);
        });
    }
}
