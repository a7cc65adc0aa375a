package io.holdfast.benchmarks.parts;

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
 * many connections. Each thread has sessions of its own, and waits for one answer before it asks for the next; all use one connection
 * for loads, and one lane for commits.
 *
 * <p>What the store does more: it makes values of what it reads, checks the metadata, gives each commit its version and its name, and
 * bounds each wait.
 *
 * <p>The two take turns of a tenth of a second in one process, so that whatever else the machine does hits both. JMH's own score
 * is that of both together; {@link Turns} has those of each.
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

    /** The sessions of one thread. */
    @State(Scope.Thread)
    public static class Client {
        private BareDriver driver;
        private StoredSession session;
        private BareRecord bare;

        @SuppressWarnings("NullAway.Init") // as above
        public Client() {}

        @Setup
        public void create(Server server) {
            driver = server.server.driver();
            session = StoredSession.create(server.server.store());
            bare = server.server.bare(StoredSession.create(server.server.store()));
        }
    }

    @Benchmark
    public Object load(Client client, Turns turns) {
        return turns.isTurnOfStore() ? client.session.load() : client.driver.load(client.bare);
    }

    /** The driver does not ask for how long the session lives. */
    @Benchmark
    public Object loadNextToHgetall(Client client, Turns turns) {
        return turns.isTurnOfStore() ? client.session.load() : client.driver.fields(client.bare);
    }

    @Benchmark
    public Object commit(Client client, Turns turns) {
        return turns.isTurnOfStore() ? client.session.commit() : client.driver.commit(client.bare);
    }
}
