package io.holdfast.acceptance.consistency;

import io.holdfast.acceptance.Line;
import io.holdfast.acceptance.ServerInstall;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Nodes on different lines of Tomcat and Jetty, which share one Redis of their own. */
final class WorkNodes implements AutoCloseable {
    /** So long does Redis keep what has ended, for nodes to find it. */
    static final int GRACE_SECONDS = 3_600;

    private static final String NAMESPACE = "consistency";

    /**
     * All that is set besides the times and what is promised: ended sessions that nobody finds stay in Redis until the run has
     * looked at them, and no node looks so often that it keeps sessions with the shortest time-out alive for requests that are held.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "namespace",
            NAMESPACE,
            "conflictJournalEntries",
            "1000000",
            "expiryGraceSeconds",
            Integer.toString(GRACE_SECONDS),
            "reaperIntervalSeconds",
            "2");

    /** A busy machine is no fault; a Redis that stands still is one. */
    private static final int PATIENT_MILLIS = 20_000;

    private static final int IMPATIENT_MILLIS = 1_000;

    /** A node that stands still for a while loses its leases where things break; nowhere else. */
    private static final int SHORT_LEASE_MILLIS = 2_000;

    private static final int LONG_LEASE_MILLIS = 60_000;

    /** So many of three nodes fetch of any session only what is newer than their copy, and note what they write. */
    private static final int FETCHING_ONLY_WHAT_IS_NEWER = 2;

    private final LocalRedis redis = LocalRedis.start();
    private final List<WorkNode> nodes = new ArrayList<>();

    /**
     * Starts nodes that promise what the run is about, some of which take all sessions for large, and waits for them.
     *
     * @param proxied whether they reach Redis through proxies
     */
    WorkNodes(List<? extends Line> lines, boolean proxied, RunSettings settings) {
        this(lines, proxied, settings, settings.promises(), WorkNodes::loading);
    }

    /** As above, with nodes that all have these settings besides the times. */
    WorkNodes(List<? extends Line> lines, boolean proxied, RunSettings settings, Map<String, String> promises) {
        this(lines, proxied, settings, promises, number -> Map.of());
    }

    private static Map<String, String> loading(int number) {
        return number % 3 < FETCHING_ONLY_WHAT_IS_NEWER ? Map.of("largeSessionBytes", "0") : Map.of();
    }

    private WorkNodes(
            List<? extends Line> lines,
            boolean proxied,
            RunSettings settings,
            Map<String, String> promises,
            IntFunction<Map<String, String>> more) {
        int timeout = settings.faults() ? IMPATIENT_MILLIS : PATIENT_MILLIS;
        int lease = settings.faults() ? SHORT_LEASE_MILLIS : LONG_LEASE_MILLIS;
        Map<String, String> common = new HashMap<>(SETTINGS);
        common.putAll(promises);
        common.put("commandTimeoutMillis", Integer.toString(timeout));
        common.put("exclusiveLeaseMillis", Integer.toString(lease));
        try {
            for (Line line : lines) {
                String name = String.valueOf((char) ('a' + nodes.size()));
                FaultProxy proxy = proxied ? FaultProxy.before(redis.uri()) : null;
                Map<String, String> own = new HashMap<>(common);
                own.putAll(more.apply(nodes.size()));
                own.put("nodeName", name);
                own.put("redisUri", proxy == null ? redis.uri() : proxy.uri());
                ServerInstall install = line.installWorkload("consistency " + name, own);
                if (settings.isLong()) {
                    install.liveLong();
                }
                nodes.add(new WorkNode(name, install, proxy));
            }
            nodes.forEach(WorkNode::awaitStarted);
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    int count() {
        return nodes.size();
    }

    /** The node of this number, counted round. */
    WorkNode node(int number) {
        return nodes.get(Math.floorMod(number, nodes.size()));
    }

    List<WorkNode> all() {
        return nodes;
    }

    LocalRedis redis() {
        return redis;
    }

    /** What the listeners of all nodes heard. */
    List<SessionEnd> ends() {
        return nodes.stream().flatMap(node -> node.ends().stream()).toList();
    }

    /** How many conflicts stand in the journal. */
    long conflicts() {
        try (RespConnection connection = RespConnection.open(redis.uri())) {
            return connection
                    .send("XLEN", "holdfast:" + NAMESPACE + ":conflicts")
                    .number();
        }
    }

    /** Whether Redis still holds the record of a session. */
    boolean hasRecord(String record) {
        try (RespConnection connection = RespConnection.open(redis.uri())) {
            return connection
                            .send("EXISTS", "holdfast:" + NAMESPACE + ":{" + record + "}")
                            .number()
                    == 1;
        }
    }

    String redisVersion() {
        try (RespConnection connection = RespConnection.open(redis.uri())) {
            return connection
                    .send("INFO", "server")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void close() {
        nodes.forEach(WorkNode::close);
        redis.close();
    }
}
