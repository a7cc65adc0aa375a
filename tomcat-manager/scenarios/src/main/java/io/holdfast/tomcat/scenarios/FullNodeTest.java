package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tomcat's own bound on the number of sessions. */
class FullNodeTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void fullNode_refusesNewSessionsButServesThoseOfOthers() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        TomcatNode.of(cluster.b()).manager().setMaxActiveSessions(1);
        cluster.b().on("/try", (request, response) -> {
            try {
                response.getWriter().print(request.getSession().getId());
            } catch (IllegalStateException e) {
                response.getWriter().print("full");
            }
        });

        new Client().text(cluster.b(), "/new");
        assertThat(new Client().text(cluster.b(), "/try")).isEqualTo("full");
        assertThat(TomcatNode.of(cluster.b()).manager().getRejectedSessions()).isEqualTo(1);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }
}
