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
    /** With what a busy machine may take from one use to the next. */
    private static final int SHORT_SECONDS = 2;

    private final Cluster cluster = Cluster.start(node -> node.set("reaperIntervalSeconds", "1"));
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        cluster.on("/set-timeout", (request, response) -> request.getSession().setMaxInactiveInterval(SHORT_SECONDS));
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
        Client witness = new Client();
        witness.text(cluster.a(), "/set?name=user&value=ada");
        beIdleOnA(1, client, witness);

        assertThat(client.text(cluster.a(), "/get?name=thread")).contains("mine");
    }

    @Test
    void sessionThatTheApplicationHolds_isTheOneItsNextRequestGets() {
        List<HttpSession> users = new CopyOnWriteArrayList<>();
        cluster.on("/login", (request, response) -> users.add(request.getSession()));
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/login");
        beIdleOnA(0, client);

        client.text(cluster.a(), "/login");
        assertThat(users.get(1)).isSameAs(users.get(0));
    }

    /** Gives these sessions a short time-out, and uses them on B, until A has given up its copies but for some. */
    private void beIdleOnA(int kept, Client... clients) {
        for (Client user : clients) {
            user.text(cluster.a(), "/set-timeout");
            user.text(cluster.b(), "/get?name=user");
        }
        await().until(() -> {
            for (Client user : clients) {
                assertThat(user.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
            }
            cluster.a().sweep();
            return cluster.a().count(Figure.LOCAL_COPIES) == kept;
        });
    }
}
