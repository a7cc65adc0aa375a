package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exclusive requests that lose their lease, or wait in vain: nothing is written that must not be, and the client is told. */
class ExclusiveFailuresTest extends ConfiguredNodes {
    private final Hold hold = new Hold();

    @ParameterizedTest
    @ValueSource(ints = {409, 503})
    void requestThatHasLostItsLease_isRefused_andStoresNothing(int status) {
        start("30000", status);
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-set?value=eve");
        hold.awaitReached();
        records.send("DEL", lock());
        assertThat(client.text(cluster.b(), "/set?name=other&value=x")).isEqualTo("ok");
        hold.release();

        Answer answer = Client.await(slow);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains("try again").doesNotContain("done");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.a(), "/get?name=other")).isEqualTo("x");
        await().until(() -> cluster.sum(Figure.LOST_LEASES) == 1);
        assertThat(cluster.sum(Figure.FAILED_COMMITS)).isZero();
    }

    @Test
    void leaseThatIsGoneAndThatNobodyElseHas_isLostToo() {
        start("30000", 409);
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-set?value=eve");
        hold.awaitReached();
        records.send("DEL", lock());
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(409);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void leaseThatIsLostAfterTheResponseBegan_isReported() {
        start("30000", 409);
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-set?value=eve&flush=true");
        hold.awaitReached();
        records.send("DEL", lock());
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(200);
        await().until(() -> cluster.a().count(Figure.FAILED_COMMITS) == 1);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void requestThatOnlyReadsWithoutItsLease_isNoFailure() {
        start("30000", 409);
        cluster.on("/slow-get", (request, response) -> {
            request.getSession();
            hold.here();
            response.getWriter().print(request.getSession().getAttribute("user"));
        });
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-get");
        hold.awaitReached();
        records.send("DEL", lock());
        hold.release();

        assertThat(Client.await(slow).text()).isEqualTo("ada");
    }

    @Test
    void idChangeWithoutTheLease_isRefused_andTheOldIdStaysValid() {
        start("30000", 409);
        cluster.on("/slow-rotate", (request, response) -> {
            request.getSession();
            hold.here();
            request.changeSessionId();
        });
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-rotate");
        hold.awaitReached();
        records.send("DEL", lock());
        hold.release();

        Answer answer = Client.await(slow);
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.newSessionId()).isNull();
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void invalidationWithoutTheLease_endsTheSessionAllTheSame() {
        start("30000", 409);
        cluster.on("/slow-leave", (request, response) -> {
            request.getSession();
            hold.here();
            request.getSession().invalidate();
        });
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-leave");
        hold.awaitReached();
        records.send("DEL", lock());
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requestThatWaitsInVain_isToldSo_andNobodyIsLoggedOut(boolean sameNode) {
        start("200", 409);
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-set?value=eve");
        hold.awaitReached();

        Answer answer = client.get(sameNode ? cluster.a() : cluster.b(), "/set?name=user&value=bob");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("Another request of your session takes long");
        assertThat(answer.newSessionId()).isNull();
        assertThat(cluster.sum(Figure.EXCLUSIVE_TIMEOUTS)).isEqualTo(1);
        assertThat(client.text(cluster.b(), "/nothing")).isEqualTo("ok");
        hold.release();
        assertThat(Client.await(slow).text()).isEqualTo("done");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("eve");
    }

    @Test
    void requestThatAsksItsOwnServerWithItsOwnCookie_getsAnAnswer() {
        start("200", 409);
        cluster.on("/ask-itself", (request, response) -> {
            request.getSession().setAttribute("user", "eve");
            Client same = new Client(request.getSession().getId());
            response.getWriter()
                    .print(same.get(cluster.a(), "/get?name=user").status() + " "
                            + same.get(cluster.b(), "/get?name=user").status());
        });

        assertThat(client.text(cluster.a(), "/ask-itself")).isEqualTo("503 503");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("eve");
    }

    @Test
    void nodeThatHasDied_keepsTheSessionForNoLongerThanItsLease() {
        start("30000", 409);
        records.send("SET", lock(), "dead-1", "PX", 500);

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(cluster.b().count(Figure.EXCLUSIVE_WAITS)).isEqualTo(1);
    }

    @Test
    void nodeThatStandsStillForLongerThanItsLease_cannotWriteOverWhatCameAfterIt() {
        start("30000", 409);
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                Node paused = cluster.startAnother(node -> {
                    node.set("redisUri", proxy.uri());
                    node.set("exclusiveLeaseMillis", "500");
                })) {
            paused.on("/slow-set", this::slowSet);
            CompletableFuture<Answer> slow = client.start(paused, "/slow-set?value=eve");
            hold.awaitReached();
            proxy.freeze();
            assertThat(client.text(cluster.b(), "/set?name=user&value=bob")).isEqualTo("ok");
            proxy.thaw();
            hold.release();

            assertThat(Client.await(slow).status()).isEqualTo(409);
            assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
            await().until(() -> paused.count(Figure.LOST_LEASES) == 1);
        }
    }

    @Test
    void outageWhileARequestWaits_is503_andNobodyIsLoggedOut() {
        start("30000", 409);
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                Node cutOff = cluster.startAnother(node -> node.set("redisUri", proxy.uri()))) {
            CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow-set?value=eve");
            hold.awaitReached();
            CompletableFuture<Answer> waiting = client.start(cutOff, "/get?name=user");
            await().until(() ->
                    records.send("PUBSUB", "NUMSUB", lock()).elements().get(1).number() == 1);
            proxy.down();

            Answer answer = Client.await(waiting);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.newSessionId()).isNull();
            hold.release();
            assertThat(Client.await(slow).text()).isEqualTo("done");
            proxy.up();
            await().until(() -> client.get(cutOff, "/get?name=user").body().equals("eve"));
        }
    }

    private void start(String waitMillis, int conflictStatus) {
        use(Cluster.start(node -> {
            node.set("exclusive", "session");
            node.set("exclusiveWaitMillis", waitMillis);
            node.set("conflictStatus", String.valueOf(conflictStatus));
        }));
        cluster.on("/slow-set", this::slowSet);
        client.text(cluster.a(), "/set?name=user&value=ada");
    }

    private void slowSet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("flush") != null) {
            request.getSession();
            response.flushBuffer();
        }
        request.getSession().setAttribute("user", request.getParameter("value"));
        hold.here();
        response.getWriter().print("done");
    }

    private String lock() {
        return records.key(client.requireSessionId()) + ":lock";
    }
}
