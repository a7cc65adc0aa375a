package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Meeting;
import io.holdfast.scenarios.Node;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests of one session that share a connection, as streams of HTTP/2. */
class Http2Test {
    private static final int STREAMS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri(), Http2Test::connectHttp2);
    private final Client client = new Client();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .connectTimeout(PATIENCE)
            .build();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void streamsThatWorkAtTheSameTime_areAllStored() {
        Meeting meeting = new Meeting(STREAMS);
        cluster.on("/add", (request, response) -> {
            HttpSession session = request.getSession();
            meeting.await();
            session.setAttribute(request.getParameter("name"), "x");
        });
        client.text(cluster.a(), "/set?name=n&value=x");
        assertThat(ask("/nothing").join().version()).isEqualTo(HttpClient.Version.HTTP_2);

        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, STREAMS)
                .mapToObj(i -> ask("/add?name=n" + i))
                .toList();

        assertThat(answers).allMatch(answer -> answer.join().statusCode() == 200);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("n,n0,n1,n2,n3,n4,n5,n6,n7,n8,n9");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void changeBehindTheFirstByte_isStored_beforeTheStreamEnds() throws Exception {
        Hold hold = new Hold();
        cluster.on("/stream", (request, response) -> {
            request.getSession();
            response.getWriter().print("begun");
            response.flushBuffer();
            hold.here();
            request.getSession().setAttribute("late", "yes");
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        HttpResponse<InputStream> begun = http.sendAsync(request("/stream").build(), BodyHandlers.ofInputStream())
                .get(10, TimeUnit.SECONDS);
        hold.awaitReached();
        Pause commit = proxy.pauseBefore("EXEC");
        CompletableFuture<Integer> length = CompletableFuture.supplyAsync(() -> length(begun));
        hold.release();
        commit.awaitReached();

        assertThat(length).isNotDone();
        commit.release();

        assertThat(length.get(10, TimeUnit.SECONDS)).isEqualTo("begun".length());
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("yes");
    }

    @Test
    void refusedStream_isAnsweredWith503_andTheNextOneIsServed() {
        cluster.on("/write", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            proxy.down();
            response.getOutputStream().write(new byte[20_000]);
        });
        client.text(cluster.a(), "/set?name=user&value=ada");

        assertThat(ask("/write").join().statusCode()).isEqualTo(503);

        proxy.up();
        await().until(() -> ask("/get?name=user").join().body().equals("ada"));
    }

    @Test
    void streamThatTheClientResets_isStored_andLeavesNothingBehind() {
        Hold hold = new Hold();
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()))
                .on("/work", (request, response) -> {
                    request.getSession().setAttribute("before", "x");
                    hold.here();
                    request.getSession().setAttribute("after", "x");
                    response.getWriter().print("done");
                });
        client.text(cluster.a(), "/create");
        CompletableFuture<HttpResponse<String>> working = ask("/work");
        hold.awaitReached();
        working.cancel(true);
        hold.release();

        await().untilAsserted(
                        () -> assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before,cart"));
        assertThat(ask("/nothing").join().body()).isEqualTo("ok");
    }

    @Test
    void bodyThatTheClientSendsWhenItIsAskedTo_isStored() {
        cluster.on("/upload", (request, response) -> {
            request.getSession().setAttribute("before", "x");
            request.getSession().setAttribute("length", request.getInputStream().readAllBytes().length);
        });
        client.text(cluster.a(), "/set?name=user&value=ada");

        HttpResponse<String> answer = http.sendAsync(
                        request("/upload")
                                .expectContinue(true)
                                .POST(BodyPublishers.ofByteArray(new byte[100_000]))
                                .build(),
                        BodyHandlers.ofString())
                .join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/get?name=length")).isEqualTo("100000");
    }

    private CompletableFuture<HttpResponse<String>> ask(String path) {
        return http.sendAsync(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        Server server = ((JettyNode) cluster.a()).server();
        int port = ((ServerConnector) server.getConnectors()[1]).getLocalPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Node.CONTEXT_PATH + path))
                .header("Cookie", "JSESSIONID=" + client.requireSessionId())
                .timeout(PATIENCE);
    }

    private static int length(HttpResponse<InputStream> response) {
        try {
            return response.body().readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void connectHttp2(Node node) {
        Server server = ((JettyNode) node).server();
        HttpConfiguration configuration = new HttpConfiguration();
        ServerConnector connector = new ServerConnector(
                server, new HttpConnectionFactory(configuration), new HTTP2CServerConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }
}
