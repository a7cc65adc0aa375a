package io.holdfast.scenarios;

import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.TestRedis;
import java.util.UUID;
import java.util.function.Consumer;

/** Two nodes of one application on one Redis, under a namespace of their own. */
public final class Cluster implements AutoCloseable {
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

    public static Cluster start() {
        return start(node -> {});
    }

    /** {@code setUp} sees each node before it starts. */
    public static Cluster start(Consumer<Node> setUp) {
        return startOn(TestRedis.shared().uri(), setUp);
    }

    public static Cluster startOn(String redisUri) {
        return startOn(redisUri, node -> {});
    }

    public static Cluster startOn(String redisUri, Consumer<Node> setUp) {
        return new Cluster(redisUri, setUp);
    }

    public Node a() {
        return a;
    }

    public Node b() {
        return b;
    }

    public String redisUri() {
        return redisUri;
    }

    public String namespace() {
        return namespace;
    }

    /** A further node, which the caller closes. */
    public Node startAnother() {
        return startAnother(node -> {});
    }

    /** A further node with some settings of its own, which the caller closes. */
    public Node startAnother(Consumer<Node> ownSetUp) {
        return Container.underTest().start(node -> {
            Pages.deploy(node::on);
            node.set("redisUri", redisUri).set("namespace", namespace);
            setUp.accept(node);
            ownSetUp.accept(node);
        });
    }

    /** Deploys a handler on both nodes. */
    public Cluster on(String path, Handler handler) {
        a.on(path, handler);
        b.on(path, handler);
        return this;
    }

    public long conflicts() {
        return sum(Figure.CONFLICTS);
    }

    public long commits() {
        return sum(Figure.COMMITS);
    }

    /** A figure of both nodes together. */
    public long sum(Figure figure) {
        return a.count(figure) + b.count(figure);
    }

    /** A request that is over must have left its sessions; one that has not would keep them in memory for good. */
    @Override
    public void close() {
        try (b;
                a) {
            await("requests to leave their sessions").until(() -> sum(Figure.SESSIONS_IN_USE) == 0);
        }
    }
}
