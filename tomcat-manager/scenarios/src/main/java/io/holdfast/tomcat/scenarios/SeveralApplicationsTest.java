package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import io.holdfast.scenarios.Pages;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.Host;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several web applications on the same nodes, each with sessions of its own. */
class SeveralApplicationsTest {
    private final String shopNamespace = "scenario-" + UUID.randomUUID();
    private final List<TomcatApplication> shops = new ArrayList<>();
    private final Cluster cluster = Cluster.start(node -> {
        TomcatNode.of(node).context().setCrossContext(true);
        TomcatApplication shop = TomcatNode.of(node).deploy("/shop");
        shop.manager().setRedisUri(TestRedis.shared().uri());
        shop.manager().setNamespace(shopNamespace);
        Pages.deploy(shop::on);
        shops.add(shop);
    });
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void sameIdInAnotherApplication_isAnotherSession() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Client shopper = Client.of("/shop");
        shopper.text(cluster.b(), "/set?name=user&value=bob");

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(shopper.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
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
        shops.forEach(shop -> {
            shop.on("/cart", (request, response) -> {
                HttpSession session = request.getSession();
                response.getWriter().print(session.getAttribute("cart"));
                session.setAttribute("cart", session.getAttribute("cart") + "+bread");
            });
        });

        assertThat(client.text(cluster.a(), "/both")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/both")).isEqualTo("null+bread");
        assertThat(client.text(cluster.a(), "/both")).isEqualTo("null+bread+bread");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,user");
    }

    @Test
    void secondDispatchInOneRequest_findsTheSessionThatTheFirstOneMade() {
        cluster.on("/twice", (request, response) -> {
            for (int i = 0; i < 2; i++) {
                request.getServletContext()
                        .getContext("/shop")
                        .getRequestDispatcher("/count")
                        .include(request, response);
            }
        });
        shops.forEach(shop -> shop.on("/count", (request, response) -> {
            Integer count = (Integer) request.getSession().getAttribute("count");
            request.getSession().setAttribute("count", count == null ? 1 : count + 1);
            response.getWriter().print(request.getSession().getAttribute("count") + " ");
        }));

        assertThat(client.text(cluster.a(), "/twice")).isEqualTo("1 2 ");
        assertThat(client.text(cluster.b(), "/twice")).isEqualTo("3 4 ");
    }

    @Test
    void applicationsThatShareTheCookie_shareTheIdAndNothingElse() {
        shareCookies();
        client.text(cluster.a(), "/set?name=user&value=ada");
        Client shopper = client.at("/shop");
        shopper.text(cluster.b(), "/set?name=user&value=bob");

        assertThat(shopper.requireSessionId()).isEqualTo(client.requireSessionId());
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(shopper.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void idThatOneOfThemChanges_startsANewSessionInTheOtherAsOnStockTomcat() {
        shareCookies();
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.at("/shop").text(cluster.b(), "/set?name=user&value=bob");
        String newId = client.text(cluster.a(), "/rotate");
        Client shopper = client.at("/shop");

        assertThat(shopper.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(shopper.text(cluster.b(), "/new")).isEqualTo(newId);
        assertThat(shopper.text(cluster.a(), "/get?name=user")).isEqualTo("null");
        shopper.text(cluster.a(), "/set?name=user&value=eve");
        assertThat(shopper.text(cluster.b(), "/get?name=user")).isEqualTo("eve");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void stopOfOneApplication_leavesTheOtherOneServed() throws LifecycleException {
        client.text(cluster.a(), "/set?name=user&value=ada");
        for (TomcatApplication shop : shops) {
            shop.context().stop();
        }

        client.text(cluster.a(), "/set?name=user&value=bob");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
        assertThat(commitValves(cluster.a())).isEqualTo(1);
        for (TomcatApplication shop : shops) {
            shop.context().start();
        }
        Client shopper = Client.of("/shop");
        shopper.text(cluster.a(), "/set?name=user&value=eve");
        assertThat(shopper.text(cluster.b(), "/get?name=user")).isEqualTo("eve");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
        assertThat(commitValves(cluster.a())).isEqualTo(1);
    }

    @Test
    void stopOfTheLastApplication_leavesNothingInTheHost() throws LifecycleException {
        TomcatNode.of(cluster.a()).context().stop();
        assertThat(commitValves(cluster.a())).isEqualTo(1);
        shops.get(0).context().stop();

        assertThat(commitValves(cluster.a())).isZero();
    }

    @Test
    void stopWhileARequestRuns_endsIt() throws Exception {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Hold hold = new Hold();
        cluster.on("/slow", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            hold.here();
        });
        CompletableFuture<Client.Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();
        TomcatNode.of(cluster.a()).context().setUnloadDelay(10);
        Thread stopping = new Thread(() -> TomcatNode.of(cluster.a()).context().reload());
        stopping.start();
        hold.release();

        assertThat(Client.await(slow).status()).isIn(200, 503);
        stopping.join(20_000);
        assertThat(client.text(cluster.a(), "/get?name=user")).isIn("ada", "bob");
    }

    /** Reloads all applications with a cookie for the whole host. */
    private void shareCookies() {
        List.of(TomcatNode.of(cluster.a()).context(), TomcatNode.of(cluster.b()).context())
                .forEach(SeveralApplicationsTest::shareCookie);
        shops.forEach(shop -> shareCookie(shop.context()));
    }

    private static void shareCookie(StandardContext context) {
        context.setSessionCookiePath("/");
        context.reload();
    }

    private static long commitValves(Node node) {
        Host host = TomcatNode.of(node).tomcat().getHost();
        return Arrays.stream(host.getPipeline().getValves())
                .filter(valve -> valve.getClass().getName().startsWith("io.holdfast."))
                .count();
    }
}
