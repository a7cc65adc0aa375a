package io.holdfast.benchmarks.parts;

import io.holdfast.session.CommitResult;
import io.holdfast.session.LoadResult;
import io.lettuce.core.TransactionResult;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Loads and commits, by the store and by the bare driver, which sends the same commands with arguments of the same lengths over as
 * many connections. Each thread has a session of its own, and waits for one answer before it asks for the next; all use one connection
 * for loads, and one lane for commits.
 *
 * <p>What the store does more: it makes values of what it reads, checks the metadata, gives each commit its version and its name, and
 * bounds each wait.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StoreBenchmark {
    /** The server; Redis is a process of its own. */
    @State(Scope.Benchmark)
    public static class Server {
        private StoreServer server;

        @SuppressWarnings("NullAway.Init") // JMH calls start() before all else
        public Server() {}

        @Setup
        public void start() {
            server = new StoreServer();
        }

        @TearDown
        public void stop() {
            server.close();
        }
    }

    /** The session of one thread. */
    @State(Scope.Thread)
    public static class Client {
        private StoredSession session;
        private BareRecord bare;

        @SuppressWarnings("NullAway.Init") // as above
        public Client() {}

        @Setup
        public void create(Server server) {
            session = StoredSession.create(server.server.store());
            bare = server.server.bare(session);
        }
    }

    @Benchmark
    public LoadResult load(Client client) {
        return client.session.load();
    }

    @Benchmark
    public Map<byte[], byte[]> loadBare(Server server, Client client) {
        return server.server.driver().load(client.bare);
    }

    /** Without the question for how long the session lives. */
    @Benchmark
    public Map<byte[], byte[]> hgetallBare(Server server, Client client) {
        return server.server.driver().fields(client.bare);
    }

    @Benchmark
    public CommitResult commit(Client client) {
        return client.session.commit();
    }

    @Benchmark
    public TransactionResult commitBare(Server server, Client client) {
        return server.server.driver().commit(client.bare);
    }
}
