package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.LocalRedis;
import jakarta.servlet.http.HttpSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients see while Redis is down. */
class OutageTest {
    private final Client client = new Client();
    private LocalRedis redis;
    private Node node;

    @BeforeEach
    void logIn() throws Exception {
        redis = LocalRedis.start();
        node = Node.start("a", "outage", Cache.HOLDFAST, redis.uri())
                .page("/login", request -> {
                    request.getSession().setAttribute("user", "ada");
                    return "";
                })
                .page("/user", request -> {
                    HttpSession session = request.getSession(false);
                    return session == null ? "nobody" : String.valueOf(session.getAttribute("user"));
                });
        client.get(node, "/login");
        assertThat(client.get(node, "/user")).isEqualTo("ada");
    }

    @AfterEach
    void stop() throws Exception {
        node.stop();
        redis.close();
    }

    @Test
    void requestOfASession_isRefused_andNeverTakenForOneWithoutASession() {
        redis.stop();

        assertThat(client.status(node, "/user")).isEqualTo(503);
        assertThat(client.status(node, "/user")).isEqualTo(503);
    }

    @Test
    void requestWithoutASession_doesNotNotice() {
        redis.stop();

        assertThat(new Client().get(node, "/user")).isEqualTo("nobody");
    }

    @Test
    void node_recoversByItself() {
        redis.stop();
        assertThat(client.status(node, "/user")).isEqualTo(503);

        redis.startAgain(); // with nothing in it

        Awaitility.await().until(() -> client.status(node, "/user") == 200);
        assertThat(client.get(node, "/user")).isEqualTo("nobody");
        client.get(node, "/login");
        assertThat(client.get(node, "/user")).isEqualTo("ada");
    }
}
