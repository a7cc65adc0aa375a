package io.holdfast.redis;

import static io.holdfast.redis.Records.HALF_AN_HOUR;
import static io.holdfast.redis.Records.SECRET;
import static io.holdfast.redis.Records.newRecord;
import static io.holdfast.redis.Records.newSession;
import static io.holdfast.redis.Records.value;
import static io.holdfast.redis.SessionStoreContract.leased;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.events.SessionEvents;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CreateResult;
import io.holdfast.session.EndLease;
import io.holdfast.session.EndResult;
import io.holdfast.session.LoadResult;
import io.holdfast.session.MetadataChange;
import io.holdfast.session.NewSession;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The index of ends, and what sweeps make of it. */
class ExpirySweepTest {
    /** The time-out, and the touch interval by which a session may end late. */
    private static final long UNTIL_END = (HALF_AN_HOUR + 30) * 1_000L;

    private static final long LEASE = 30_000;
    private static final long TOLERANCE = 5_000;

    private Fixture fixture;
    private RedisSessionStore store;
    private RedisSessionStore other;

    @BeforeEach
    void open() {
        fixture = new Fixture();
        store = fixture.store();
        other = fixture.store();
        store.warmUp();
        other.warmUp();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void newSession_isInTheIndexAtItsEarliestEnd_byRedissClock() {
        String record = Known.create(store, Map.of()).record();

        assertThat(fixture.entries(record)).singleElement().asString().matches(record + ":[0-9a-f]{16}-[0-9a-f]+");
        assertThat(fixture.score(record)).isCloseTo(fixture.redisMillis() + UNTIL_END, within());
    }

    @Test
    void newSessionOfANodeThatDoesNotKnowTheTime_isDue_andPutOffByTheNextSweep() {
        String record = Known.create(fixture.store(), Map.of()).record();
        assertThat(fixture.score(record)).isNegative();

        assertThat(Fixture.sweep(other)).isEmpty();
        assertThat(fixture.score(record)).isCloseTo(fixture.redisMillis() + UNTIL_END, within());
    }

    @Test
    void sessionThatNeverEnds_isNotInTheIndex() {
        String record = newRecord();
        store.create(new NewSession(record, 0, 0, SECRET, Map.of(), Map.of()));

        assertThat(fixture.entries(record)).isEmpty();
    }

    @Test
    void index_livesADayLongerThanItsLastSession() {
        String record = Known.create(store, Map.of()).record();
        long day = 86_400_000;
        long hour = 3_600_000;
        long expected = UNTIL_END + day + LEASE + Fixture.GRACE_SECONDS * 1_000L + hour;
        String bucket = fixture.bucket(record);
        assertThat(fixture.redis.send("PTTL", bucket).number()).isCloseTo(expected, within());

        long month = 30 * day;
        fixture.redis.send(
                "ZADD", bucket, fixture.redisMillis() + month, inTheBucketOf(record) + ":0000000000000001-1");
        Fixture.sweep(store);
        store.load(record); // same connection: what the sweep tells is done
        assertThat(fixture.redis.send("PTTL", bucket).number()).isCloseTo(expected - UNTIL_END + month, within());

        String next = inTheBucketOf(record);
        store.create(newSession(next, Map.of()));
        assertThat(fixture.redis.send("PTTL", bucket).number())
                .as("a session that ends sooner does not shorten it")
                .isCloseTo(expected - UNTIL_END + month, within());
    }

    @Test
    void index_livesAsLongAsTheSessionsOfOtherNodesNeed() {
        String record = newRecord();
        int tenDays = 10 * 86_400;
        store.create(new NewSession(record, 0, tenDays, SECRET, Map.of(), Map.of()));

        other.create(newSession(inTheBucketOf(record), Map.of()));

        assertThat(fixture.redis.send("PTTL", fixture.bucket(record)).number()).isGreaterThan(tenDays * 1_000L);
    }

    @Test
    void index_livesADayLongerThanWhatTheLastSweepHasPutOff() {
        String record = newRecord();
        int tenDays = 10 * 86_400;
        store.create(new NewSession(record, 0, tenDays, SECRET, Map.of(), Map.of()));
        fixture.makeDue(record);
        long leftWhenItIsDue = 86_400_000;
        fixture.redis.send("PEXPIRE", fixture.bucket(record), leftWhenItIsDue);

        Fixture.sweep(other);

        assertThat(fixture.redis.send("PTTL", fixture.bucket(record)).number())
                .isGreaterThan(tenDays * 1_000L + leftWhenItIsDue);
    }

    @Test
    void sessionInUse_isPutOffToItsRealEnd() {
        String record = Known.create(store, Map.of()).record();
        fixture.redis.send("PEXPIRE", fixture.key(record), Fixture.GRACE_SECONDS * 1_000 + 90_000);
        fixture.makeDue(record);

        assertThat(Fixture.sweep(other)).isEmpty();
        assertThat(fixture.score(record)).isCloseTo(fixture.redisMillis() + 90_000, within());
    }

    @Test
    void sessionThatEnded_isLeasedToOneNode_withItsLastState() {
        Known known = Known.create(store, Map.of("a", value("1")));
        endAndMakeDue(known);

        List<EndLease> leases = Fixture.sweep(other);

        assertThat(leases).singleElement().satisfies(lease -> {
            assertThat(lease.record()).isEqualTo(known.record());
            assertThat(lease.snapshot().attributes().get("a").value()).isEqualTo(value("1"));
        });
        assertThat(fixture.exists(known.record())).isFalse();
        assertThat(Fixture.sweep(store)).isEmpty();
        assertThat(fixture.score(known.record()))
                .as("looked at again when the lease ends")
                .isCloseTo(fixture.redisMillis() + LEASE, within());
    }

    @Test
    void sessionThatWasTold_leavesNothing() throws Exception {
        Known known = Known.create(store, Map.of());
        endAndMakeDue(known);

        other.ends().forget(Fixture.sweep(other).get(0)).toCompletableFuture().get(10, SECONDS);

        assertThat(fixture.redis
                        .send("KEYS", "holdfast:" + fixture.namespace + ":*")
                        .texts())
                .isEmpty();
    }

    @Test
    void leaseOfANodeThatDied_isTakenOverWhenItHasRunOut() {
        Known known = Known.create(store, Map.of("a", value("1")));
        endAndMakeDue(known);
        assertThat(Fixture.sweep(store)).hasSize(1);
        letLeaseRunOut(known.record());

        List<EndLease> takenOver = Fixture.sweep(other);

        assertThat(takenOver)
                .singleElement()
                .satisfies(lease -> assertThat(
                                lease.snapshot().attributes().get("a").value())
                        .isEqualTo(value("1")));
        fixture.makeDue(known.record());
        assertThat(Fixture.sweep(store)).isEmpty();
    }

    @Test
    void leaseThatIsRenewed_isHeldForItsFullTimeAgain() {
        Known known = Known.create(store, Map.of());
        EndLease lease = leased(store.end(known.record(), known.createdBy(), 0));
        letLeaseRunOut(known.record());

        store.ends().renew(lease);
        store.load(known.record()); // same connection: the renewal is done

        assertThat(Fixture.sweep(other)).isEmpty();
        assertThat(fixture.score(known.record())).isCloseTo(fixture.redisMillis() + LEASE, within());
    }

    @Test
    void renewalAfterSomebodyElseHasForgotten_bringsNothingBack() throws Exception {
        Known known = Known.create(store, Map.of());
        EndLease lease = leased(store.end(known.record(), known.createdBy(), 0));
        other.ends().forget(lease).toCompletableFuture().get(10, SECONDS);

        store.ends().renew(lease);
        store.load(known.record());

        assertThat(fixture.redis
                        .send("KEYS", "holdfast:" + fixture.namespace + ":*")
                        .texts())
                .isEmpty();
    }

    @Test
    void leaseThatIsGivenBack_isTakenOverAtOnce() {
        Known known = Known.create(store, Map.of());
        store.ends().giveBack(leased(store.end(known.record(), known.createdBy(), 0)));

        assertThat(Fixture.sweep(other)).hasSize(1);
    }

    @Test
    void sessionThatWasEndedByRequest_isTakenOverWhenItsNodeDies_evenIfItNeverEnds() {
        String record = newRecord();
        store.create(new NewSession(record, 0, -1, SECRET, Map.of(), Map.of()));
        leased(store.end(record, Known.of(store, record).createdBy(), 0));
        letLeaseRunOut(record);

        assertThat(Fixture.sweep(other)).hasSize(1);
    }

    @Test
    void sessionIsEndedByRequest_thoughRedisTakesNoMoreData() {
        try (LocalRedis full = LocalRedis.start();
                RespConnection admin = RespConnection.open(full.uri())) {
            RedisSessionStore loggingOut = fixture.store(fixture.settings(full.uri()), SessionEvents.NONE);
            Known known = Known.create(loggingOut, Map.of("a", value("1")));
            admin.send("CONFIG", "SET", "maxmemory", "1");

            EndLease lease = leased(loggingOut.end(known.record(), known.createdBy(), 0));

            assertThat(lease.snapshot().attributes().get("a").value()).isEqualTo(value("1"));
            assertThat(loggingOut.load(known.record())).isEqualTo(new LoadResult.Absent());
            assertThat(loggingOut.end(known.record(), known.createdBy(), 0)).isEqualTo(new EndResult.Absent());
        }
    }

    @Test
    void endedSessionWhoseNameIsTakenAnew_isStillTold() {
        Known first = Known.create(store, Map.of("a", value("first")));
        fixture.letEnd(first.record());

        assertThat(other.create(newSession(first.record(), Map.of("a", value("second")))))
                .isInstanceOf(CreateResult.Created.class);
        assertThat(fixture.entries(first.record())).hasSize(2);
        fixture.makeDue(first.record());

        assertThat(Fixture.sweep(store))
                .singleElement()
                .satisfies(lease -> assertThat(
                                lease.snapshot().attributes().get("a").value())
                        .isEqualTo(value("first")));
        assertThat(Records.attributes(store, first.record())).containsOnly(Map.entry("a", "second"));
        assertThat(fixture.redis
                        .send("PTTL", fixture.endedKeys(first.record()).get(0))
                        .number())
                .isPositive();
    }

    @Test
    void nameTakenAnewWhileTheEndIsTold_isAnotherSession() {
        Known first = Known.create(store, Map.of());
        leased(store.end(first.record(), first.createdBy(), 0));

        assertThat(other.create(newSession(first.record(), Map.of()))).isInstanceOf(CreateResult.Created.class);

        letLeaseRunOut(first.record());
        fixture.makeDue(first.record());
        assertThat(Fixture.sweep(other))
                .singleElement()
                .satisfies(lease -> assertThat(lease.createdBy()).isEqualTo(first.createdBy()));
        assertThat(other.load(first.record())).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void entryThatStandsForNothing_isDropped() {
        String record = newRecord();
        fixture.redis.send("ZADD", fixture.bucket(record), 0, record + ":0000000000000001-1");
        fixture.redis.send("ZADD", fixture.bucket(record), 0, "written by somebody else");

        assertThat(Fixture.sweep(store)).isEmpty();

        assertThat(fixture.redis.send("ZCARD", fixture.bucket(record)).number()).isZero();
        assertThat(fixture.exists(record)).isFalse();
    }

    @Test
    void entryThatStandsForNothing_isDropped_thoughAnotherSessionHasTheName() {
        String record = Known.create(store, Map.of()).record();
        List<String> own = fixture.entries(record);
        fixture.redis.send("ZADD", fixture.bucket(record), 0, record + ":0000000000000001-1");

        assertThat(Fixture.sweep(other)).isEmpty();

        assertThat(fixture.entries(record)).isEqualTo(own);
        assertThat(other.load(record)).isInstanceOf(LoadResult.Found.class);
    }

    @Test
    void recordOfANewerRelease_isLeftToIt() {
        Known known = Known.create(store, Map.of());
        fixture.redis.send("HSET", fixture.key(known.record()), "m", new byte[] {99});
        endAndMakeDue(known);

        assertThat(Fixture.sweep(store)).isEmpty();

        assertThat(fixture.exists(known.record())).isTrue();
        assertThat(fixture.score(known.record())).isCloseTo(fixture.redisMillis() + 60_000, within());
    }

    @Test
    void recordWhoseTimeToLiveSomebodyHasTakenAway_countsAsJustUsed_andGetsOneWithTheNextTouch() {
        String record = Known.create(store, Map.of()).record();
        fixture.redis.send("PERSIST", fixture.key(record));
        fixture.makeDue(record);

        assertThat(Fixture.sweep(other)).isEmpty();
        assertThat(fixture.score(record)).isCloseTo(fixture.redisMillis() + UNTIL_END, within());
        assertThat(other.load(record)).isInstanceOf(LoadResult.Found.class);

        store.touch(record);
        Fixture.awaitLane(store, record);
        assertThat(fixture.pttl(record)).isCloseTo(UNTIL_END + Fixture.GRACE_SECONDS * 1_000, within());
    }

    @Test
    void keyOfARecordThatSomebodyElseHasTaken_keepsNoOtherSessionFromBeingTold() {
        String taken = Known.create(store, Map.of()).record();
        fixture.redis.send("SET", fixture.key(taken), "no hash");
        fixture.makeDue(taken);
        String record = inTheBucketOf(taken);
        store.create(newSession(record, Map.of()));
        fixture.letEnd(record);
        fixture.makeDue(record);

        assertThat(Fixture.sweep(store))
                .singleElement()
                .satisfies(lease -> assertThat(lease.record()).isEqualTo(record));
        assertThat(fixture.score(taken)).isCloseTo(fixture.redisMillis() + 60_000, within());
    }

    @Test
    void moreSessionsThanAreReadAtOnce_areAllLeasedByOneSweep() {
        int count = ExpiryIndex.BATCH + 5;
        for (int i = 0; i < count; i++) {
            String record = inTheBucketOf("a");
            store.create(newSession(record, Map.of()));
            fixture.letEnd(record);
            fixture.makeDue(record);
        }

        assertThat(Fixture.sweep(store)).hasSize(count);
    }

    @Test
    void shorterTimeout_isFollowedAtOnce() {
        Known known = Known.create(store, Map.of());
        store.commit(known.metadata(new MetadataChange(60, null)));
        assertThat(fixture.score(known.record())).isNegative();

        Fixture.sweep(other);

        assertThat(fixture.score(known.record())).isCloseTo(fixture.redisMillis() + 63_000, within());
    }

    @Test
    void timeoutSetToNeverAndBack_leavesTheIndexAndEntersItAgain() {
        Known known = Known.create(store, Map.of());
        store.commit(known.metadata(new MetadataChange(-1, null)));
        fixture.makeDue(known.record());
        Fixture.sweep(other);
        assertThat(fixture.entries(known.record())).isEmpty();

        store.commit(Known.of(store, known.record()).metadata(new MetadataChange(60, null)));
        Fixture.sweep(other);
        assertThat(fixture.score(known.record())).isCloseTo(fixture.redisMillis() + 63_000, within());
    }

    private static String inTheBucketOf(String record) {
        return record.charAt(0) + newRecord().substring(1);
    }

    private void endAndMakeDue(Known known) {
        fixture.letEnd(known.record());
        fixture.makeDue(known.record());
    }

    private void letLeaseRunOut(String record) {
        fixture.redis.send("PEXPIRE", fixture.endedKeys(record).get(0), Fixture.GRACE_SECONDS * 1_000 - 1);
        fixture.makeDue(record);
    }

    private static Offset<Long> within() {
        return Offset.offset(TOLERANCE);
    }
}
