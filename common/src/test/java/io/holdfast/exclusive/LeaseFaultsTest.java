package io.holdfast.exclusive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.config.Setting;
import io.holdfast.exclusive.ExclusiveNode.Holder;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.RespConnection;
import io.holdfast.session.StoreUnavailableException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that break, and answers that get lost, while requests take, wait for and give back leases. */
class LeaseFaultsTest {
    private static final String RECORD = "0123456789abcdef";

    /** So long that a lease that is not given back, and a wake-up that is not heard, fail the test. */
    private static final int LONG = 60_000;

    private static LocalRedis redis;
    private static RespConnection raw;

    private final String namespace = "test-" + UUID.randomUUID();
    private FaultProxy proxy;
    private ExclusiveNode direct;
    private ExclusiveNode proxied;

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.start();
        raw = RespConnection.open(redis.uri());
    }

    @AfterAll
    static void stopRedis() {
        raw.close();
        redis.close();
    }

    @BeforeEach
    void start() {
        proxy = FaultProxy.before(redis.uri());
        direct = node(redis.uri());
        proxied = node(proxy.uri());
    }

    @AfterEach
    void stop() {
        direct.close();
        proxied.close();
        proxy.close();
        raw.send("DEL", key());
    }

    @Test
    void leaseGivenBackBeforeTheWaiterListens_isNotMissed() throws Exception {
        Holder holder = direct.hold(RECORD);
        Pause pause = proxy.pauseBefore("SUBSCRIBE");
        CompletableFuture<Void> waiter = proxied.request(RECORD, () -> {});
        pause.awaitReached();
        holder.end();
        awaitFree();
        pause.release();

        waiter.get(10, SECONDS);
    }

    @Test
    void leaseGivenBackWhileTheConnectionForWakeUpsIsLost_isNotMissed() throws Exception {
        Holder holder = direct.hold(RECORD);
        CompletableFuture<Void> waiter = proxied.request(RECORD, () -> {});
        awaitSubscribers(1);
        Pause pause = proxy.pauseBefore("SUBSCRIBE");
        raw.send("CLIENT", "KILL", "TYPE", "pubsub");
        pause.awaitReached();
        holder.end();
        awaitFree();
        pause.release();

        waiter.get(10, SECONDS);
    }

    @Test
    void connectionForWakeUpsThatWasLost_isOpenedAgainForWhoStillWaits() throws Exception {
        Holder holder = direct.hold(RECORD);
        CompletableFuture<Void> waiter = proxied.request(RECORD, () -> {});
        awaitSubscribers(1);
        raw.send("CLIENT", "KILL", "TYPE", "pubsub"); // subscribers are none when this is answered
        awaitSubscribers(1);
        holder.end();

        waiter.get(10, SECONDS);
    }

    @Test
    void waiterThatMayNotSubscribe_looksForTheLeaseNowAndThen() throws Exception {
        raw.send("ACL", "SETUSER", "deaf", "on", ">secret", "~*", "&*", "+@all", "-subscribe");
        try (ExclusiveNode deaf = node("redis://deaf:secret@127.0.0.1:" + redis.port())) {
            Holder holder = direct.hold(RECORD);
            CompletableFuture<Void> waiter = deaf.request(RECORD, () -> {});
            await().until(() -> deaf.requests.waitingLines() == 1);
            holder.end();

            waiter.get(10, SECONDS);
        }
    }

    @Test
    void leaseWhoseAnswerWasLost_isTakenAllTheSame() throws Exception {
        proxy.cutAfterSending("SET");

        proxied.request(RECORD, () -> {}).get(10, SECONDS);

        awaitFree();
        assertThat(proxied.events.lostLeases()).isZero();
        assertThat(proxied.events.exclusiveWaits()).isZero();
    }

    @Test
    void leaseThatMayBeOursWithoutOurKnowing_isGivenBack() {
        Pause pause = proxy.pauseBefore("GET"); // behind the SET, in the same flush
        try (ExclusiveNode node = ExclusiveNode.start(
                HoldfastSettings.builder().set(Setting.COMMAND_TIMEOUT_MILLIS, "500"),
                proxy.uri(),
                namespace,
                LONG,
                LONG)) {
            assertThatThrownBy(() -> node.inTurn(new RequestTurns(), RECORD, () -> {}))
                    .isInstanceOf(StoreUnavailableException.class);
            pause.awaitReached();

            awaitFree();
            assertThat(node.requests.waitingLines()).isZero();
        } finally {
            pause.release();
        }
    }

    @Test
    void leaseGivenBackWhoseAnswerWasLost_isFree() throws Exception {
        Holder holder = proxied.hold(RECORD);
        CompletableFuture<Void> waiter = direct.request(RECORD, () -> {});
        awaitSubscribers(1);
        proxy.cutAfterSending("EVAL");
        holder.end();

        waiter.get(10, SECONDS);
        proxied.request(RECORD, () -> {}).get(10, SECONDS); // behind the second answer
        assertThat(proxied.events.lostLeases()).isZero();
    }

    @Test
    void leaseThatDidNotGetBackWithItsConnection_isGivenBackOnTheNext() throws Exception {
        Holder holder = proxied.hold(RECORD);
        CompletableFuture<Void> waiter = direct.request(RECORD, () -> {});
        awaitSubscribers(1);
        proxy.cutInsteadOfSending("EVAL");
        holder.end();

        waiter.get(10, SECONDS);
        assertThat(proxied.events.lostLeases()).isZero();
    }

    @Test
    void outageWhileARequestWaits_failsItAsAnyOutage_andLeavesNothingBehind() throws Exception {
        Holder holder = direct.hold(RECORD);
        CompletableFuture<Void> waiter = proxied.request(RECORD, () -> {});
        awaitSubscribers(1);
        proxy.down();

        assertThatThrownBy(() -> waiter.get(10, SECONDS)).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(proxied.requests.waitingLines()).isZero();
        holder.end();
        awaitFree();
    }

    @Test
    void nodeThatCannotReachRedisForLongerThanItsLease_losesItToTheNextOne() throws Exception {
        try (ExclusiveNode brief = ExclusiveNode.start(proxy.uri(), namespace, LONG, 500)) {
            Holder holder = brief.hold(RECORD);
            proxy.freeze();

            direct.request(RECORD, () -> {}).get(10, SECONDS);

            proxy.thaw();
            holder.end();
            await().until(() -> brief.events.lostLeases() == 1);
        }
    }

    private ExclusiveNode node(String uri) {
        return ExclusiveNode.start(uri, namespace, LONG, LONG);
    }

    private void awaitSubscribers(int count) {
        await().until(() ->
                raw.send("PUBSUB", "NUMSUB", key()).elements().get(1).number() == count);
    }

    private void awaitFree() {
        await().until(() -> raw.send("EXISTS", key()).number() == 0);
    }

    private String key() {
        return "holdfast:" + namespace + ":{" + RECORD + "}:lock";
    }
}
