package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sessions that nobody uses any more end, once, on one node. Nobody waits for time to pass here: a session's time is up when
 * its record has no more to live than the grace, so a test takes the time from the record.
 */
@Tag(EveryEnvironment.TAG)
class ExpiryTest {
    private final SessionLog log = new SessionLog();
    private final Cluster cluster = Cluster.start(node -> {
        log.listenOn(node);
        node.set("reaperIntervalSeconds", "1");
    });
    private final Records records = Records.of(cluster);
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        cluster.on("/set-timeout", (request, response) -> request.getSession().setMaxInactiveInterval(1));
        cluster.on(
                "/bind",
                (request, response) -> request.getSession()
                        .setAttribute(
                                request.getParameter("name"), new SessionLog.Bound(request.getParameter("value"))));
    }

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
        log.close();
    }

    @Test
    void expiredSession_isFoundByNoRequestAndEndsOnce() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/get?name=user");
        String id = client.requireSessionId();
        log.drain();
        records.letExpire(id);

        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(heardUntilTold()).containsExactly("destroyed with user=ada", "removed user=ada");
        assertThat(records.exists(id)).isFalse();
        assertThat(client.text(cluster.b(), "/new")).isNotEqualTo(id);
    }

    @Test
    void expiredSessionThatNobodyAsksFor_isEndedByTheBackgroundThreadOfOneNode() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/get?name=user");
        client.text(cluster.a(), "/set-timeout");
        client.text(cluster.b(), "/get?name=user");
        String id = client.requireSessionId();
        log.drain();
        records.letExpire(id);
        await().until(() -> {
            cluster.a().sweep();
            cluster.b().sweep();
            return cluster.a().count(Figure.LOCAL_COPIES) == 0 && cluster.b().count(Figure.LOCAL_COPIES) == 0;
        });

        assertThat(heardUntilTold()).containsExactly("destroyed with user=ada", "removed user=ada");
        assertThat(records.exists(id)).isFalse();
    }

    @Test
    void sessionIdleOnOneNodeAndUsedOnTheOther_lives() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/set-timeout");
        log.drain();
        await().until(() -> {
            assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
            cluster.a().sweep();
            return cluster.a().count(Figure.LOCAL_COPIES) == 0;
        });

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        assertThat(log.drain()).isEmpty();
    }

    @Test
    void sessionWithATimeoutOfOneSecond_endsByItself() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/set-timeout");
        String id = client.requireSessionId();

        await().until(() -> records.send("PTTL", records.key(id)).number() <= Records.GRACE_MILLIS);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void requestThatRuns_keepsItsSessionAlive() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/set-timeout");
        Hold hold = new Hold();
        cluster.on("/long", (request, response) -> {
            request.getSession();
            hold.here();
            response.getWriter().print(request.getSession().getAttribute("user"));
        });
        log.drain();
        CompletableFuture<Answer> running = client.start(cluster.a(), "/long");
        hold.awaitReached();
        String key = records.key(client.requireSessionId());
        long half = Records.GRACE_MILLIS + 500;
        records.send("PEXPIRE", key, half);
        await().until(() -> {
            cluster.a().sweep();
            return records.send("PTTL", key).number() > half;
        });
        hold.release();

        assertThat(Client.await(running).text()).isEqualTo("ada");
        assertThat(log.drain()).doesNotContain("destroyed with user=ada");
    }

    @Test
    void sessionOfANodeThatIsGone_isToldByOneThatNeverSawIt_withItsAttributes() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/bind?name=bound&value=one");
        String id = client.requireSessionId();
        cluster.a().close();
        log.drain();
        records.letExpire(id);
        records.makeDue(id);

        assertThat(heardUntilTold())
                .containsExactlyInAnyOrder(
                        "destroyed with user=ada", "unbound one", "removed user=ada", "removed bound=Bound[name=one]");
        await().until(() -> records.keys().isEmpty());
    }

    @Test
    void stoppedNode_endsNoSession() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/get?name=user");
        log.drain();
        cluster.a().close();

        assertThat(log.drain()).isEmpty();
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    /** What the listeners hear until nothing is left of ended sessions, so that nobody can tell them again. */
    private List<String> heardUntilTold() {
        await().until(() -> records.endedKeys().isEmpty() && !log.isEmpty());
        return log.drain();
    }
}
