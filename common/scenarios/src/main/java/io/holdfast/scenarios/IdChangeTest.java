package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code request.changeSessionId()}: the session goes on under the new id, and only under that. */
@Tag(EveryEnvironment.TAG)
class IdChangeTest {
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
    void newIdWorksOnBothNodesAndTheOldOneOnNone() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String oldId = client.requireSessionId();
        client.text(cluster.b(), "/get?name=user");

        String newId = client.text(cluster.a(), "/rotate");

        assertThat(client.requireSessionId()).isEqualTo(newId).isNotEqualTo(oldId);
        assertOnlyValidId(newId, oldId);
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(records.keys()).hasSize(1);
    }

    @Test
    void writeOfARequestWithTheOldIdThatIsInFlightOnTheOtherNode_survives() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String oldId = client.requireSessionId();
        CompletableFuture<Answer> late = startHeldWrite(cluster.b(), oldId);
        String newId = client.text(cluster.a(), "/rotate");
        hold.release();

        assertThat(Client.await(late).status()).isEqualTo(200);
        assertThat(Client.await(late).newSessionId()).isNull();
        assertOnlyValidId(newId, oldId);
        assertThat(client.text(cluster.a(), "/get?name=late")).isEqualTo("x");
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("x");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void writeOfARequestWithTheOldIdThatIsInFlightOnTheSameNode_survives() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String oldId = client.requireSessionId();
        CompletableFuture<Answer> late = startHeldWrite(cluster.a(), oldId);
        String newId = client.text(cluster.a(), "/rotate");
        hold.release();

        assertThat(Client.await(late).status()).isEqualTo(200);
        assertOnlyValidId(newId, oldId);
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("x");
    }

    @Test
    void oldIdIsDeadBeforeTheRequestThatChangesItHasEnded() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String oldId = client.requireSessionId();
        client.text(cluster.b(), "/get?name=user");
        cluster.on("/change", (request, response) -> {
            response.getWriter().print(request.changeSessionId());
            hold.here();
        });
        CompletableFuture<Answer> change = client.start(cluster.a(), "/change");
        hold.awaitReached();

        assertThat(new Client(oldId).text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        hold.release();
        assertOnlyValidId(Client.await(change).text(), oldId);
    }

    @Test
    void idChangedTwice_leavesOnlyTheLastOneValid() {
        String first = client.text(cluster.a(), "/new");
        String second = client.text(cluster.b(), "/rotate");
        String third = client.text(cluster.a(), "/rotate");

        assertOnlyValidId(third, first);
        assertOnlyValidId(third, second);
    }

    @Test
    void idOfANewSessionChangedInItsFirstRequest_isTheOneTheClientGets() {
        cluster.on("/login", (request, response) -> {
            HttpSession session = request.getSession();
            String before = session.getId();
            session.setAttribute("user", "ada");
            request.changeSessionId();
            response.getWriter().print(before);
        });

        String before = client.text(cluster.a(), "/login");

        assertOnlyValidId(client.requireSessionId(), before);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    private CompletableFuture<Answer> startHeldWrite(Node node, String id) {
        cluster.on("/late", (request, response) -> {
            HttpSession session = request.getSession();
            hold.here();
            session.setAttribute("late", "x");
        });
        CompletableFuture<Answer> late = new Client(id).start(node, "/late");
        hold.awaitReached();
        return late;
    }

    private void assertOnlyValidId(String valid, String dead) {
        for (Node node : new Node[] {cluster.a(), cluster.b()}) {
            assertThat(new Client(dead).text(node, "/id")).isEqualTo(Pages.NO_SESSION);
            assertThat(new Client(valid).text(node, "/id")).isEqualTo(valid);
        }
    }
}
