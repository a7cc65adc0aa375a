package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A request that runs for long holds an object of the session while another node changes the session. */
@Tag(EveryEnvironment.TAG)
class LongPollTest {
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
    void pollThatChangesItsCopyInPlaceAfterwards_isMergedAndReportedAsOneConflict() {
        CompletableFuture<Answer> poll = startPoll((cart, request) -> cart.add("from the poll"));
        changeOnTheOtherNode();
        hold.release();

        assertThat(Client.await(poll).status()).isEqualTo(200);
        assertThat(client.text(cluster.a(), "/get?name=cart")).isEqualTo("[bread, from B, from the poll]");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread, from B, from the poll]");
        assertThat(cluster.conflicts()).isEqualTo(1);
    }

    @Test
    void pollThatPutsItsOldCopyBack_isMergedAndReportedAsOneConflict() {
        CompletableFuture<Answer> poll = startPoll((cart, request) -> {
            cart.add("from the poll");
            request.getSession().setAttribute("cart", cart);
        });
        changeOnTheOtherNode();
        hold.release();

        assertThat(Client.await(poll).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread, from B, from the poll]");
        assertThat(client.text(cluster.a(), "/get?name=cart")).isEqualTo("[bread, from B, from the poll]");
        assertThat(cluster.conflicts()).isEqualTo(1);
    }

    @Test
    void pollThatChangesNothing_writesNothing() {
        CompletableFuture<Answer> poll = startPoll((cart, request) -> {});
        changeOnTheOtherNode();
        long version = records.version(client.requireSessionId());
        hold.release();

        assertThat(Client.await(poll).text()).isEqualTo("[bread]");
        assertThat(records.version(client.requireSessionId())).isEqualTo(version);
        assertThat(client.text(cluster.a(), "/get?name=cart")).isEqualTo("[bread, from B]");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread, from B]");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void requestThatChangesTheNewCopyWhileThePollChangesTheOldOne_isMergedToo() {
        CompletableFuture<Answer> poll = startPoll((cart, request) -> cart.add("from the poll"));
        changeOnTheOtherNode();
        client.text(cluster.a(), "/add?item=from+A");
        hold.release();

        assertThat(Client.await(poll).status()).isEqualTo(200);
        String cart = client.text(cluster.a(), "/get?name=cart");
        assertThat(cart).isEqualTo("[bread, from B, from A, from the poll]");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo(cart);
        assertThat(cluster.conflicts()).isEqualTo(1);
    }

    /** What the poll does when it goes on, with the cart it has read before. */
    private interface Work {
        void on(List<String> cart, HttpServletRequest request);
    }

    private CompletableFuture<Answer> startPoll(Work work) {
        cluster.on(
                        "/create",
                        (request, response) ->
                                request.getSession().setAttribute("cart", new ArrayList<>(List.of("bread"))))
                .on(
                        "/add",
                        (request, response) ->
                                cart(request.getSession().getAttribute("cart")).add(request.getParameter("item")))
                .on("/poll", (request, response) -> {
                    List<String> cart = cart(request.getSession().getAttribute("cart"));
                    hold.here();
                    work.on(cart, request);
                    response.getWriter().print(cart);
                });
        client.text(cluster.a(), "/create");
        CompletableFuture<Answer> poll = client.start(cluster.a(), "/poll");
        hold.awaitReached();
        return poll;
    }

    private void changeOnTheOtherNode() {
        client.text(cluster.b(), "/add?item=from+B");
        assertThat(client.text(cluster.a(), "/get?name=cart"))
                .as("seen on the poll's node while the poll runs")
                .isEqualTo("[bread, from B]");
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Object attribute) {
        return (List<String>) attribute;
    }
}
