package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.EveryEnvironment;
import io.holdfast.scenarios.Hold;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application keeps a session object beyond its request, which is refused; later requests use the object. */
@Tag(EveryEnvironment.TAG)
class KeptSessionTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> node.set("conflictPolicy", "stock=fail"));
    private final Client client = new Client();
    private final CompletableFuture<HttpSession> kept = new CompletableFuture<>();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void behindAConflict_itShowsWhatOthersHaveWritten_andNothingOfTheRefusedRequest() {
        refuseByConflict();
        deployUse();

        assertThat(client.text(cluster.a(), "/read")).isEqualTo("theirs [bread] null");
    }

    @Test
    void behindAConflict_whatALaterRequestSetsInIt_isStored_andIsNoConflict() {
        refuseByConflict();
        deployUse();
        long conflicts = cluster.conflicts();

        assertThat(client.get(cluster.a(), "/write").status()).isEqualTo(200);

        assertThat(client.text(cluster.b(), "/get?name=stock")).isEqualTo("later");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread, milk]");
        assertThat(client.text(cluster.a(), "/get?name=stock")).isEqualTo("later");
        assertThat(client.text(cluster.a(), "/get?name=cart")).isEqualTo("[bread, milk]");
        assertThat(cluster.conflicts()).isEqualTo(conflicts);
    }

    @Test
    void behindAnOutage_itShowsWhatOthersHaveWritten_andNothingOfTheRefusedRequest() {
        create();
        cluster.on("/refused", (request, response) -> {
            change(request.getSession());
            proxy.down();
        });
        assertThat(client.get(cluster.a(), "/refused").status()).isEqualTo(503);
        proxy.up();
        await().until(() ->
                client.get(cluster.b(), "/set?name=stock&value=theirs").status() == 200);
        deployUse();

        assertThat(client.text(cluster.a(), "/read")).isEqualTo("theirs [bread] null");
    }

    @Test
    void behindAConflict_aThreadOfTheApplication_storesNothingOfTheRefusedRequest() throws Exception {
        refuseByConflict();
        HttpSession session = kept.get();

        CompletableFuture.runAsync(() -> {
                    cart(session);
                    session.setAttribute("thread", "was here");
                })
                .join();

        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread]");
        assertThat(client.text(cluster.b(), "/get?name=stock")).isEqualTo("theirs");
        assertThat(client.text(cluster.b(), "/get?name=other")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/get?name=thread")).isEqualTo("was here");
    }

    private void refuseByConflict() {
        create();
        Hold hold = new Hold();
        cluster.on("/refused", (request, response) -> {
            request.getSession().getAttribute("stock");
            hold.here();
            change(request.getSession());
        });
        CompletableFuture<Client.Answer> refused = client.start(cluster.a(), "/refused");
        hold.awaitReached();
        client.text(cluster.b(), "/set?name=stock&value=theirs");
        hold.release();
        assertThat(Client.await(refused).status()).isEqualTo(409);
    }

    private void create() {
        cluster.on("/create", (request, response) -> {
            request.getSession().setAttribute("cart", new ArrayList<>(List.of("bread")));
            request.getSession().setAttribute("stock", "none");
        });
        client.text(cluster.a(), "/create");
    }

    private void change(HttpSession session) {
        session.setAttribute("other", "refused");
        session.setAttribute("stock", "refused");
        cart(session).add("refused");
        kept.complete(session);
    }

    /** Pages that ask for the session, as any application does, and then use the object that was kept. */
    private void deployUse() {
        cluster.on("/read", (request, response) -> {
            request.getSession();
            HttpSession session = kept.get();
            response.getWriter()
                    .print(session.getAttribute("stock") + " " + cart(session) + " " + session.getAttribute("other"));
        });
        cluster.on("/write", (request, response) -> {
            request.getSession();
            HttpSession session = kept.get();
            session.setAttribute("stock", "later");
            cart(session).add("milk");
        });
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpSession session) {
        return (List<String>) session.getAttribute("cart");
    }
}
