package io.holdfast.acceptance.consistency;

import io.holdfast.acceptance.TomcatLine;
import io.holdfast.consistency.history.SessionEnd;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import java.util.ArrayList;
import java.util.List;

/** Nodes on different lines of Tomcat, which share one Redis of their own. */
final class WorkNodes implements AutoCloseable {
    /** So long does Redis keep what has ended, for nodes to find it. */
    static final int GRACE_SECONDS = 3_600;

    private static final String NAMESPACE = "consistency";

    /**
     * All that is set besides the times and what is promised: Tomcat looks for expired sessions whenever it can, and those
     * nobody finds stay in Redis until the run has looked at them.
     */
    private static final String SETTINGS = "namespace=\"" + NAMESPACE
            + "\" processExpiresFrequency=\"1\" conflictJournalEntries=\"1000000\" expiryGraceSeconds=\""
            + GRACE_SECONDS
            + "\" reaperIntervalSeconds=\"1\"";

    /** A busy machine is no fault; a Redis that stands still is one. */
    private static final int PATIENT_MILLIS = 20_000;

    private static final int IMPATIENT_MILLIS = 1_000;

    /** A node that stands still for a while loses its leases where things break; nowhere else. */
    private static final int SHORT_LEASE_MILLIS = 2_000;

    private static final int LONG_LEASE_MILLIS = 60_000;

    private final LocalRedis redis = LocalRedis.start();
    private final List<WorkNode> nodes = new ArrayList<>();

    /**
     * Starts nodes that promise what the run is about, and waits for them.
     *
     * @param proxied whether they reach Redis through proxies
     */
    WorkNodes(List<TomcatLine> lines, boolean proxied, RunSettings settings) {
        this(lines, proxied, settings, settings.promises());
    }

    /** As above, with nodes that promise something else. */
    WorkNodes(List<TomcatLine> lines, boolean proxied, RunSettings settings, String promises) {
        int timeout = settings.faults() ? IMPATIENT_MILLIS : PATIENT_MILLIS;
        int lease = settings.faults() ? SHORT_LEASE_MILLIS : LONG_LEASE_MILLIS;
        String manager = SETTINGS + " commandTimeoutMillis=\"" + timeout + "\" exclusiveLeaseMillis=\"" + lease + "\" "
                + promises;
        try {
            for (TomcatLine line : lines) {
                String name = String.valueOf((char) ('a' + nodes.size()));
                FaultProxy proxy = proxied ? FaultProxy.before(redis.uri()) : null;
                nodes.add(new WorkNode(name, line, redis.uri(), proxy, manager, install -> {}));
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
