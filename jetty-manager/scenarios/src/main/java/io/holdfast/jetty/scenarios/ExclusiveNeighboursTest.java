package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.jetty.HoldfastSessionDataStoreFactory;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Pages;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two applications of the same servers with one id, the requests of whose sessions run one after the other in each. */
class ExclusiveNeighboursTest {
    private final String shopNamespace = "scenario-" + UUID.randomUUID();
    private final Hold slow = new Hold();
    private final Cluster cluster = Cluster.start(node -> {
        JettyNode jetty = (JettyNode) node;
        node.set("exclusive", "session");
        jetty.application().shared();
        HoldfastSessionDataStoreFactory keeper = new HoldfastSessionDataStoreFactory();
        keeper.setRedisUri(TestRedis.shared().uri());
        keeper.setNamespace(shopNamespace);
        keeper.setSetting("exclusive", "session");
        JettyApplication shop = jetty.deploy("/shop", keeper).shared();
        Pages.deploy(shop::on);
        shop.on("/slow", (request, response) -> {
            request.getSession().setAttribute("late", "x");
            slow.here();
        });
    });

    private final Client client = new Client();
    private Client shopper = client.at("/shop");

    @AfterEach
    void stop() {
        slow.release();
        cluster.close();
    }

    @ParameterizedTest(name = "on one node: {0}")
    @ValueSource(booleans = {true, false})
    void logoutWhileTheOtherApplicationHasItsTurn_doesNotWaitForThat_andNothingComesBack(boolean onOneNode) {
        startSessionsInBoth();
        CompletableFuture<Answer> turn = shopper.start(onOneNode ? cluster.a() : cluster.b(), "/slow");
        slow.awaitReached();

        assertThat(client.get(cluster.a(), "/invalidate").status()).isEqualTo(200);

        assertThat(turn).isNotDone();
        slow.release();
        assertThat(Client.await(turn).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(shopper.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void loginWhileTheOtherApplicationHasItsTurn_changesTheIdInBoth() {
        startSessionsInBoth();
        CompletableFuture<Answer> turn = shopper.start(cluster.b(), "/slow");
        slow.awaitReached();

        assertThat(client.get(cluster.a(), "/rotate").status()).isEqualTo(200);

        slow.release();
        assertThat(Client.await(turn).status()).isEqualTo(200);
        assertThat(client.at("/shop").text(cluster.a(), "/get?name=late")).isEqualTo("x");
    }

    private void startSessionsInBoth() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        shopper = client.at("/shop");
        shopper.text(cluster.b(), "/set?name=user&value=bob");
        assertThat(shopper.requireSessionId()).isEqualTo(client.requireSessionId());
    }
}
