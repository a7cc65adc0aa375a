package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that has not been used on one node for its time-out, and is in use on the other one. */
class IdleCopyTest {
    private final Cluster cluster = Cluster.start(node -> node.set("reaperIntervalSeconds", "1"));
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        cluster.on("/set-timeout", (request, response) -> request.getSession().setMaxInactiveInterval(1));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void valueThatCannotBeStored_staysOnItsNode() {
        cluster.on("/keep", (request, response) -> request.getSession().setAttribute("thread", new Thread("mine")));
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/keep");
        client.text(cluster.a(), "/set-timeout");
        Client witness = new Client();
        witness.text(cluster.a(), "/set?name=user&value=ada");
        witness.text(cluster.a(), "/set-timeout");
        beIdleOnA(1, client, witness);

        assertThat(client.text(cluster.a(), "/get?name=thread")).contains("mine");
    }

    @Test
    void sessionThatTheApplicationHolds_isTheOneItsNextRequestGets() {
        List<HttpSession> users = new CopyOnWriteArrayList<>();
        cluster.on("/login", (request, response) -> users.add(request.getSession()));
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/login");
        client.text(cluster.a(), "/set-timeout");
        beIdleOnA(0, client);

        client.text(cluster.a(), "/login");
        assertThat(users.get(1)).isSameAs(users.get(0));
    }

    /** Until A has given up its copies but for some; all these sessions stay in use on B. */
    private void beIdleOnA(int kept, Client... clients) {
        await().until(() -> {
            for (Client user : clients) {
                assertThat(user.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
            }
            cluster.a().sweep();
            return cluster.a().count(Figure.LOCAL_COPIES) == kept;
        });
    }
}
