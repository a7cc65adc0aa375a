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
import org.jspecify.annotations.Nullable;

/** Two nodes of one candidate, a Redis and a database that nobody else uses, all started for one round and with the sessions that are asked for. */
final class Cluster implements AutoCloseable {
    private static final int NODES = 2;
    private static final Path DIRECTORY = Path.of("target", "nodes");
    private static final double NANOS_PER_MICRO = 1_000;

    private final Candidate candidate;
    private final LocalRedis redis;
    private final RespConnection redisFigures;
    private final @Nullable Database database;
    private final List<Node> nodes = new ArrayList<>();

    /** For each node, the cookies of the sessions that it is asked for. */
    private final List<List<String>> cookies = new ArrayList<>();

    private final List<Path> cookieFiles = new ArrayList<>();

    private Cluster(Candidate candidate) {
        this.candidate = candidate;
        this.redis = LocalRedis.start();
        this.redisFigures = RespConnection.open(redis.uri());
        this.database = candidate.store().startDatabase(DIRECTORY);
    }

    /**
     * Starts everything.
     *
     * @param load tells how many sessions, and what they hold
     */
    static Cluster start(Candidate candidate, Load load) {
        Cluster cluster = new Cluster(candidate);
        try {
            cluster.startNodes(load);
            cluster.createSessions(load.sessions());
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes(Load load) {
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

    private void createSessions(int sessions) {
        List<String> all = new ArrayList<>();
        for (Node node : nodes) {
            List<String> own = new ArrayList<>();
            for (int number = 0; number < Math.max(1, sessions / NODES); number++) {
                own.add(node.createSession());
            }
            cookies.add(own);
            all.addAll(own);
        }
        if (candidate.shared()) {
            cookies.replaceAll(own -> all.subList(0, sessions));
        }
        for (int number = 0; number < NODES; number++) {
            cookieFiles.add(write(candidate.option() + "-" + number + ".cookies", cookies.get(number)));
        }
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
    void warmUp(Wrk wrk, RequestKind kind, int clients, int seconds) {
        ask(wrk, kind, clients, seconds);
    }

    /** Has it serve, and looks at what that took. */
    Measurement measure(int round, Wrk wrk, RequestKind kind, int clients, int seconds) {
        awaitIdle(); // what is still under way from before would be found later
        long updatesBefore = updatesFound(kind);
        Served servedBefore = awaitIdle();
        Duration cpuBefore = cpu();
        Duration databaseCpuBefore = databaseCpu();
        RedisFigures redisBefore = RedisFigures.of(redisFigures);

        WrkResult result = ask(wrk, kind, clients, seconds);

        RedisFigures redisWork = RedisFigures.of(redisFigures).since(redisBefore);
        double cpuMicros = micros(cpu().minus(cpuBefore));
        double databaseCpuMicros = micros(databaseCpu().minus(databaseCpuBefore));
        Served served = awaitIdle().since(servedBefore);
        long lost = kind.updatesFound() == null ? 0 : served.successes() - (updatesFound(kind) - updatesBefore);
        return new Measurement(candidate, kind, round, result, served, cpuMicros, redisWork, databaseCpuMicros, lost);
    }

    private WrkResult ask(Wrk wrk, RequestKind kind, int clients, int seconds) {
        return wrk.run(nodes.stream().map(Node::address).toList(), cookieFiles, kind, clients, seconds);
    }

    private Served awaitIdle() {
        return nodes.stream().map(Node::awaitIdle).reduce(Served.NOTHING, Served::plus);
    }

    private Duration cpu() {
        return nodes.stream().map(Node::cpu).reduce(Duration.ZERO, Duration::plus);
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
        if (!candidate.shared()) {
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
