package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.EveryEnvironment;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import io.holdfast.scenarios.Pages;
import io.holdfast.scenarios.Records;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications of the same servers with one id, while one of them cannot be reached, stops, or fails. */
@Tag(EveryEnvironment.TAG)
class SharedIdFailuresTest {
    private final String shopNamespace = "scenario-" + UUID.randomUUID();
    private final List<JettyApplication> shops = new ArrayList<>();
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Hold stop = new Hold();
    private final BadListener listener = new BadListener();

    /** The application reaches Redis by way of the proxy, the shop without. */
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> {
        JettyNode jetty = (JettyNode) node;
        jetty.application().shared().listen(listener);
        HoldfastSessionDataStoreFactory keeper = new HoldfastSessionDataStoreFactory();
        keeper.setRedisUri(TestRedis.shared().uri());
        keeper.setNamespace(shopNamespace);
        JettyApplication shop = jetty.deploy("/shop", keeper).shared();
        Pages.deploy(shop::on);
        shops.add(shop);
    });

    private final Client client = new Client();
    private Client shopper = client.at("/shop");

    @AfterEach
    void stop() {
        stop.release();
        cluster.close();
        proxy.close();
    }

    @Test
    void logoutThatCannotEndTheSessionOfTheOtherApplication_endsWith503_andCanBeTriedAgain() {
        startSessionsInBoth();
        proxy.down();

        Answer answer = shopper.get(cluster.b(), "/invalidate");

        assertThat(answer.status()).isEqualTo(503);
        proxy.up();
        await().until(() -> client.get(cluster.a(), "/id").status() == 200
                && client.get(cluster.b(), "/id").status() == 200);
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        assertThat(shopper.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
        assertThat(shopper.get(cluster.b(), "/invalidate").status()).isEqualTo(200);
        assertBothAreOver();
    }

    @Test
    void logoutWhoseListenerInTheOtherApplicationFails_isALogoutFromBoth() {
        startSessionsInBoth();
        cluster.on("/bind", (request, response) -> request.getSession().setAttribute("value", new BoundValue()));
        client.text(cluster.a(), "/bind");
        BoundValue.UNBOUND.set(0);
        listener.fails = true;

        assertThat(shopper.get(cluster.b(), "/invalidate").status()).isEqualTo(200);

        assertBothAreOver();
        assertThat(BoundValue.UNBOUND).hasValue(1);
        try (Records records = Records.of(cluster)) {
            await().untilAsserted(() -> assertThat(records.endedKeys()).isEmpty());
        }
    }

    @Test
    void twoLogoutsAtOnce_areNoError() {
        startSessionsInBoth();
        Hold telling = new Hold();
        listener.whenTold = telling;
        CompletableFuture<Answer> first = shopper.start(cluster.b(), "/invalidate");
        telling.awaitReached();

        assertThat(shopper.get(cluster.b(), "/invalidate").status()).isEqualTo(200);

        telling.release();
        assertThat(Client.await(first).status()).isEqualTo(200);
        assertBothAreOver();
    }

    @Test
    void idThatIsChangedWhileTheOtherApplicationStops_isChanged() throws Exception {
        startSessionsInBoth();
        String old = client.requireSessionId();
        CompletableFuture<Void> stopping = stopShopOfA();

        assertThat(client.get(cluster.a(), "/rotate").status()).isEqualTo(200);

        assertThat(client.requireSessionId()).isNotEqualTo(old);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        stop.release();
        stopping.get(8, TimeUnit.SECONDS);
    }

    @Test
    void sessionThatBeginsWhileTheOtherApplicationStops_begins() throws Exception {
        Client visitor = new Client("0".repeat(48));
        CompletableFuture<Void> stopping = stopShopOfA();

        assertThat(visitor.get(cluster.a(), "/set?name=user&value=eve").status())
                .isEqualTo(200);

        assertThat(visitor.text(cluster.b(), "/get?name=user")).isEqualTo("eve");
        stop.release();
        stopping.get(8, TimeUnit.SECONDS);
    }

    @Test
    void logoutWhileTheOtherApplicationStops_isALogout_andTheLogTellsWhatItDidNotEnd() throws Exception {
        startSessionsInBoth();
        String id = client.requireSessionId();
        CompletableFuture<Void> stopping = stopShopOfA();

        try (CapturedLog log = CapturedLog.open()) {
            assertThat(client.get(cluster.a(), "/invalidate").status()).isEqualTo(200);

            assertThat(log.warnings("/shop", "has stopped", id.substring(0, 16)))
                    .isNotEmpty();
            assertThat(log.text()).doesNotContain(id);
        }
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        stop.release();
        stopping.get(8, TimeUnit.SECONDS);
    }

    /** Returns when it has stopped its sessions, and has not stopped yet. */
    private CompletableFuture<Void> stopShopOfA() {
        JettyApplication shop = shops.get(0);
        AbstractLifeCycle last = new AbstractLifeCycle() {
            @Override
            protected void doStop() {
                stop.here();
            }
        };
        JettyNode.run(last::start);
        shop.sessions().addManaged(last);
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(shop::stop);
        stop.awaitReached();
        return stopping;
    }

    @ParameterizedTest(name = "on one node: {0}")
    @ValueSource(booleans = {true, false})
    void logoutsFromBothAtOnce_areNoError_andEndEachSessionOnce(boolean onOneNode) {
        startSessionsInBoth();
        Hold other = new Hold();
        Hold telling = new Hold();
        cluster.on("/late", (request, response) -> {
            HttpSession session = request.getSession();
            other.here();
            session.invalidate();
        });
        CompletableFuture<Answer> second = client.start(onOneNode ? cluster.a() : cluster.b(), "/late");
        other.awaitReached();
        listener.alsoDoes = telling::here;
        CompletableFuture<Answer> first = shopper.start(cluster.a(), "/invalidate");
        telling.awaitReached();
        other.release();

        assertThat(Client.await(second).status()).isEqualTo(200);

        telling.release();
        assertThat(Client.await(first).status()).isEqualTo(200);
        assertThat(listener.told).hasValue(1);
        assertBothAreOver();
    }

    @Test
    void logoutByARequestWhoseIdAnotherNodeHasChangedMeanwhile_isALogoutFromBoth() {
        startSessionsInBoth();
        Hold late = new Hold();
        cluster.on("/late", (request, response) -> {
            HttpSession session = request.getSession();
            late.here();
            session.invalidate();
        });
        CompletableFuture<Answer> logout = new Client(client.sessionId()).start(cluster.a(), "/late");
        late.awaitReached();
        client.text(cluster.b(), "/rotate");
        late.release();

        assertThat(Client.await(logout).status()).isEqualTo(200);

        shopper = client.at("/shop");
        assertBothAreOver();
    }

    @ParameterizedTest(name = "by the session of the {0}")
    @ValueSource(strings = {"application", "shop"})
    void listenerThatLogsOutAgain_isNoError_andEachSessionEndsOnce(String ofWhich) {
        startSessionsInBoth();
        HttpSession[] kept = new HttpSession[1];
        cluster.on("/keep", (request, response) -> kept[0] = request.getSession());
        shops.forEach(shop -> shop.on("/keep", (request, response) -> kept[0] = request.getSession()));
        (ofWhich.equals("shop") ? shopper : client).text(cluster.a(), "/keep");
        listener.alsoDoes = () -> kept[0].invalidate();

        assertThat(shopper.get(cluster.a(), "/invalidate").status()).isEqualTo(200);

        assertThat(listener.told).hasValue(1);
        assertBothAreOver();
    }

    @Test
    void secondEndByOneRequest_isAnErrorOfTheApplication() {
        startSessionsInBoth();
        cluster.on("/twice", (request, response) -> {
            HttpSession session = request.getSession();
            session.invalidate();
            try {
                session.invalidate();
            } catch (IllegalStateException e) {
                response.getWriter().print("has ended");
            }
        });

        assertThat(client.text(cluster.a(), "/twice")).isEqualTo("has ended");

        assertThat(listener.told).hasValue(1);
        assertBothAreOver();
    }

    private void startSessionsInBoth() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        shopper = client.at("/shop");
        shopper.text(cluster.b(), "/set?name=user&value=bob");
        assertThat(shopper.requireSessionId()).isEqualTo(client.requireSessionId());
    }

    private void assertBothAreOver() {
        for (Node node : List.of(cluster.a(), cluster.b())) {
            assertThat(client.text(node, "/id")).isEqualTo(Pages.NO_SESSION);
            assertThat(shopper.text(node, "/id")).isEqualTo(Pages.NO_SESSION);
        }
    }

    /** Counts how often one is unbound. */
    private static final class BoundValue implements HttpSessionBindingListener, Serializable {
        private static final AtomicInteger UNBOUND = new AtomicInteger();
        private static final long serialVersionUID = 1L;

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            UNBOUND.incrementAndGet();
        }
    }

    /** Fails, or takes long, once. */
    private static final class BadListener implements HttpSessionListener {
        private volatile boolean fails;
        private volatile @Nullable Hold whenTold;
        private volatile Runnable alsoDoes = () -> {};
        private final AtomicInteger told = new AtomicInteger();

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            told.incrementAndGet();
            alsoDoes.run();
            if (fails) {
                fails = false;
                throw new AssertionError("a listener that fails");
            }
            Hold hold = whenTold;
            if (hold != null) {
                hold.here();
            }
        }
    }
}
