package io.holdfast.tomcat.scenarios;

import io.holdfast.localredis.TestRedis;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.catalina.Context;

/** Two nodes of one application on one Redis, under a namespace of their own. */
final class Cluster implements AutoCloseable {
    private final String namespace;
    private final Node a;
    private final Node b;

    private Cluster(String redisUri, Consumer<Context> customizer) {
        namespace = "scenario-" + UUID.randomUUID();
        a = startNode(redisUri, customizer);
        b = startNode(redisUri, customizer);
    }

    static Cluster start() {
        return start(context -> {});
    }

    static Cluster start(Consumer<Context> customizer) {
        return new Cluster(TestRedis.shared().uri(), customizer);
    }

    static Cluster startOn(String redisUri) {
        return new Cluster(redisUri, context -> {});
    }

    Node a() {
        return a;
    }

    Node b() {
        return b;
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
        return a.manager().getConflicts() + b.manager().getConflicts();
    }

    @Override
    public void close() {
        try {
            a.close();
        } finally {
            b.close();
        }
    }

    private Node startNode(String redisUri, Consumer<Context> customizer) {
        return Node.start(
                manager -> {
                    manager.setRedisUri(redisUri);
                    manager.setNamespace(namespace);
                },
                customizer);
    }
}
