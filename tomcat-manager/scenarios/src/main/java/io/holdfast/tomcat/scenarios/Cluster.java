package io.holdfast.tomcat.scenarios;

import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.TestRedis;
import io.holdfast.tomcat.RedisSessionManager;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** Two nodes of one application on one Redis, under a namespace of their own. */
final class Cluster implements AutoCloseable {
    private final String redisUri;
    private final String namespace = "scenario-" + UUID.randomUUID();
    private final Consumer<Node> setUp;
    private final Node a;
    private final Node b;

    private Cluster(String redisUri, Consumer<Node> setUp) {
        this.redisUri = redisUri;
        this.setUp = setUp;
        a = startAnother();
        b = startAnother();
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

    /** A further node, which the caller closes. */
    Node startAnother() {
        return startAnother(node -> {});
    }

    /** A further node with some settings of its own, which the caller closes. */
    Node startAnother(Consumer<Node> ownSetUp) {
        return Node.start(node -> {
            Pages.deploy(node::on);
            node.manager().setRedisUri(redisUri);
            node.manager().setNamespace(namespace);
            setUp.accept(node);
            ownSetUp.accept(node);
        });
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

    /** A request that is over must have left its sessions; one that has not would keep them in memory for good. */
    @Override
    public void close() {
        try (b;
                a) {
            await("requests to leave their sessions").until(() -> sum(RedisSessionManager::getSessionsInUse) == 0);
        }
    }
}
