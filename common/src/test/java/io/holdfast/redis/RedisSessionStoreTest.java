package io.holdfast.redis;

import static io.holdfast.redis.Records.HALF_AN_HOUR;
import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.events.SessionEvents;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.Change;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import io.holdfast.session.SessionEnds;
import io.holdfast.session.SessionSnapshot;
import io.holdfast.session.SessionStore;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoredAttribute;
import io.holdfast.session.UnsupportedRecordException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract on Redis, and what only Redis shows: names, times to live, records this release cannot read. */
class RedisSessionStoreTest extends SessionStoreContract {
    private static final long FULL_MILLIS = (HALF_AN_HOUR + 30 + Fixture.GRACE_SECONDS) * 1_000L;

    private Fixture fixture;
    private RedisSessionStore store;
    private RedisSessionStore otherNode;

    @Override
    SessionEnds ends() {
        return store.ends();
    }

    @BeforeEach
    void open() {
        fixture = new Fixture();
        store = fixture.store();
        otherNode = fixture.store();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Override
    SessionStore store() {
        return store;
    }

    @Override
    SessionStore otherNode() {
        return otherNode;
    }

    @Override
    void letEnd(String record) {
        fixture.letEnd(record);
    }

    @Test
    void record_hasTheDocumentedFields() {
        Known known = Known.create(store, Map.of("cart", value("book")));
        store.commit(known.containerState("auth", new Change.Put(value("x"), 0)));

        var fields = fixture.redis.send("HGETALL", fixture.key(known.record())).fields();

        assertThat(fields.keySet()).containsExactlyInAnyOrder("v", "m", "@cart", "$auth");
        assertThat(fields.get("v").text()).isEqualTo("2");
        assertThat(fields.get("m").bytes()).startsWith(1);
        assertThat(fields.get("@cart").bytes())
                .isEqualTo(ByteBuffer.allocate(14)
                        .put((byte) 1)
                        .putLong(1)
                        .put((byte) 1)
                        .put("book".getBytes(UTF_8))
                        .array());
    }

    @Test
    void record_getsItsFullTimeToLiveWithEveryWrite() {
        Known known = Known.create(store, Map.of());
        assertThat(fixture.pttl(known.record())).isBetween(FULL_MILLIS - 5_000, FULL_MILLIS);

        fixture.redis.send("PEXPIRE", fixture.key(known.record()), 60_000);
        store.commit(known.put("a", "1"));

        assertThat(fixture.pttl(known.record())).isBetween(FULL_MILLIS - 5_000, FULL_MILLIS);
    }

    @Test
    void record_ofSessionThatNeverEnds_hasATimeToLiveAllTheSame() {
        String record = newRecord();
        store.create(new NewSession(record, 0, -1, SECRET, Map.of(), Map.of()));

        assertThat(fixture.pttl(record)).isGreaterThan(Duration.ofDays(3_649).toMillis());
        assertThat(find(store, record).idleMillis()).isLessThan(5_000);
    }

    @Test
    void load_tellsHowLongTheSessionWasIdle() {
        Known known = Known.create(store, Map.of());
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), FULL_MILLIS - 100_000);

        assertThat(find(store, known.record()).idleMillis()).isBetween(100_000L, 105_000L);
    }

    @Test
    void touch_givesTheFullTimeToLiveAgain() {
        Known known = Known.create(store, Map.of());
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), 60_000);

        store.touch(known.record());

        await().untilAsserted(() -> assertThat(fixture.pttl(known.record())).isGreaterThan(FULL_MILLIS - 10_000));
    }

    @Test
    void touch_ofDeletedRecord_doesNotBringItBack() {
        Known known = Known.create(store, Map.of());
        store.end(known.record(), known.createdBy(), 0);

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());

        assertThat(fixture.exists(known.record())).isFalse();
    }

    @Test
    void touch_ofASessionWhoseTimeIsOver_doesNotBringItBack() {
        Known known = Known.create(store, Map.of());
        fixture.letEnd(known.record());

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());

        assertThat(store.load(known.record())).isEqualTo(new LoadResult.Ended());
    }

    @Test
    void touch_goesByTheTimeoutOfTheRecord() {
        Known known = Known.create(store, Map.of());
        store.commit(known.metadata(new MetadataChange(60, null)));
        fixture.redis.send("PEXPIRE", fixture.key(known.record()), 40_000);

        store.touch(known.record());
        Fixture.awaitLane(store, known.record());

        long full = 63_000 + Fixture.GRACE_SECONDS * 1_000;
        assertThat(fixture.pttl(known.record())).isBetween(full - 5_000, full);
    }

    @Test
    void touch_ofAClosedStore_isReported() {
        Known known = Known.create(store, Map.of());
        var failures = new LinkedBlockingQueue<Throwable>();
        RedisSessionStore closed = fixture.store(fixture.settings(), new SessionEvents() {
            @Override
            public void touchFailed(String record, Throwable cause) {
                failures.add(cause);
            }
        });
        closed.close();

        closed.touch(known.record());

        assertThat(failures).hasSize(1);
    }

    @Test
    void load_ofNewerFormat_namesRecordAndFormatsAndLeavesItAlone() {
        Known known = Known.create(store, Map.of());
        fixture.redis.send("HSET", fixture.key(known.record()), "m", new byte[] {2, 1, 2, 3});

        assertThatThrownBy(() -> store.load(known.record()))
                .isInstanceOf(UnsupportedRecordException.class)
                .hasMessageContainingAll(known.record(), "format 2", "up to 1", "update this node");
        assertThatThrownBy(() -> store.commit(known.put("a", "1"))).isInstanceOf(UnsupportedRecordException.class);
        assertThat(fixture.redis.send("HGET", fixture.key(known.record()), "m").bytes())
                .containsExactly(2, 1, 2, 3);
    }

    @Test
    void load_ofDamagedHead_saysSo() {
        Known known = Known.create(store, Map.of());
        fixture.redis.send("HSET", fixture.key(known.record()), "m", new byte[] {1, 2});
        assertThatThrownBy(() -> store.load(known.record()))
                .isInstanceOf(UnsupportedRecordException.class)
                .hasMessageContainingAll(known.record(), "damaged");

        Known other = Known.create(store, Map.of());
        fixture.redis.send("HSET", fixture.key(other.record()), "v", "many");
        assertThatThrownBy(() -> store.load(other.record()))
                .isInstanceOf(UnsupportedRecordException.class)
                .hasMessageContainingAll(other.record(), "not a number");
    }

    @Test
    void load_ofDamagedAttribute_costsThatAttributeOnly() {
        Known known = Known.create(store, Map.of("good", value("1"), "bad", value("2")));
        fixture.redis.send("HSET", fixture.key(known.record()), "@bad", "junk");

        SessionSnapshot found = find(store, known.record());

        assertThat(found.attributes().get("good").value()).isEqualTo(value("1"));
        StoredAttribute bad = found.attributes().get("bad");
        assertThat(bad.version()).isEqualTo(1);
        assertThat(bad.value().flags()).isEqualTo(AttributeField.UNREADABLE_FLAGS);
        assertThat(bad.value().payload()).isEqualTo("junk".getBytes(UTF_8));
    }

    @Test
    void commit_overDamagedAttribute_isNoConflict() {
        Known known = Known.create(store, Map.of("bad", value("2"), "worse", value("3")));
        fixture.redis.send("HSET", fixture.key(known.record()), "@bad", "junk", "@worse", "");
        otherNode.commit(known.put("other", "1"));

        assertThat(committed(store.commit(known.put("bad", "mended", 1))).conflicts())
                .isEmpty();
        assertThat(committed(store.commit(known.change("worse", new Change.Remove(1))))
                        .conflicts())
                .isEmpty();
        assertThat(attributes(store, known.record())).containsOnly(Map.entry("bad", "mended"), Map.entry("other", "1"));
    }

    @Test
    void commit_afterSomebodyMadeTheKeyAString_failsWithRedissWords() {
        Known known = Known.create(store, Map.of());
        fixture.redis.send("SET", fixture.key(known.record()), "not a hash");

        assertThatThrownBy(() -> store.commit(known.put("a", "1")))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(known.record(), "HMGET", "WRONGTYPE");
        Known other = Known.create(store, Map.of());
        assertThat(committed(store.commit(other.put("a", "1"))).version()).isEqualTo(2);
    }

    @Test
    void load_ofKeyWithoutHead_isAbsent() {
        String record = newRecord();
        fixture.redis.send("HSET", fixture.key(record), "@a", "1");
        fixture.redis.send("EXPIRE", fixture.key(record), 600);

        assertThat(store.load(record)).isEqualTo(new LoadResult.Absent());
    }
}
