package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import io.holdfast.scenarios.Pages;
import io.holdfast.scenarios.RawConnection;
import io.holdfast.scenarios.RawConnection.Response;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tomcat uses connections, and its request and response objects, again. Nothing of one request may stay in them for the
 * next. These nodes have a single set of such objects, so the next request gets the last one's.
 */
class ConnectionsTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> {
        TomcatNode.of(node).tomcat().getConnector().setProperty("maxThreads", "1");
        TomcatNode.of(node).tomcat().getConnector().setProperty("minSpareThreads", "1");
        TomcatNode.of(node).tomcat().getConnector().setProperty("processorCache", "1");
        addForeignHost(node);
        Connector http2 = new Connector();
        http2.setProperty("address", "127.0.0.1");
        http2.setPort(0);
        http2.addUpgradeProtocol(new Http2Protocol());
        TomcatNode.of(node).tomcat().getService().addConnector(http2);
    });
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void requestAfterARefusedOne_isServedInFull() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/write", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            proxy.down();
            response.getOutputStream().write(new byte[20_000]);
        });

        assertThat(client.get(cluster.a(), "/write").status()).isEqualTo(503);
        assertForeignHostIsServed();
        proxy.up();
        await().untilAsserted(() ->
                assertThat(client.get(cluster.a(), "/get?name=user").body()).isEqualTo("ada"));
    }

    @Test
    void requestAfterARefusedAsynchronousOne_isServedInFull() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/write", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            AsyncContext async = request.startAsync();
            proxy.down();
            async.start(() -> {
                try {
                    response.getOutputStream().write(new byte[20_000]);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    async.complete();
                }
            });
        });

        assertThat(client.get(cluster.a(), "/write").status()).isEqualTo(503);
        assertForeignHostIsServed();
        assertThat(client.text(cluster.a(), "/nothing")).isEqualTo("ok");
    }

    @Test
    void http2StreamAfterARefusedOne_isServedInFull() throws Exception {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/write", (request, response) -> {
                    request.getSession().setAttribute("user", "bob");
                    proxy.down();
                    response.getOutputStream().write(new byte[20_000]);
                })
                .on("/large", (request, response) -> response.getWriter().print("x".repeat(30_000)));
        HttpClient http2 =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

        assertThat(http2(http2, "/nothing").body()).isEqualTo("ok");
        HttpResponse<String> refused = http2(http2, "/write");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("The session store does not answer.");
        assertThat(http2(http2, "/large").body()).hasSize(30_000);
        proxy.up();
        await().untilAsserted(
                        () -> assertThat(http2(http2, "/get?name=user").body()).isEqualTo("ada"));
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

    @Test
    void clientThatHangsUp_losesNothingOfWhatItsRequestWrote_andDisturbsNobody() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Hold hold = new Hold();
        cluster.on("/write", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            hold.here();
            for (int i = 0; i < 1_000; i++) {
                response.getOutputStream().write(new byte[20_000]);
                response.flushBuffer();
            }
        });

        RawConnection connection = RawConnection.to(cluster.a());
        connection.send(RawConnection.request("GET", "/write", client.requireSessionId()));
        hold.awaitReached();
        connection.reset();
        hold.release();

        await().untilAsserted(() ->
                assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob"));
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("bob");
        assertForeignHostIsServed();
    }

    @Test
    void keptConnection_servesOtherSessionsWithoutMixingThem() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Client other = new Client();
        other.text(cluster.a(), "/set?name=user&value=bob");
        try (RawConnection connection = RawConnection.to(cluster.a())) {
            List<Response> responses = connection
                    .send(
                            RawConnection.request("GET", "/get?name=user", client.requireSessionId()),
                            RawConnection.request("GET", "/get?name=user", other.requireSessionId()),
                            RawConnection.request("GET", "/nothing", client.requireSessionId()),
                            RawConnection.request("GET", "/get?name=user", "foreign"),
                            RawConnection.request("GET", "/get?name=user", client.requireSessionId()))
                    .read(5, true);
            assertThat(responses)
                    .extracting(Response::body)
                    .containsExactly("ada", "bob", "ok", Pages.NO_SESSION, "ada");
        }
    }

    private HttpResponse<String> http2(HttpClient http, String page) throws Exception {
        int port = TomcatNode.of(cluster.a())
                .tomcat()
                .getService()
                .findConnectors()[1]
                .getLocalPort();
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Node.CONTEXT_PATH + page))
                        .header("Cookie", "JSESSIONID=" + client.requireSessionId())
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        return response;
    }

    /** A virtual host that Holdfast has no part in, behind the same connector. */
    private static void addForeignHost(Node node) {
        StandardHost host = new StandardHost();
        host.setName("foreign.test");
        Tomcat tomcat = TomcatNode.of(node).tomcat();
        tomcat.getEngine().addChild(host);
        StandardContext context = (StandardContext) tomcat.addContext(host, Node.CONTEXT_PATH, null);
        new TomcatApplication(tomcat, context, false)
                .on("/page", (request, response) -> response.getWriter().print("x".repeat(30_000)));
    }

    private void assertForeignHostIsServed() {
        try (RawConnection connection = RawConnection.to(cluster.a())) {
            Response response = connection
                    .send("GET " + Node.CONTEXT_PATH + "/page HTTP/1.1\r\nHost: foreign.test\r\n\r\n")
                    .read(1, true)
                    .get(0);
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).hasSize(30_000);
        }
    }
}
