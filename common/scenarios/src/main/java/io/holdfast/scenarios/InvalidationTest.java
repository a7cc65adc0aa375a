package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that was invalidated stays dead, on every node and in Redis. */
@Tag(EveryEnvironment.TAG)
class InvalidationTest {
    private final Cluster cluster = Cluster.start();
    private final Records records = Records.of(cluster);
    private final Client client = new Client();
    private final Hold hold = new Hold();

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
    }

    @Test
    void lateWriteOnTheOtherNode_endsNormallyAndDoesNotBringTheSessionBack() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        cluster.on("/late", (request, response) -> {
            HttpSession session = request.getSession();
            hold.here();
            session.setAttribute("late", "x");
            response.getWriter().print("done");
        });
        CompletableFuture<Answer> late = client.start(cluster.b(), "/late");
        hold.awaitReached();
        client.text(cluster.a(), "/invalidate");
        hold.release();

        assertThat(Client.await(late).text()).isEqualTo("done");
        assertIsDead(id);
        assertThat(cluster.b().count(Figure.DROPPED_COMMITS)).isEqualTo(1);
    }

    @Test
    void lateWriteOnTheSameNode_doesNotBringTheSessionBack() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        cluster.on("/late", (request, response) -> {
            HttpSession session = request.getSession();
            hold.here();
            try {
                session.setAttribute("late", "x");
            } catch (IllegalStateException e) {
                response.getWriter().print("invalid, as on a single node");
            }
        });
        CompletableFuture<Answer> late = client.start(cluster.a(), "/late");
        hold.awaitReached();
        client.text(cluster.a(), "/invalidate");
        hold.release();

        assertThat(Client.await(late).text()).isEqualTo("invalid, as on a single node");
        assertIsDead(id);
    }

    @Test
    void nodeThatHeldACopy_findsNoSession() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/get?name=user");
        String id = client.requireSessionId();
        client.text(cluster.a(), "/invalidate");

        assertIsDead(id);
        String fresh = client.text(cluster.b(), "/new");
        assertThat(fresh).isNotEqualTo(id);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(fresh);
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("null");
    }

    @Test
    void invalidatedByBothNodesAtOnce_isNoErrorOnEither() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        Meeting meeting = new Meeting(2);
        cluster.on("/leave", (request, response) -> {
            HttpSession session = request.getSession();
            meeting.await();
            session.invalidate();
        });

        CompletableFuture<Answer> onA = client.start(cluster.a(), "/leave");
        CompletableFuture<Answer> onB = client.start(cluster.b(), "/leave");

        assertThat(Client.await(onA).status()).isEqualTo(200);
        assertThat(Client.await(onB).status()).isEqualTo(200);
        assertIsDead(id);
    }

    @Test
    void newSessionInTheSameRequest_hasAnIdAndAttributesOfItsOwn() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        cluster.on("/restart", (request, response) -> {
            request.getSession().invalidate();
            HttpSession fresh = request.getSession(true);
            fresh.setAttribute("cart", "empty");
            response.getWriter().print(fresh.isNew() + " " + fresh.getAttribute("user"));
        });

        assertThat(client.text(cluster.b(), "/restart")).isEqualTo("true null");
        assertIsDead(id);
        assertThat(client.requireSessionId()).isNotEqualTo(id);
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("cart");
        await().untilAsserted(() -> assertThat(records.keys()).containsExactly(records.key(client.requireSessionId())));
    }

    @Test
    void writeAndInvalidateInOneRequest_leaveNothingBehind() {
        cluster.on("/come-and-go", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("user", "ada");
            session.invalidate();
        });

        client.text(cluster.a(), "/come-and-go");

        assertThat(records.keys()).isEmpty();
        assertThat(cluster.sum(Figure.DROPPED_COMMITS)).isZero();
    }

    @Test
    void invalidationWithoutALateWriter_isNotCountedAsADroppedCommit() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/get?name=user");
        client.text(cluster.a(), "/invalidate");
        client.text(cluster.b(), "/get?name=user");

        assertThat(cluster.sum(Figure.DROPPED_COMMITS)).isZero();
    }

    private void assertIsDead(String id) {
        assertThat(new Client(id).text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(new Client(id).text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(records.exists(id)).isFalse();
    }
}
