package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests of one session that overlap on two nodes. */
@Tag(EveryEnvironment.TAG)
class LostUpdatesTest {
    private static final int PARALLEL = 32;

    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void attributeSetOnOneNode_isReadOnTheOther() {
        client.text(cluster.a(), "/set?name=user&value=ada");

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void differentAttributesSetAtTheSameTime_areBothKept() throws Exception {
        client.text(cluster.a(), "/set?name=start&value=1");
        Meeting meeting = new Meeting(2);
        cluster.on("/meet", (request, response) -> {
            request.getSession().setAttribute(request.getParameter("name"), "x");
            meeting.await();
            response.getWriter().print("ok");
        });

        CompletableFuture<Answer> onA = client.start(cluster.a(), "/meet?name=left");
        CompletableFuture<Answer> onB = client.start(cluster.b(), "/meet?name=right");

        assertThat(status(onA)).isEqualTo(200);
        assertThat(status(onB)).isEqualTo(200);
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("left,right,start");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("left,right,start");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void sameAttributeSetAtTheSameTime_isReportedAsOneConflictAndBothNodesAgree() throws Exception {
        client.text(cluster.a(), "/set?name=color&value=red");
        Meeting meeting = new Meeting(2);
        cluster.on("/meet", (request, response) -> {
            request.getSession().setAttribute("color", request.getParameter("value"));
            meeting.await();
            response.getWriter().print("ok");
        });

        CompletableFuture<Answer> onA = client.start(cluster.a(), "/meet?value=green");
        CompletableFuture<Answer> onB = client.start(cluster.b(), "/meet?value=blue");

        assertThat(status(onA)).isEqualTo(200);
        assertThat(status(onB)).isEqualTo(200);
        String color = client.text(cluster.a(), "/get?name=color");
        assertThat(color).isIn("green", "blue");
        assertThat(client.text(cluster.b(), "/get?name=color")).isEqualTo(color);
        assertThat(cluster.conflicts()).isEqualTo(1);
    }

    @Test
    void listChangedInPlaceWithoutSetAttribute_isKept() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()));
        cluster.on(
                "/add",
                (request, response) ->
                        cart(request.getSession().getAttribute("cart")).add(request.getParameter("item")));
        cluster.on(
                "/cart",
                (request, response) ->
                        response.getWriter().print(request.getSession().getAttribute("cart")));
        client.text(cluster.a(), "/create");
        client.text(cluster.b(), "/add?item=bread");
        client.text(cluster.a(), "/add?item=milk");

        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("[bread, milk]");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void manyParallelRequestsOnBothNodes_loseNothing() throws Exception {
        client.text(cluster.a(), "/set?name=start&value=1");
        Meeting meeting = new Meeting(PARALLEL);
        cluster.on("/meet", (request, response) -> {
            request.getSession().setAttribute(request.getParameter("name"), "x");
            meeting.await();
        });
        List<CompletableFuture<Answer>> answers = IntStream.range(0, PARALLEL)
                .mapToObj(i -> client.start(i % 2 == 0 ? cluster.a() : cluster.b(), "/meet?name=n" + i))
                .toList();
        for (CompletableFuture<Answer> answer : answers) {
            assertThat(status(answer)).isEqualTo(200);
        }

        assertThat(client.text(cluster.a(), "/names").split(",")).hasSize(PARALLEL + 1);
        assertThat(client.text(cluster.b(), "/names").split(",")).hasSize(PARALLEL + 1);
    }

    @Test
    void readerThatOverlapsAWriter_neverRestoresAnOldValue() throws Exception {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()));
        cluster.on(
                "/add",
                (request, response) ->
                        cart(request.getSession().getAttribute("cart")).add(request.getParameter("item")));
        cluster.on(
                "/cart",
                (request, response) ->
                        response.getWriter().print(request.getSession().getAttribute("cart")));
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        cluster.on("/slow-read", (request, response) -> {
            response.getWriter().print(request.getSession().getAttribute("cart"));
            hasRead.countDown();
            mayEnd.await(10, TimeUnit.SECONDS);
        });
        client.text(cluster.a(), "/create");
        CompletableFuture<Answer> reader = client.start(cluster.a(), "/slow-read");
        assertThat(hasRead.await(10, TimeUnit.SECONDS)).isTrue();
        client.text(cluster.b(), "/add?item=bread");
        mayEnd.countDown();

        assertThat(reader.get(10, TimeUnit.SECONDS).body()).isEqualTo("[]");
        assertThat(client.text(cluster.a(), "/cart")).isEqualTo("[bread]");
        assertThat(client.text(cluster.b(), "/cart")).isEqualTo("[bread]");
    }

    private static int status(CompletableFuture<Answer> answer) throws Exception {
        try {
            return answer.get(10, TimeUnit.SECONDS).status();
        } catch (TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Object attribute) {
        return (List<String>) attribute;
    }
}
