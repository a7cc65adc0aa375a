package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session says about itself is the same on both nodes, and as on a single node. */
class LifecycleTest {
    /** The last access is told by what a record has left to live, which each node reads for itself. */
    private static final int READING_ERROR_MILLIS = 50;

    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        cluster.on(
                        "/is-new",
                        (request, response) ->
                                response.getWriter().print(request.getSession().isNew()))
                .on(
                        "/created",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getCreationTime()))
                .on(
                        "/accessed",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getLastAccessedTime()))
                .on(
                        "/timeout",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getMaxInactiveInterval()))
                .on(
                        "/set-timeout",
                        (request, response) -> request.getSession()
                                .setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds"))))
                .on(
                        "/valid",
                        (request, response) -> response.getWriter()
                                .print(request.isRequestedSessionIdValid() + " "
                                        + request.isRequestedSessionIdFromCookie()));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void session_isNewInItsFirstRequestOnly() {
        assertThat(client.text(cluster.a(), "/is-new")).isEqualTo("true");
        assertThat(client.text(cluster.a(), "/is-new")).isEqualTo("false");
        assertThat(client.text(cluster.b(), "/is-new")).isEqualTo("false");
    }

    @Test
    void session_isNotNewOnTheOtherNode() {
        client.text(cluster.a(), "/new");

        assertThat(client.text(cluster.b(), "/is-new")).isEqualTo("false");
    }

    @Test
    void creationTime_isTheSameOnBothNodes() {
        String created = client.text(cluster.a(), "/created");

        assertThat(Long.parseLong(created)).isCloseTo(System.currentTimeMillis(), within(10_000));
        assertThat(client.text(cluster.b(), "/created")).isEqualTo(created);
        assertThat(client.text(cluster.a(), "/created")).isEqualTo(created);
    }

    @Test
    void lastAccess_isNoEarlierThanTheCreation_andGoesForward() {
        long created = Long.parseLong(client.text(cluster.a(), "/created"));
        long last = created;
        for (int i = 0; i < 6; i++) {
            long accessed = Long.parseLong(client.text(i % 2 == 0 ? cluster.b() : cluster.a(), "/accessed"));
            assertThat(accessed)
                    .isGreaterThanOrEqualTo(created)
                    .isGreaterThan(last - READING_ERROR_MILLIS)
                    .isLessThanOrEqualTo(System.currentTimeMillis());
            last = Math.max(last, accessed);
        }
    }

    @Test
    void timeoutOfTheApplication_isTheOneOfNewSessions() {
        cluster.a().application().sessionTimeout(7);

        assertThat(client.text(cluster.a(), "/timeout")).isEqualTo("420");
        assertThat(client.text(cluster.b(), "/timeout")).isEqualTo("420");
    }

    @Test
    void timeoutOfOneSession_isHonouredOnTheOtherNode() {
        client.text(cluster.a(), "/new");
        client.text(cluster.b(), "/timeout");
        client.text(cluster.a(), "/set-timeout?seconds=77");

        assertThat(client.text(cluster.b(), "/timeout")).isEqualTo("77");
        client.text(cluster.b(), "/set-timeout?seconds=-1");
        assertThat(client.text(cluster.a(), "/timeout")).isEqualTo("-1");
    }

    @Test
    void idOfTheCookie_isValidOnBothNodesWhileTheSessionLives() {
        client.text(cluster.a(), "/new");

        assertThat(client.text(cluster.a(), "/valid")).isEqualTo("true true");
        assertThat(client.text(cluster.b(), "/valid")).isEqualTo("true true");
        client.text(cluster.a(), "/invalidate");
        assertThat(client.text(cluster.b(), "/valid")).isEqualTo("false true");
    }

    @Test
    void concurrentRequestsOfOneNode_shareOneSessionObjectAndItsAttributes() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/set?name=user&value=ada");
        Hold hold = new Hold();
        HttpSession[] seen = new HttpSession[2];
        Object[] lists = new Object[2];
        cluster.on("/make", (request, response) -> request.getSession().setAttribute("list", new ArrayList<>()))
                .on("/first", (request, response) -> {
                    seen[0] = request.getSession();
                    lists[0] = seen[0].getAttribute("list");
                    hold.here();
                })
                .on("/second", (request, response) -> {
                    seen[1] = request.getSession();
                    lists[1] = seen[1].getAttribute("list");
                });
        client.text(cluster.b(), "/make");
        CompletableFuture<Answer> first = client.start(cluster.a(), "/first");
        hold.awaitReached();
        client.text(cluster.a(), "/second");
        hold.release();

        assertThat(Client.await(first).status()).isEqualTo(200);
        assertThat(seen[1]).isSameAs(seen[0]);
        assertThat(lists[1]).isNotNull().isSameAs(lists[0]);
    }

    @Test
    void restartedApplication_keepsItsSessions() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.a().restart();

        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        client.text(cluster.a(), "/set?name=user&value=bob");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void restartedNode_findsItsSessions() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        try (Node restarted = cluster.startAnother()) {
            assertThat(client.text(restarted, "/get?name=user")).isEqualTo("ada");
        }
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    private static Offset<Long> within(long millis) {
        return Offset.offset(millis);
    }
}
