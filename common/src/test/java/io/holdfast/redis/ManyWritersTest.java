package io.holdfast.redis;

import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.text;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.committed;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.Change;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.SessionDelta;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionStore;
import io.holdfast.session.StoreUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many threads on a few sessions: every write of an attribute of one's own is there, each exactly once. */
class ManyWritersTest {
    private static final int THREADS = 64;
    private static final int COMMITS_PER_THREAD = 50;
    private static final int SESSIONS = 4;
    private static final int COMMITS_PER_CUT = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService threadOfSaboteur = Executors.newSingleThreadExecutor();
    private final Semaphore commitsDone = new Semaphore(0);
    private final AtomicInteger cuts = new AtomicInteger();
    private final RecordingEvents events = new RecordingEvents();

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        threadOfSaboteur.shutdownNow();
        fixture.close();
    }

    @Test
    void everyCommitOfTwoNodes_isAppliedOnce() throws Exception {
        List<RedisSessionStore> nodes = List.of(store(fixture.settings()), store(fixture.settings()));
        List<Known> sessions = sessions(nodes.get(0));

        countUp(nodes, sessions);

        for (Known session : sessions) {
            SessionSnapshot found = find(nodes.get(0), session.record());
            assertThat(found.version()).isEqualTo(1 + THREADS / SESSIONS * COMMITS_PER_THREAD);
            assertThat(found.attributes()).hasSize(THREADS / SESSIONS);
            found.attributes()
                    .forEach((name, stored) ->
                            assertThat(text(stored.value())).isEqualTo(String.valueOf(COMMITS_PER_THREAD)));
        }
        assertThat(events.outages).isEmpty();
    }

    @Test
    void connectionsCutAgainAndAgain_loseAndDoubleNothing() throws Exception {
        FaultProxy proxy = fixture.proxy();
        List<RedisSessionStore> nodes = List.of(store(fixture.settings(proxy.uri())));
        List<Known> sessions = sessions(nodes.get(0));
        Future<?> saboteur = threadOfSaboteur.submit(() -> {
            while (true) {
                commitsDone.acquire(COMMITS_PER_CUT);
                proxy.cutAfterSending("EXEC");
                cuts.incrementAndGet();
            }
        });

        countUp(nodes, sessions);
        saboteur.cancel(true);

        assertThat(cuts.get()).isGreaterThan(10);
        for (Known session : sessions) {
            SessionSnapshot found = find(nodes.get(0), session.record());
            assertThat(found.version()).isEqualTo(1 + THREADS / SESSIONS * COMMITS_PER_THREAD);
        }
    }

    /** Each thread counts an attribute of its own from 1 up, one commit each, and takes note of the versions it made. */
    private void countUp(List<RedisSessionStore> nodes, List<Known> sessions) throws Exception {
        Map<String, Set<Long>> versions = new HashMap<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SessionStore node = nodes.get(i % nodes.size());
            Known session = sessions.get(i / nodes.size() % sessions.size());
            String name = "counter" + i;
            Set<Long> made = versions.computeIfAbsent(session.record(), key -> ConcurrentHashMap.newKeySet());
            running.add(threads.submit(() -> {
                long base = 0;
                for (int count = 1; count <= COMMITS_PER_THREAD; count++) {
                    Committed result = commit(node, delta(session, name, count, base));
                    commitsDone.release();
                    assertThat(result.conflicts()).isEmpty();
                    assertThat(made.add(result.version())).isTrue();
                    base = result.version();
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get(60, SECONDS);
        }
        versions.values().forEach(made -> assertThat(made).hasSize(THREADS / SESSIONS * COMMITS_PER_THREAD));
    }

    /** Commits, again if two cuts in a row made it fail with nothing written. */
    private static Committed commit(SessionStore node, SessionDelta delta) {
        while (true) {
            try {
                return committed(node.commit(delta));
            } catch (StoreUnavailableException e) {
                assertThat(e).hasMessageContaining("Nothing was written");
            }
        }
    }

    private static SessionDelta delta(Known session, String name, int count, long base) {
        return new SessionDelta(
                session.record(),
                session.createdBy(),
                Math.max(1, base),
                Map.of(name, new Change.Put(value(String.valueOf(count)), base)),
                Map.of(),
                MetadataChange.NONE);
    }

    private RedisSessionStore store(HoldfastSettings.Builder settings) {
        return fixture.store(settings.set(Setting.COMMIT_ATTEMPTS, "1000"), events);
    }

    private static List<Known> sessions(SessionStore store) {
        List<Known> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(Known.create(store, Map.of()));
        }
        return sessions;
    }
}
