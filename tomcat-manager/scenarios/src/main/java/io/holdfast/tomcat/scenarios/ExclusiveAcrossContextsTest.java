package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Meeting;
import io.holdfast.scenarios.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Exclusive requests that are dispatched into another application, whose sessions are exclusive too. */
class ExclusiveAcrossContextsTest extends ConfiguredNodes {
    private final String shopNamespace = "scenario-" + UUID.randomUUID();

    @Test
    void sessionsOfTwoApplicationsTakenInOppositeOrder_doNotWaitForEver() {
        List<TomcatApplication> shops = new ArrayList<>();
        use(Cluster.start(node -> {
            node.set("exclusive", "session");
            node.set("exclusiveWaitMillis", "500");
            TomcatNode.of(node).context().setCrossContext(true);
            TomcatNode.of(node).context().setSessionCookiePath("/");
            TomcatApplication shop = TomcatNode.of(node).deploy("/shop");
            shop.context().setCrossContext(true);
            shop.context().setSessionCookiePath("/");
            shop.set("redisUri", TestRedis.shared().uri());
            shop.set("namespace", shopNamespace);
            shop.set("exclusive", "session");
            shop.set("exclusiveWaitMillis", "500");
            Pages.deploy(shop::on);
            shops.add(shop);
        }));
        Meeting meeting = new Meeting(2);
        cluster.on("/there", (request, response) -> useBoth(request, response, "/shop", meeting))
                .on("/inner", (request, response) -> request.getSession());
        shops.forEach(shop -> shop.on("/there", (request, response) -> useBoth(request, response, "/app", meeting))
                .on("/inner", (request, response) -> request.getSession()));
        client.text(cluster.a(), "/set?name=user&value=ada");
        Client shopper = client.at("/shop");
        shopper.text(cluster.a(), "/set?name=user&value=bob");
        Client both = new Client(client.requireSessionId());

        CompletableFuture<Answer> one = both.start(cluster.a(), "/there");
        CompletableFuture<Answer> other = both.at("/shop").start(cluster.b(), "/there");

        assertThat(List.of(Client.await(one).status(), Client.await(other).status()))
                .contains(503)
                .containsAnyOf(200, 503);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    private static void useBoth(
            HttpServletRequest request, HttpServletResponse response, String otherContext, Meeting meeting)
            throws Exception {
        request.getSession();
        meeting.await();
        request.getServletContext()
                .getContext(otherContext)
                .getRequestDispatcher("/inner")
                .include(request, response);
    }
}
