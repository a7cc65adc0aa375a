package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.EveryEnvironment;
import io.holdfast.scenarios.Pages;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application whose sessions Jetty itself keeps, and that has its cookie, and so the id, in common with ours. */
@Tag(EveryEnvironment.TAG)
class StockNeighbourTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final List<JettyApplication> stocks = new ArrayList<>();
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> {
        JettyNode jetty = (JettyNode) node;
        jetty.application().shared();
        JettyApplication stock = ((JettyApplication) jetty.deployStock("/stock")).shared();
        Pages.deploy(stock::on);
        stocks.add(stock);
    });
    private final JettyNode node = (JettyNode) cluster.a();
    private final JettyApplication stock = stocks.get(0);
    private final Client client = new Client();
    private Client neighbour = client.at("/stock");

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void logout_isALogoutFromTheNeighbour() {
        startSessionsInBoth();

        assertThat(client.get(node, "/invalidate").status()).isEqualTo(200);

        assertThat(neighbour.text(node, "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void logoutFromTheNeighbourWhileRedisIsDown_isOne_andTheLogTellsWhatItMayNotHaveEnded() {
        startSessionsInBoth();
        String id = client.requireSessionId();
        proxy.down();

        try (CapturedLog log = CapturedLog.open()) {
            assertThat(neighbour.get(node, "/invalidate").status()).isEqualTo(200);

            assertThat(log.warnings(id.substring(0, 16), "may live on")).isNotEmpty();
            assertThat(log.text()).doesNotContain(id);
        }
        assertThat(neighbour.text(node, "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void sessionsOfTheNeighbourWhoseTimeIsOver_endAlsoWhileRedisIsDown() {
        stock.sessions().setMaxInactiveInterval(1);
        startSessionsInBoth();
        proxy.down();

        await().untilAsserted(() -> {
            node.scavenge();
            assertThat(((DefaultSessionCache) stock.sessions().getSessionCache()).getSessionsCurrent())
                    .isZero();
        });
    }

    private void startSessionsInBoth() {
        client.text(node, "/set?name=user&value=ada");
        neighbour = client.at("/stock");
        neighbour.text(node, "/set?name=user&value=bob");
        assertThat(neighbour.requireSessionId()).isEqualTo(client.requireSessionId());
    }
}
