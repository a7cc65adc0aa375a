package io.holdfast.benchmarks.http;

import io.holdfast.benchmarks.server.Database;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two nodes of one candidate, a Redis and a database that nobody else uses, all started for one round and with the sessions that are asked for. */
final class Cluster implements AutoCloseable {
    static final int NODES = 2;

    private static final Path DIRECTORY = Path.of("target", "nodes");
    private static final double NANOS_PER_MICRO = 1_000;

    private final Candidate candidate;
    private final Load load;
    private final LocalRedis redis;
    private final RespConnection redisFigures;
    private @Nullable Database database;
    private final List<Node> nodes = new ArrayList<>();

    /** For each node, the cookies of the sessions that it is asked for. */
    private final List<List<String>> cookies = new ArrayList<>();

    private final List<Path> cookieFiles = new ArrayList<>();

    private Cluster(Candidate candidate, Load load) {
        this.candidate = candidate;
        this.load = load;
        this.redis = LocalRedis.start();
        this.redisFigures = RespConnection.open(redis.uri());
    }

    /**
     * Starts everything.
     *
     * @param load that clients will be
     */
    static Cluster start(Candidate candidate, Load load) {
        Cluster cluster = new Cluster(candidate, load);
        try {
            cluster.database = candidate.store().startDatabase(DIRECTORY);
            cluster.startNodes();
            cluster.createSessions();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes() {
        for (int number = 0; number < NODES; number++) {
            Path path = DIRECTORY.resolve(candidate.option() + "-" + number);
            Node node = Node.launch(candidate.install(new Site(path, number, load, redis.port(), database)));
            nodes.add(node);
            if (database != null) {
                node.awaitStarted(); // else two nodes could create the same table
            }
        }
        nodes.forEach(Node::awaitStarted);
    }

    private void createSessions() {
        List<String> all = new ArrayList<>();
        for (Node node : nodes) {
            List<String> own = createSessions(node, Math.max(1, load.sessions() / NODES));
            cookies.add(own);
            all.addAll(own);
        }
        if (!sticky()) {
            cookies.replaceAll(own -> all.subList(0, load.sessions()));
        }
        for (int number = 0; number < NODES; number++) {
            cookieFiles.add(write(candidate.option() + "-" + number + ".cookies", cookies.get(number)));
        }
    }

    private static List<String> createSessions(Node node, int howMany) {
        return Stream.generate(node::createSession).limit(howMany).toList();
    }

    /** Whether each session is asked for on one node only. */
    private boolean sticky() {
        return load.routing() == Routing.STICKY || !candidate.shared();
    }

    /** For each node, where the cookies are that clients use; sessions of their own are new ones. */
    private List<Path> cookieFiles(RequestKind kind) {
        if (!kind.ownSessions()) {
            return cookieFiles;
        }
        List<Path> files = new ArrayList<>();
        for (int number = 0; number < NODES; number++) {
            files.add(write(
                    candidate.option() + "-" + number + "-" + kind.option() + ".cookies",
                    createSessions(nodes.get(number), kind.ownSessionsAtFirst(load) / NODES)));
        }
        return files;
    }

    private static Path write(String name, List<String> lines) {
        try {
            Path file = DIRECTORY.resolve(name).toAbsolutePath();
            Files.write(file, lines);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String redisVersion() {
        return RedisFigures.version(redisFigures);
    }

    /** Has it serve, and looks at nothing. */
    void warmUp(Wrk wrk, RequestKind kind, int seconds) {
        ask(wrk, kind, cookieFiles(kind), seconds);
    }

    /** Has it serve, and looks at what that took. */
    Measurement measure(int round, Wrk wrk, RequestKind kind, int seconds) {
        List<Path> files = cookieFiles(kind);
        awaitIdle(); // what is still under way from before would be found later
        long updatesBefore = updatesFound(kind);
        double redisTripMicros = RedisFigures.tripMicros(redisFigures);
        JvmTotals jvmsBefore = jvms();
        Served servedBefore = awaitIdle();
        Duration cpuBefore = cpu();
        Duration databaseCpuBefore = databaseCpu();
        RedisFigures redisBefore = RedisFigures.of(redisFigures);

        WrkResult result = ask(wrk, kind, files, seconds);

        RedisFigures redisWork = RedisFigures.of(redisFigures).since(redisBefore);
        double cpuMicros = micros(cpu().minus(cpuBefore));
        double databaseCpuMicros = micros(databaseCpu().minus(databaseCpuBefore));
        Served served = awaitIdle().since(servedBefore);
        JvmTotals jvms = jvms().since(jvmsBefore);
        long lost = kind.updatesFound() == null ? 0 : served.successes() - (updatesFound(kind) - updatesBefore);
        return new Measurement(
                candidate,
                kind,
                load,
                round,
                result,
                served,
                cpuMicros,
                jvms,
                redisTripMicros,
                redisWork,
                databaseCpuMicros,
                lost);
    }

    private WrkResult ask(Wrk wrk, RequestKind kind, List<Path> files, int seconds) {
        return wrk.run(nodes.stream().map(Node::address).toList(), files, kind, load.clients(), seconds);
    }

    private Served awaitIdle() {
        return nodes.stream().map(Node::awaitIdle).reduce(Served.NOTHING, Served::plus);
    }

    private Duration cpu() {
        return nodes.stream().map(Node::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** What all nodes tell of their JVMs. */
    JvmTotals jvms() {
        return nodes.stream().map(Node::jvm).reduce(JvmTotals.NOTHING, JvmTotals::plus);
    }

    /** Of nodes and database. */
    Duration cpuOfAll() {
        return cpu().plus(databaseCpu());
    }

    private Duration databaseCpu() {
        return database == null ? Duration.ZERO : database.cpu();
    }

    private static double micros(Duration time) {
        return time.toNanos() / NANOS_PER_MICRO;
    }

    /** Of all sessions. Where nodes see a session differently, the one that has more of it counts. */
    private long updatesFound(RequestKind kind) {
        String request = kind.updatesFound();
        if (request == null) {
            return 0;
        }
        if (sticky()) {
            long found = 0;
            for (int number = 0; number < NODES; number++) {
                Node node = nodes.get(number);
                found += cookies.get(number).stream()
                        .mapToLong(cookie -> node.updatesFound(request, cookie))
                        .sum();
            }
            return found;
        }
        return cookies.get(0).stream()
                .mapToLong(cookie -> nodes.stream()
                        .mapToLong(node -> node.updatesFound(request, cookie))
                        .max()
                        .orElse(0))
                .sum();
    }

    @Override
    public void close() {
        try {
            nodes.forEach(Node::close);
        } finally {
            if (database != null) {
                database.close();
            }
            redisFigures.close();
            redis.close();
        }
    }
}
