package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.EveryEnvironment;
import io.holdfast.scenarios.Handler;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import io.holdfast.scenarios.Pages;
import io.holdfast.scenarios.Records;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications of the same servers with one cookie, and so with one id, but sessions of their own. */
@Tag(EveryEnvironment.TAG)
class SeveralApplicationsTest {
    private final String shopNamespace = "scenario-" + UUID.randomUUID();
    private final List<JettyApplication> shops = new ArrayList<>();
    private final AtomicInteger idChanges = new AtomicInteger();
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());

    /** The application reaches Redis by way of the proxy, the shop without. */
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> {
        JettyNode jetty = (JettyNode) node;
        node.set("reaperIntervalSeconds", "1");
        jetty.application().shared().listen(new CountingListener(idChanges)).listen(new EndListener(() -> told(node)));
        HoldfastSessionDataStoreFactory keeper = new HoldfastSessionDataStoreFactory();
        keeper.setRedisUri(TestRedis.shared().uri());
        keeper.setNamespace(shopNamespace);
        JettyApplication shop = jetty.deploy("/shop", keeper).shared();
        Pages.deploy(shop::on);
        shops.add(shop);
    });

    private final Client client = new Client();
    private final Hold listener = new Hold();
    private final CompletableFuture<Node> telling = new CompletableFuture<>();
    private volatile boolean endsAreSlow;

    @AfterEach
    void stop() {
        listener.release();
        cluster.close();
        proxy.close();
    }

    @Test
    void applicationsThatShareTheCookie_shareTheIdAndNothingElse() {
        startSessionsInBoth();

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.at("/shop").text(cluster.a(), "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void idThatOneOfThemChanges_isChangedInBoth() {
        startSessionsInBoth();
        String old = client.requireSessionId();

        client.text(cluster.a(), "/rotate");

        assertThat(client.requireSessionId()).isNotEqualTo(old);
        assertBothLive(client.requireSessionId());
        assertBothAreOver(old);
    }

    @Test
    void endInOneOfThem_isTheEndInBoth() {
        startSessionsInBoth();

        client.text(cluster.a(), "/invalidate");

        assertBothAreOver(client.requireSessionId());
    }

    @Test
    void dispatchIntoAnotherApplication_writesTheSessionsOfBoth() {
        cluster.on("/both", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            request.getServletContext()
                    .getContext("/shop")
                    .getRequestDispatcher("/cart")
                    .include(request, response);
            request.getSession().setAttribute("after", "x");
        });
        inShops("/cart", (request, response) -> {
            HttpSession session = request.getSession();
            response.getWriter().print(session.getAttribute("cart"));
            session.setAttribute("cart", session.getAttribute("cart") + "+bread");
        });

        assertThat(client.text(cluster.a(), "/both")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/both")).isEqualTo("null+bread");
        assertThat(client.text(cluster.a(), "/both")).isEqualTo("null+bread+bread");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,user");
    }

    @Test
    void changeInADispatchBehindTheFirstByte_isStored_beforeTheResponseEnds() throws Exception {
        startSessionsInBoth();
        inShops("/pass", (request, response) -> {
            response.getWriter().print("begun");
            response.flushBuffer();
            request.getServletContext()
                    .getContext("/app")
                    .getRequestDispatcher("/late")
                    .include(request, response);
        });
        cluster.on("/late", (request, response) -> request.getSession().setAttribute("late", "yes"));
        Pause commit = proxy.pauseBefore("EXEC");
        CompletableFuture<Answer> answer = client.at("/shop").start(cluster.a(), "/pass");
        commit.awaitReached();

        assertThat(answer).isNotDone();
        commit.release();

        assertThat(Client.await(answer).text()).isEqualTo("begun");
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("yes");
    }

    @Test
    void sessionThatTakesThePlaceOfOneWhoseTimeIsOver_isSeenByANodeThatKnewThatOne() {
        startSessionsInBoth();
        client.text(cluster.a(), "/get?name=user");
        String id = client.requireSessionId();
        try (Records records = Records.of(cluster)) {
            records.letExpire(id);
            assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
            await().until(() -> records.keys().isEmpty());
        }
        client.text(cluster.b(), "/set?name=user&value=eve");
        assertThat(client.requireSessionId()).isEqualTo(id);

        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("eve");
    }

    @ParameterizedTest(name = "asks again: {0}")
    @ValueSource(booleans = {false, true})
    void sessionThatTakesThePlaceOfOneThatARequestStillUses_isNotEndedByThatRequest(boolean asksAgain) {
        Hold old = new Hold();
        Hold next = new Hold();
        cluster.on("/old", (request, response) -> {
            HttpSession session = request.getSession();
            old.here();
            (asksAgain ? request.getSession() : session).setAttribute("old", "x");
        });
        cluster.on("/next", (request, response) -> {
            HttpSession session = request.getSession();
            next.here();
            session.setAttribute("next", session.getAttribute("user") + " here");
        });
        startSessionsInBoth();
        String id = client.requireSessionId();
        CompletableFuture<Answer> over = client.start(cluster.a(), "/old");
        old.awaitReached();
        try (Records records = Records.of(cluster)) {
            records.letExpire(id);
            assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
            await().until(() -> records.keys().isEmpty());
        }
        client.text(cluster.b(), "/set?name=user&value=eve");
        assertThat(client.requireSessionId()).isEqualTo(id);
        CompletableFuture<Answer> goesOn = client.start(cluster.a(), "/next");
        next.awaitReached();
        old.release();
        assertThat(Client.await(over).status()).isEqualTo(200);

        next.release();

        assertThat(Client.await(goesOn).status()).isEqualTo(200);
        for (Node node : List.of(cluster.b(), cluster.a())) {
            assertThat(client.text(node, "/get?name=next")).isEqualTo("eve here");
            assertThat(client.text(node, "/get?name=old")).isEqualTo(asksAgain ? "x" : "null");
        }
    }

    @Test
    void sessionThatTakesThePlaceOfOneWhoseEndIsBeingTold_isSeenByTheNodeThatTells() {
        startSessionsInBoth();
        client.text(cluster.b(), "/get?name=user");
        String id = client.requireSessionId();
        endsAreSlow = true;
        try (Records records = Records.of(cluster)) {
            records.letExpire(id);
            records.makeDue(id);
        }
        listener.awaitReached();
        Node other = telling.join() == cluster.a() ? cluster.b() : cluster.a();
        client.text(other, "/set?name=user&value=eve");
        assertThat(client.requireSessionId()).isEqualTo(id);

        assertThat(client.text(telling.join(), "/get?name=user")).isEqualTo("eve");
    }

    @Test
    void idThatIsChangedByTheRequestThatBeganASession_isChangedInBoth_andToldOnce() {
        cluster.on("/begin", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            request.changeSessionId();
        });
        for (int i = 0; i < 20; i++) {
            Client shopper = Client.of("/shop");
            shopper.text(cluster.a(), "/set?name=user&value=bob");
            String old = shopper.requireSessionId();
            Client own = shopper.at("/app");
            idChanges.set(0);

            own.text(cluster.a(), "/begin");

            assertThat(own.requireSessionId()).isNotEqualTo(old);
            assertThat(idChanges).hasValue(1);
            assertThat(own.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
            assertThat(own.at("/shop").text(cluster.b(), "/get?name=user")).isEqualTo("bob");
        }
    }

    @Test
    void idThatIsChangedByARequestThatFails_isGivenToTheClient_ifItIsThatOfAnotherApplicationNow() {
        cluster.on("/begin-and-fail", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            request.changeSessionId();
            proxy.down();
        });
        Client shopper = Client.of("/shop");
        shopper.text(cluster.a(), "/set?name=user&value=bob");
        Client own = shopper.at("/app");

        assertThat(own.get(cluster.a(), "/begin-and-fail").status()).isEqualTo(503);

        proxy.up();
        assertThat(own.at("/shop").text(cluster.b(), "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void objectThatIsChangedInADispatch_isSeenByTheOtherNode() {
        passOn("/add");
        inShops("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<String>()));
        inShops("/add", (request, response) -> {
            cart(request.getSession()).add("bread");
            response.getWriter().print("ok");
        });
        inShops("/cart", (request, response) -> response.getWriter().print(cart(request.getSession())));
        client.text(cluster.a(), "/new");
        Client shopper = client.at("/shop");
        shopper.get(cluster.a(), "/create");

        client.text(cluster.a(), "/pass");

        assertThat(shopper.text(cluster.b(), "/cart")).isEqualTo("[bread]");
    }

    @Test
    void idThatIsChangedInADispatch_isChangedInTheApplicationThatPassedItOn_thoughThatHasNotAskedForItsSession() {
        startSessionsInBoth();
        passOn("/rotate");
        for (Node node : List.of(cluster.b(), cluster.a())) { // b has not seen the session of the application
            String old = client.requireSessionId();

            assertThat(client.get(node, "/pass").status()).isEqualTo(200);

            assertThat(client.requireSessionId()).isNotEqualTo(old);
            assertBothLive(client.requireSessionId());
            assertBothAreOver(old);
        }
    }

    @Test
    void endInADispatch_isTheEndInTheApplicationThatPassedItOn_thoughThatHasNotAskedForItsSession() {
        passOn("/invalidate");
        for (Node node : List.of(cluster.b(), cluster.a())) { // b has not seen the session of the application
            startSessionsInBoth();

            assertThat(client.get(node, "/pass").status()).isEqualTo(200);

            assertBothAreOver(client.requireSessionId());
        }
    }

    @Test
    void requestThatIsPassedOn_leavesNothingBehindInEither() {
        startSessionsInBoth();
        passOn("/id");

        client.text(cluster.a(), "/pass");

        await().untilAsserted(() -> {
            assertThat(((JettyNode) cluster.a()).application().runningRequests())
                    .isZero();
            assertThat(shops.get(0).runningRequests()).isZero();
        });
    }

    @Test
    void sessionThatIsBegunWhileTheOtherApplicationCannotReachRedis_doesNotTakeTheCookieFromThat() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Client shopper = client.at("/shop");
        proxy.down();

        Answer answer = shopper.get(cluster.b(), "/new");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.newSessionId()).isNull();
        upAgain();
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void idThatCannotBeChangedInOneOfThem_isChangedInNone() {
        startSessionsInBoth();
        String old = client.requireSessionId();
        proxy.down();

        Answer answer = client.at("/shop").get(cluster.b(), "/rotate");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.newSessionId()).isNull();
        upAgain();
        assertBothLive(old);
    }

    private void upAgain() {
        proxy.up();
        for (Node node : List.of(cluster.a(), cluster.b())) {
            await().until(() -> new Client(client.sessionId()).get(node, "/id").status() == 200);
        }
    }

    private void startSessionsInBoth() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Client shopper = client.at("/shop");
        shopper.text(cluster.b(), "/set?name=user&value=bob");
        assertThat(shopper.requireSessionId()).isEqualTo(client.requireSessionId());
    }

    private void assertBothLive(String id) {
        for (Node node : List.of(cluster.a(), cluster.b())) {
            assertThat(new Client(id).text(node, "/get?name=user")).isEqualTo("ada");
            assertThat(new Client(id).at("/shop").text(node, "/get?name=user")).isEqualTo("bob");
        }
    }

    private void assertBothAreOver(String id) {
        for (Node node : List.of(cluster.a(), cluster.b())) {
            assertThat(new Client(id).text(node, "/id")).isEqualTo(Pages.NO_SESSION);
            assertThat(new Client(id).at("/shop").text(node, "/id")).isEqualTo(Pages.NO_SESSION);
        }
    }

    /** The application's page {@code /pass} is one of the shop. */
    private void passOn(String path) {
        cluster.on(
                "/pass",
                (request, response) -> request.getServletContext()
                        .getContext("/shop")
                        .getRequestDispatcher(path)
                        .forward(request, response));
    }

    private void inShops(String path, Handler handler) {
        shops.forEach(shop -> shop.on(path, handler));
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpSession session) {
        return (List<String>) session.getAttribute("cart");
    }

    private void told(Node node) {
        if (endsAreSlow) {
            telling.complete(node);
            listener.here();
        }
    }

    private record EndListener(Runnable onEnd) implements HttpSessionListener {
        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            onEnd.run();
        }
    }

    private record CountingListener(AtomicInteger idChanges) implements HttpSessionIdListener {
        @Override
        public void sessionIdChanged(HttpSessionEvent event, String oldId) {
            idChanges.incrementAndGet();
        }
    }
}
