package io.holdfast.redis;

import static io.holdfast.redis.SessionStoreContract.leased;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.LoadResult;
import io.holdfast.session.StoreException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Redis whose memory is full takes no data and no transactions, but sessions live on and can be ended. */
class FullMemoryTest {
    private Fixture fixture;
    private LocalRedis full;
    private RespConnection admin;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private final RecordingEvents events = new RecordingEvents();

    @BeforeEach
    void open() {
        fixture = new Fixture();
        full = LocalRedis.start();
        admin = RespConnection.open(full.uri());
        proxy = FaultProxy.before(full.uri());
        store = fixture.store(fixture.settings(proxy.uri()), events);
    }

    @AfterEach
    void close() {
        fixture.close();
        proxy.close();
        admin.close();
        full.close();
    }

    @Test
    void sessionInUse_staysAlive() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");
        admin.send("PEXPIRE", fixture.key(known.record()), 60_000);

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());
        store.load(known.record());

        assertThat(admin.send("PTTL", fixture.key(known.record())).number()).isGreaterThan(1_000_000);
        assertThat(events.touchFailures).isEmpty();
    }

    @Test
    void sessionWhoseTimeIsOver_isNotBroughtBack() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");
        admin.send("PEXPIRE", fixture.key(known.record()), Fixture.GRACE_SECONDS * 1_000 - 1);

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());

        assertThat(store.load(known.record())).isEqualTo(new LoadResult.Ended());
    }

    @Test
    void endWhoseAnswerIsLost_isToldHere() {
        Known known = Known.create(store, Map.of());
        admin.send("CONFIG", "SET", "maxmemory", "1");
        proxy.cutAfterSending("DEL");

        leased(store.end(known.record(), known.createdBy()));

        assertThat(store.load(known.record())).isEqualTo(new LoadResult.Absent());
    }

    @Test
    void sessionWhoseTimeIsOver_isToldOnceThereIsMemoryAgain() {
        Known known = Known.create(store, Map.of());
        admin.send("PEXPIRE", fixture.key(known.record()), Fixture.GRACE_SECONDS * 1_000 - 1);
        admin.send("CONFIG", "SET", "maxmemory", "1");
        assertThatThrownBy(() -> Fixture.sweep(store)).isInstanceOf(StoreException.class);

        admin.send("CONFIG", "SET", "maxmemory", "0");

        assertThat(Fixture.sweep(store)).hasSize(1);
    }
}
