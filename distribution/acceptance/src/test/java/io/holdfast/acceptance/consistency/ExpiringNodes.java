package io.holdfast.acceptance.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.acceptance.TomcatInstall;
import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.consistency.history.SessionEnd.What;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Nodes that look for ended sessions every second, and what their listeners hear of the ends. */
final class ExpiringNodes implements AutoCloseable {
    /** How often each node looks; a quarter more at most. */
    static final Duration LOOKS = Duration.ofSeconds(1);

    private static final int GRACE_SECONDS = 3_600;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NAMESPACE = "expiring";
    private static final Map<String, String> SETTINGS = Map.of(
            "namespace",
            NAMESPACE,
            "commandTimeoutMillis",
            "20000",
            "reaperIntervalSeconds",
            Long.toString(LOOKS.toSeconds()),
            "expiryGraceSeconds",
            Integer.toString(GRACE_SECONDS));

    private final LocalRedis redis = LocalRedis.start();
    private final RespConnection connection = RespConnection.open(redis.uri());
    private final List<WorkNode> nodes = new ArrayList<>();

    /** Launches a node; {@link #awaitStarted} has to follow. */
    WorkNode launch(String name, TomcatLine line, Consumer<TomcatInstall> more) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("nodeName", name);
        settings.put("redisUri", redis.uri());
        TomcatInstall install = line.installWorkload("consistency " + name, settings);
        more.accept(install);
        WorkNode node = new WorkNode(name, install, null);
        nodes.add(node);
        return node;
    }

    void awaitStarted() {
        nodes.forEach(WorkNode::awaitStarted);
    }

    List<WorkNode> all() {
        return nodes;
    }

    /** What all listeners heard of the end of a session. */
    List<SessionEnd> endsOf(Visitor visitor) {
        return nodes.stream()
                .flatMap(node -> node.ends().stream())
                .filter(end -> end.record().equals(visitor.record()))
                .toList();
    }

    /** Waits until Redis knows nothing of a session any more, so that nobody can tell its end again. */
    void awaitForgotten(Visitor visitor) {
        String bucket = "holdfast:" + NAMESPACE + ":expiry:" + visitor.record().charAt(0);
        await().atMost(PATIENCE)
                .until(() -> connection
                                .send("KEYS", "*{" + visitor.record() + "}*")
                                .texts()
                                .isEmpty()
                        && connection.send("ZRANGE", bucket, 0, -1).texts().stream()
                                .noneMatch(entry -> entry.startsWith(visitor.record())));
    }

    /** Waits until the time of a session is over, as Redis has it, though nobody may have noticed. */
    void awaitOver(Visitor visitor) {
        String key = "holdfast:" + NAMESPACE + ":{" + visitor.record() + "}";
        await().atMost(PATIENCE).until(() -> connection.send("PTTL", key).number() <= GRACE_SECONDS * 1_000);
    }

    /** Waits for the end of a session: listeners on one node, and on no other, hear of it once, with what was in it. */
    void awaitToldOnce(Visitor visitor) {
        awaitForgotten(visitor);
        List<SessionEnd> ends = endsOf(visitor);
        assertThat(ends)
                .extracting(SessionEnd::what)
                .containsExactlyInAnyOrder(What.DESTROYED, What.UNBOUND, What.REMOVED);
        assertThat(ends)
                .allSatisfy(end -> assertThat(end.badge()).isEqualTo(visitor.record()))
                .allSatisfy(end -> assertThat(end.node()).isEqualTo(ends.get(0).node()));
    }

    @Override
    public void close() {
        nodes.forEach(WorkNode::close);
        connection.close();
        redis.close();
    }
}
