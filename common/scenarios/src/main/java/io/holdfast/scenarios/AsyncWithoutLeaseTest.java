package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An asynchronous exclusive request whose thread works on while its lease is lost. */
class AsyncWithoutLeaseTest extends ConfiguredNodes {
    private final Hold hold = new Hold();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void start() {
        use(Cluster.start(node -> {
            node.set("exclusive", "session");
            node.set("exclusiveWaitMillis", "30000");
        }));
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/cart", (request, response) -> {
            request.getSession().setAttribute("cart", new ArrayList<>(List.of("book")));
        });
        cluster.on(
                "/show",
                (request, response) ->
                        response.getWriter().print(request.getSession().getAttribute("cart")));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whatItsThreadSets_isNotStored() {
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            threads.execute(() -> {
                session.setAttribute("user", "eve");
                hold.here();
                async.complete();
            });
        });
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/async");
        hold.awaitReached();
        records.send("DEL", records.key(client.requireSessionId()) + ":lock");
        assertThat(client.text(cluster.b(), "/set?name=user&value=bob")).isEqualTo("ok");
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(409);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void whatItsThreadChangesInPlace_isNotStored() {
        client.text(cluster.a(), "/cart");
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            threads.execute(() -> {
                @SuppressWarnings("unchecked")
                List<String> cart = (List<String>) session.getAttribute("cart");
                cart.add("stolen");
                hold.here();
                async.complete();
            });
        });
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/async");
        hold.awaitReached();
        records.send("DEL", records.key(client.requireSessionId()) + ":lock");
        assertThat(client.text(cluster.b(), "/show")).isEqualTo("[book]");
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(409);
        assertThat(client.text(cluster.b(), "/show")).isEqualTo("[book]");
    }
}
