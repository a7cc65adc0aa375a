package io.holdfast.exclusive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.exclusive.ExclusiveNode.Holder;
import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, on two nodes with a Redis that nobody else uses. */
class ExclusiveRequestsTest {
    private static final String RECORD = "0123456789abcdef";

    /** So long that nothing here is waited for in vain, and that a lease that is not given back is noticed. */
    private static final int LONG = 60_000;

    private static LocalRedis redis;
    private static RespConnection raw;

    private final String namespace = "test-" + UUID.randomUUID();
    private ExclusiveNode a;
    private ExclusiveNode b;

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
        a = node(LONG, LONG);
        b = node(LONG, LONG);
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        assertThat(raw.send("KEYS", "holdfast:" + namespace + ":*").texts())
                .as("leases that were not given back")
                .isEmpty();
    }

    @Test
    void requestsOfANode_haveTheirTurnInTheOrderOfTheirArrival() throws Exception {
        Holder holder = a.hold(RECORD);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Void>> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            requests.add(a.request(RECORD, () -> order.add(number)));
            a.awaitWaiting(RECORD, number + 1);
        }
        holder.end();
        join(requests);

        assertThat(order).isEqualTo(IntStream.range(0, 20).boxed().toList());
        assertThat(a.events.exclusiveWaits()).isEqualTo(20);
    }

    @Test
    void requestsOfOtherSessions_doNotWait() throws Exception {
        Holder holder = a.hold(RECORD);

        a.request("fedcba9876543210", () -> {}).get(10, SECONDS);
        b.request("fedcba9876543210", () -> {}).get(10, SECONDS);

        holder.end();
        assertThat(a.events.exclusiveWaits()).isZero();
    }

    @Test
    void waitersOfANode_costRedisOneWaiter_andNoPolling() throws Exception {
        CommandCounts before = CommandCounts.of(raw);
        Holder holder = a.hold(RECORD);
        List<CompletableFuture<Void>> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(b.request(RECORD, () -> {}));
            b.awaitWaiting(RECORD, i);
        }
        awaitSubscribers(1);
        await().during(Duration.ofMillis(300)).until(() -> requests.stream().noneMatch(CompletableFuture::isDone));
        holder.end();
        join(requests);
        awaitFree();

        CommandCounts cost = CommandCounts.of(raw).since(before);
        // one by the holder, three by the head: at first, when it listens, when it is woken; one by each behind it
        assertThat(cost.calls("set")).isEqualTo(1 + 3 + 4);
        assertThat(cost.calls("subscribe")).isEqualTo(1);
        assertThat(cost.calls("eval")).isEqualTo(6);
    }

    @Test
    void node_thatHasTakenTheLeaseManyTimesInARow_letsOthersGoFirst() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Holder holder = a.hold(RECORD);
        List<CompletableFuture<Void>> requests = new ArrayList<>();
        requests.add(b.request(RECORD, () -> order.add("b")));
        awaitSubscribers(1);
        for (int i = 0; i < 40; i++) {
            requests.add(a.request(RECORD, () -> order.add("a")));
            a.awaitWaiting(RECORD, i + 1);
        }
        holder.end();
        join(requests);

        assertThat(order.indexOf("b")).isLessThanOrEqualTo(20);
    }

    @Test
    void wait_isBounded_andTheFailureSaysByWhat() throws Exception {
        try (ExclusiveNode impatient = node(100, LONG)) {
            Holder holder = a.hold(RECORD);

            assertThatThrownBy(() -> impatient.inTurn(new RequestTurns(), RECORD, () -> {}))
                    .isInstanceOf(ExclusiveTimeoutException.class)
                    .hasMessageContaining("Session " + RECORD)
                    .hasMessageContaining("100 ms (exclusiveWaitMillis)")
                    .hasMessageContaining("one on another node has its turn");
            assertThat(impatient.events.exclusiveTimeouts()).isEqualTo(1);
            assertThat(impatient.requests.waitingLines()).isZero();

            holder.end();
            impatient.request(RECORD, () -> {}).get(10, SECONDS);
        }
    }

    @Test
    void waitInTheLineOfTheNode_isBoundedToo_andTheNextOneKeepsItsPlace() throws Exception {
        try (ExclusiveNode impatient = node(300, LONG)) {
            Holder holder = impatient.hold(RECORD);

            assertThatThrownBy(() -> impatient.inTurn(new RequestTurns(), RECORD, () -> {}))
                    .isInstanceOf(ExclusiveTimeoutException.class)
                    .hasMessageContaining("one on this node has its turn");
            CompletableFuture<Void> next = impatient.request(RECORD, () -> {});
            impatient.awaitWaiting(RECORD, 1);
            holder.end();

            next.get(10, SECONDS);
            assertThat(impatient.requests.waitingLines()).isZero();
        }
    }

    @Test
    void allThatOneRequestWaits_isBounded() throws Exception {
        try (ExclusiveNode impatient = node(300, LONG)) {
            Holder first = a.hold(RECORD);
            RequestTurns turns = new RequestTurns();
            assertThatThrownBy(() -> impatient.inTurn(turns, RECORD, () -> {}))
                    .isInstanceOf(ExclusiveTimeoutException.class);
            CommandCounts before = CommandCounts.of(raw);

            assertThatThrownBy(() -> impatient.inTurn(turns, RECORD, () -> {}))
                    .isInstanceOf(ExclusiveTimeoutException.class);

            assertThat(CommandCounts.of(raw).since(before).calls("set")).isEqualTo(1);
            first.end();
        }
    }

    @Test
    void requestThatComesBackToASession_keepsItsTurn_untilItsLastUseHasEnded() {
        RequestTurns turns = new RequestTurns();
        Use one = new Use();
        Use other = new Use();
        a.inTurn(turns, RECORD, () -> {
            turns.guard(a.requests, RECORD, one);
            a.inTurn(turns, RECORD, () -> turns.guard(a.requests, RECORD, other));
        });

        assertThat(one.lease()).isNotNull().isEqualTo(other.lease());
        one.end();
        assertThat(lock()).isEqualTo(String.valueOf(other.lease()));
        other.end();
        other.end();
        awaitFree();
        assertThat(a.requests.waitingLines()).isZero();
    }

    @Test
    void workThatFails_endsTheTurn() {
        assertThatThrownBy(() -> a.inTurn(new RequestTurns(), RECORD, () -> {
                    throw new IllegalArgumentException("on purpose");
                }))
                .hasMessage("on purpose");

        awaitFree();
        assertThat(a.requests.waitingLines()).isZero();
    }

    @Test
    void threadThatIsInterruptedInTheLine_leavesItAndStaysInterrupted() throws Exception {
        Holder holder = a.hold(RECORD);
        interruptOneThatWaits(a, () -> a.awaitWaiting(RECORD, 1));
        holder.end();

        a.request(RECORD, () -> {}).get(10, SECONDS);
        assertThat(a.requests.waitingLines()).isZero();
    }

    @Test
    void threadThatIsInterruptedWhileItListens_leavesTheLineAndStaysInterrupted() throws Exception {
        Holder holder = a.hold(RECORD);
        interruptOneThatWaits(b, () -> awaitSubscribers(1));
        awaitSubscribers(0);
        holder.end();

        b.request(RECORD, () -> {}).get(10, SECONDS);
        assertThat(b.requests.waitingLines()).isZero();
    }

    @Test
    void lease_isRenewedWhileItsRequestWorks() throws Exception {
        try (ExclusiveNode brief = node(LONG, 500)) {
            Holder holder = brief.hold(RECORD);
            CompletableFuture<Void> next = b.request(RECORD, () -> {});

            await().during(Duration.ofMillis(1_200)).until(() -> !next.isDone());

            holder.end();
            next.get(10, SECONDS);
            assertThat(brief.events.lostLeases()).isZero();
        }
    }

    @Test
    void leaseOfANodeThatHasDied_runsOut() throws Exception {
        raw.send("SET", key(), "dead-1", "PX", 400);

        a.request(RECORD, () -> {}).get(10, SECONDS);

        assertThat(a.events.exclusiveWaits()).isEqualTo(1);
    }

    @Test
    void leaseThatWasLost_isReported_andLeftToItsNewHolder() throws Exception {
        Holder holder = a.hold(RECORD);
        raw.send("DEL", key());
        Holder other = b.hold(RECORD);
        String theirs = lock();
        holder.end();

        await().until(() -> a.events.lostLeases() == 1);
        assertThat(lock()).isEqualTo(theirs);
        other.end();
        awaitFree();
        assertThat(b.events.lostLeases()).isZero();
    }

    @Test
    void nodeThatStops_failsThoseWhoWait_andGivesItsLeasesBack() throws Exception {
        Holder other = b.hold("fedcba9876543210");
        Holder holder = a.hold(RECORD);
        CompletableFuture<Void> inLine = a.request(RECORD, () -> {});
        a.awaitWaiting(RECORD, 1);
        CompletableFuture<Void> listening = a.request("fedcba9876543210", () -> {});
        awaitSubscribers(1);
        a.requests.close();

        for (CompletableFuture<Void> request : List.of(inLine, listening)) {
            assertThatThrownBy(() -> request.get(10, SECONDS))
                    .hasCauseInstanceOf(StoreException.class)
                    .hasMessageContaining("has stopped or is stopping");
        }
        b.request(RECORD, () -> {}).get(10, SECONDS);
        holder.end();
        other.end();
        assertThatThrownBy(() -> a.inTurn(new RequestTurns(), RECORD, () -> {}))
                .hasMessageContaining("has stopped or is stopping");
        assertThat(a.requests.waitingLines()).isZero();
    }

    private void interruptOneThatWaits(ExclusiveNode node, Runnable awaitWaiting) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
        Thread thread = new Thread(() -> {
            try {
                node.inTurn(new RequestTurns(), RECORD, () -> {});
            } catch (RuntimeException e) {
                failures.add(e);
                interrupted.add(Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        awaitWaiting.run();
        thread.interrupt();
        thread.join(10_000);

        assertThat(failures).singleElement().isInstanceOf(StoreException.class);
        assertThat(failures.get(0)).hasMessageContaining("interrupted while waiting");
        assertThat(interrupted).containsExactly(true);
    }

    private ExclusiveNode node(int waitMillis, int leaseMillis) {
        return ExclusiveNode.start(redis.uri(), namespace, waitMillis, leaseMillis);
    }

    private static void join(List<CompletableFuture<Void>> requests) throws Exception {
        for (CompletableFuture<Void> request : requests) {
            request.get(10, SECONDS);
        }
    }

    private void awaitSubscribers(int count) {
        await().until(() ->
                raw.send("PUBSUB", "NUMSUB", key(RECORD)).elements().get(1).number()
                                + raw.send("PUBSUB", "NUMSUB", key("fedcba9876543210"))
                                        .elements()
                                        .get(1)
                                        .number()
                        == count);
    }

    private void awaitFree() {
        await().until(() -> raw.send("EXISTS", key()).number() == 0);
    }

    private String lock() {
        return raw.send("GET", key()).text();
    }

    private String key() {
        return key(RECORD);
    }

    private String key(String record) {
        return "holdfast:" + namespace + ":{" + record + "}:lock";
    }
}
