package io.holdfast.redis;

import static io.holdfast.redis.Records.attributes;
import static io.holdfast.redis.Records.find;
import static io.holdfast.redis.Records.value;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.config.Setting;
import io.holdfast.events.SessionEvents;
import io.holdfast.exclusive.LeaseStore;
import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.RespConnection;
import io.holdfast.redis.Records.Known;
import io.holdfast.session.CommitResult;
import io.holdfast.session.CommitResult.Committed;
import io.holdfast.session.LeaseToken;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A commit that needs a lease takes effect only while the lease is its holder's. */
@ParameterizedClass(name = "large: {0}")
@ValueSource(booleans = {false, true})
class FencedCommitTest {
    @Parameter
    boolean large;

    private static final LeaseToken OURS = new LeaseToken(1, 1);
    private static final LeaseToken THEIRS = new LeaseToken(2, 1);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final RecordingEvents events = new RecordingEvents();

    private Fixture fixture;
    private FaultProxy proxy;
    private RedisSessionStore store;
    private RedisSessionStore other;
    private LeaseStore leases;

    @BeforeEach
    void open() {
        fixture = new Fixture(large);
        proxy = fixture.proxy();
        store = fixture.store(fixture.settings(proxy.uri()), events);
        other = fixture.store();
        leases = other.leases();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void commit_withItsLease_isWritten() {
        Known known = leased();

        assertThat(store.commit(known.putWith(OURS, "a", "ours"))).isInstanceOf(Committed.class);

        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "ours"));
    }

    @Test
    void commit_withItsLease_behindThoseOfOthers_isWritten() {
        Known known = leased();
        other.commit(known.put("b", "theirs", 0));

        assertThat(store.commit(known.putWith(OURS, "a", "ours"))).isInstanceOf(Committed.class);

        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "ours"), Map.entry("b", "theirs"));
    }

    @Test
    void commit_whoseLeaseIsAnothers_behindThoseOfOthers_writesNothing() {
        Known known = leased();
        other.commit(known.put("b", "theirs", 0));
        giveLeaseToOthers(known);

        assertThat(store.commit(known.putWith(OURS, "a", "ours"))).isEqualTo(new CommitResult.LeaseLost());
        assertThat(attributes(other, known.record())).containsEntry("a", "base");
    }

    @Test
    void commit_whoseLeaseIsGone_writesNothing() {
        Known known = leased();
        loseLease(known);

        assertRefused(known, store.commit(known.putWith(OURS, "a", "ours")));
    }

    @Test
    void commit_whoseLeaseIsAnothers_writesNothing() {
        Known known = leased();
        giveLeaseToOthers(known);

        assertRefused(known, store.commit(known.putWith(OURS, "a", "ours")));
    }

    @Test
    void commit_whoseLeaseIsLostBehindItsLook_writesNothing() throws Exception {
        Known known = leased();
        Pause pause = proxy.pauseBefore("MULTI");
        CompletableFuture<CommitResult> commit =
                CompletableFuture.supplyAsync(() -> store.commit(known.putWith(OURS, "a", "ours")));
        pause.awaitReached();
        giveLeaseToOthers(known);
        pause.release();

        assertRefused(known, commit.get(10, SECONDS));
    }

    @Test
    void commit_whoseLeaseRunsOutBehindItsLook_writesNothing() throws Exception {
        Known known = leased();
        Pause pause = proxy.pauseBefore("MULTI");
        CompletableFuture<CommitResult> commit =
                CompletableFuture.supplyAsync(() -> store.commit(known.putWith(OURS, "a", "ours")));
        pause.awaitReached();
        fixture.redis.send("PEXPIRE", lock(known), 1);
        while (fixture.redis.send("EXISTS", lock(known)).number() > 0) {
            Thread.onSpinWait();
        }
        pause.release();

        assertRefused(known, commit.get(10, SECONDS));
    }

    @Test
    void commit_whoseLeaseIsRenewedBehindItsLook_startsOverAndIsWritten() throws Exception {
        Known known = leased();
        Pause pause = proxy.pauseBefore("MULTI");
        CompletableFuture<CommitResult> commit =
                CompletableFuture.supplyAsync(() -> store.commit(known.putWith(OURS, "a", "ours")));
        pause.awaitReached();
        assertThat(leases.renew(known.record(), OURS, LEASE).get(10, SECONDS)).isTrue();
        pause.release();

        assertThat(commit.get(10, SECONDS)).isInstanceOf(Committed.class);
        assertThat(events.retries).containsExactly(1);
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "ours"));
    }

    @Test
    void commit_whoseAnswerAndThenLeaseWereLost_isStillFoundInTheRecord() throws Exception {
        Known known = leased();
        AtomicInteger looks = new AtomicInteger();
        proxy.cutAfterSending("EXEC");
        Pause secondLook = proxy.pauseBefore(command -> command.get(0).equals("WATCH") && looks.incrementAndGet() == 2);
        CompletableFuture<CommitResult> commit =
                CompletableFuture.supplyAsync(() -> store.commit(known.putWith(OURS, "a", "ours")));
        secondLook.awaitReached();
        giveLeaseToOthers(known);
        secondLook.release();

        assertThat(commit.get(10, SECONDS)).isInstanceOf(Committed.class);
        assertThat(find(other, known.record()).version()).isEqualTo(2);
    }

    @Test
    void commit_ofAGoneSessionWithoutItsLease_reportsGone() {
        Known known = leased();
        loseLease(known);
        other.end(known.record(), known.createdBy(), 0);

        assertThat(store.commit(known.putWith(OURS, "a", "ours"))).isEqualTo(new CommitResult.Gone());
    }

    @Test
    void lease_costsACommitNoFurtherTrip() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection raw = RespConnection.open(redis.uri());
                RedisSessionStore alone = RedisSessionStore.open(
                        fixture.settings(redis.uri())
                                .set(Setting.COMMIT_LANES, "1")
                                .build(),
                        SessionEvents.NONE)) {
            Known known = Known.create(alone, Map.of("a", value("base"))).large(large);
            alone.leases().take(known.record(), OURS, LEASE);
            CommandCounts before = CommandCounts.of(raw);

            alone.commit(known.putWith(OURS, "a", "ours"));

            CommandCounts cost = CommandCounts.of(raw).since(before);
            assertThat(cost.reads()).isEqualTo(2);
            assertThat(cost.calls()).containsEntry("get", 1L).containsEntry("watch", 1L);
        }
    }

    private Known leased() {
        Known known = Known.create(other, Map.of("a", value("base"))).large(large);
        assertThat(leases.take(known.record(), OURS, LEASE)).isEqualTo(new LeaseStore.Attempt.Taken());
        return known;
    }

    private void loseLease(Known known) {
        fixture.redis.send("DEL", lock(known));
    }

    private void giveLeaseToOthers(Known known) {
        loseLease(known);
        assertThat(leases.take(known.record(), THEIRS, LEASE)).isEqualTo(new LeaseStore.Attempt.Taken());
    }

    private void assertRefused(Known known, CommitResult result) {
        assertThat(result).isEqualTo(new CommitResult.LeaseLost());
        assertThat(attributes(other, known.record())).containsOnly(Map.entry("a", "base"));
        assertThat(find(other, known.record()).version()).isEqualTo(1);
    }

    private String lock(Known known) {
        return fixture.key(known.record()) + ":lock";
    }
}
