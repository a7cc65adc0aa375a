package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a request that is answered with 409, nothing is stored, not even what belongs to the session rather than to an attribute. */
class RefusedRequestTest extends ConfiguredNodes {
    private final Hold hold = new Hold();

    @BeforeEach
    void start() {
        use(Cluster.start(node -> {
            node.set("conflictPolicy", "cart=fail");
            node.set("touchIntervalSeconds", "1");
        }));
        cluster.on("/slow", (request, response) -> {
            HttpSession session = request.getSession();
            session.getAttribute("cart");
            hold.here();
            session.setMaxInactiveInterval(777);
            session.setAttribute("other", "x");
            session.setAttribute("cart", "ours");
        });
        cluster.on(
                "/timeout",
                (request, response) ->
                        response.getWriter().print(request.getSession().getMaxInactiveInterval()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsTimeout_isNotStored(boolean whileAnotherRequestOfItsNodeRuns) {
        client.text(cluster.a(), "/set?name=cart&value=none");
        String before = client.text(cluster.a(), "/timeout");
        Hold other = new Hold();
        cluster.on("/other", (request, response) -> {
            request.getSession().getAttribute("cart");
            other.here();
        });
        CompletableFuture<Answer> beside = CompletableFuture.completedFuture(null);
        if (whileAnotherRequestOfItsNodeRuns) {
            beside = client.start(cluster.a(), "/other");
            other.awaitReached();
        }
        CompletableFuture<Answer> slow = startSlow();
        client.text(cluster.b(), "/set?name=cart&value=theirs");
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(409);
        other.release();
        Client.await(beside);

        for (Node node : new Node[] {cluster.a(), cluster.b()}) {
            assertThat(client.text(node, "/timeout")).isEqualTo(before);
            assertThat(client.text(node, "/get?name=cart")).isEqualTo("theirs");
            assertThat(client.text(node, "/get?name=other")).isEqualTo("null");
        }
    }

    @Test
    void whatAnotherRequestOfItsNodeHasSet_isStored() {
        client.text(cluster.a(), "/set?name=cart&value=none");
        CompletableFuture<Answer> refused = startSlow();
        Hold other = new Hold();
        cluster.on("/other", (request, response) -> {
            HttpSession session = request.getSession();
            session.setMaxInactiveInterval(555);
            session.setAttribute("other", "y");
            other.here();
            response.getWriter().print(session.getAttribute("other"));
        });
        CompletableFuture<Answer> beside = client.start(cluster.a(), "/other");
        other.awaitReached();
        refuse(refused);
        other.release();

        assertThat(Client.await(beside).text()).isEqualTo("y");
        for (Node node : new Node[] {cluster.a(), cluster.b()}) {
            assertThat(client.text(node, "/timeout")).isEqualTo("555");
            assertThat(client.text(node, "/get?name=other")).isEqualTo("y");
        }
    }

    @Test
    void whatAThreadOfAnotherRequestOfItsNodeHasSet_isNotStored_andThatRequestIsToldSo() {
        client.text(cluster.a(), "/set?name=cart&value=none");
        CompletableFuture<Answer> refused = startSlow();
        Hold other = new Hold();
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            new Thread(() -> {
                        session.setAttribute("user", "ada");
                        other.here();
                        async.complete();
                    })
                    .start();
        });
        CompletableFuture<Answer> beside = client.start(cluster.a(), "/async");
        other.awaitReached();
        refuse(refused);
        other.release();

        assertThat(Client.await(beside).status()).isEqualTo(503);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("null");
    }

    @Test
    void anotherRequestOfItsNodeThatTakesLong_keepsTheSessionAlive() {
        client.text(cluster.a(), "/set?name=cart&value=none");
        CompletableFuture<Answer> refused = startSlow();
        Hold other = new Hold();
        cluster.on("/long", (request, response) -> {
            request.getSession();
            other.here();
        });
        CompletableFuture<Answer> beside = client.start(cluster.a(), "/long");
        other.awaitReached();
        refuse(refused);
        String key = records.key(client.requireSessionId());
        long little = Records.GRACE_MILLIS + 60_000;
        for (int i = 0; i < 2; i++) { // the refused request has touched the session too, once, at its end
            records.send("PEXPIRE", key, little);
            await().until(() -> {
                cluster.a().application().sweep();
                return records.send("PTTL", key).number() > little;
            });
        }
        other.release();
        Client.await(beside);
    }

    /** A request that is going to set the cart when it is released. */
    private CompletableFuture<Answer> startSlow() {
        CompletableFuture<Answer> request = client.start(cluster.a(), "/slow");
        hold.awaitReached();
        return request;
    }

    private void refuse(CompletableFuture<Answer> request) {
        client.text(cluster.b(), "/set?name=cart&value=theirs");
        hold.release();
        assertThat(Client.await(request).status()).isEqualTo(409);
    }
}
