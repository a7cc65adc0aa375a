package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.RawConnection.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that follow each other on one connection: nothing of one stays for the next. */
class OneConnectionTest {
    private static final int LARGE = 20_000;

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri());
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void pipelinedRequests_areEachCommittedOnce() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        cluster.on("/count", (request, response) -> {
            Integer count = (Integer) request.getSession().getAttribute("count");
            request.getSession().setAttribute("count", count == null ? 1 : count + 1);
            response.getWriter().print(request.getSession().getAttribute("count"));
        });
        String[] requests = IntStream.range(0, 10)
                .mapToObj(i -> RawConnection.request("GET", "/count", id))
                .toArray(String[]::new);

        try (RawConnection connection = RawConnection.to(cluster.a())) {
            List<Response> responses = connection.send(requests).read(requests.length, true);
            assertThat(responses)
                    .extracting(Response::body)
                    .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        }
        assertThat(client.text(cluster.b(), "/get?name=count")).isEqualTo("10");
    }

    @Test
    void headRequests_writeAndReadLikeOthers() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();

        try (RawConnection connection = RawConnection.to(cluster.a())) {
            List<Response> responses = connection
                    .send(
                            RawConnection.request("HEAD", "/set?name=user&value=bob", id),
                            RawConnection.request("HEAD", "/get?name=user", id))
                    .read(2, false);
            assertThat(responses).extracting(Response::status).containsExactly(200, 200);
        }
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
    }

    /** The container may close the connection behind the refused one, but must not mix up responses. */
    @ParameterizedTest
    @ValueSource(strings = {"/small", "/large", "/large-with-length", "/flushes"})
    void requestsAfterARefusedOne_areAnsweredInFull(String path) {
        cluster.on("/small", (request, response) -> {
                    write(request.getSession()::setAttribute);
                    response.getWriter().print("never seen");
                })
                .on("/large", (request, response) -> {
                    write(request.getSession()::setAttribute);
                    response.getOutputStream().write(new byte[LARGE]);
                    response.getOutputStream().write(new byte[LARGE]);
                })
                .on("/large-with-length", (request, response) -> {
                    response.setContentLength(2 * LARGE);
                    write(request.getSession()::setAttribute);
                    response.getOutputStream().write(new byte[LARGE]);
                    response.getOutputStream().write(new byte[LARGE]);
                })
                .on("/flushes", (request, response) -> {
                    write(request.getSession()::setAttribute);
                    response.flushBuffer();
                    response.getWriter().print("never seen");
                    response.flushBuffer();
                });
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        try (RawConnection connection = RawConnection.to(cluster.a())) {
            connection.send(RawConnection.request("GET", "/nothing", "none"));
            assertThat(connection.read(1, true).get(0).body()).isEqualTo("ok");

            connection.send(RawConnection.request("GET", path, id));
            Response refused = connection.read(1, true).get(0);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.body()).doesNotContain("never seen");
            if (!"close".equals(refused.headers().get("connection"))) {
                connection.send(RawConnection.request("GET", "/nothing", "none"));
                Response next = connection.read(1, true).get(0);
                assertThat(next.status()).isEqualTo(200);
                assertThat(next.body()).isEqualTo("ok");
            }
        }
        proxy.up();
        await().until(() -> client.get(cluster.a(), "/get?name=user").body().equals("ada"));
    }

    private interface Target {
        void set(String name, Object value);
    }

    private void write(Target session) {
        session.set("user", "bob");
        proxy.down();
    }
}
