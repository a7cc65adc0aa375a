package io.holdfast.benchmarks.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.RespConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bare driver sends what the store sends: as many of each command, in as many flushes, of as many bytes. */
class BareDriverTest {
    private static final int TIMES = 100;
    private static final int THREADS = 4;

    /** Bytes by which the numbers of commits in a record's metadata may differ in length. The shortest argument has 7. */
    private static final long ROUNDING = 3;

    private static StoreServer server;
    private static RespConnection redis;

    @BeforeAll
    static void start() {
        server = new StoreServer();
        redis = RespConnection.open(server.uri());
        StoredSession session = StoredSession.create(server.store()); // opens the connections
        session.commit();
        session.load();
    }

    @AfterAll
    static void stop() {
        redis.close();
        server.close();
    }

    @Test
    void driver_hasAsManyEventLoopsAsTheStore() {
        assertThat(runningThreads("lettuce-")).isPositive().isEqualTo(runningThreads("holdfast-lettuce-"));
    }

    private static long runningThreads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix) && name.contains("EventLoop"))
                .count();
    }

    @Test
    void load_sendsWhatTheStoreSends() {
        StoredSession session = StoredSession.create(server.store());
        BareRecord bare = server.bare(session);

        Sent byStore = sentBy(1, session::load);
        Sent byDriver = sentBy(1, () -> server.driver().load(bare));

        assertThat(byDriver).isEqualTo(byStore);
        assertThat(byStore.counts().calls()).containsOnlyKeys("pttl", "hgetall");
    }

    @Test
    void commit_sendsWhatTheStoreSends() {
        StoredSession session = StoredSession.create(server.store());
        IntStream.range(0, TIMES).forEach(i -> session.commit()); // the record's metadata grows no more
        BareRecord bare = server.bare(session);

        Sent byStore = sentBy(1, session::commit);
        Sent byDriver = sentBy(1, () -> server.driver().commit(bare));

        assertThat(byDriver.counts()).isEqualTo(byStore.counts());
        assertThat(byDriver.bytes()).isCloseTo(byStore.bytes(), within(TIMES * ROUNDING));
        assertThat(byStore.counts().calls())
                .containsOnlyKeys("watch", "hmget", "pttl", "multi", "hset", "pexpire", "exec");
    }

    @Test
    void commitsOfManyThreads_areAllWritten() {
        StoredSession session = StoredSession.create(server.store());
        BareRecord bare = server.bare(session);

        Sent byDriver = sentBy(THREADS, () -> server.driver().commit(bare));

        assertThat(byDriver.counts().calls("exec")).isEqualTo((long) THREADS * TIMES);
        assertThat(session.load().snapshot().version()).isEqualTo(1L + THREADS * TIMES);
    }

    private static Sent sentBy(int threads, Runnable operation) {
        CommandCounts before = CommandCounts.of(redis);
        long bytesBefore = received();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> IntStream.range(0, TIMES).forEach(time -> operation.run()));
            thread.start();
            running.add(thread);
        }
        running.forEach(BareDriverTest::join);
        long bytes = received() - bytesBefore;
        return new Sent(CommandCounts.of(redis).since(before), bytes);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static long received() {
        return redis.send("INFO", "stats")
                .text()
                .lines()
                .filter(line -> line.startsWith("total_net_input_bytes:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private record Sent(CommandCounts counts, long bytes) {}
}
