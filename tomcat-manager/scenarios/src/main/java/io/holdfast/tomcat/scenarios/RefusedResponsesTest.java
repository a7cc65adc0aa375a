package io.holdfast.tomcat.scenarios;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Node;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the protocol and the application's encoding, a client whose session could not be stored reads why. */
class RefusedResponsesTest {
    private static final String WHY = "The session store does not answer. Your session is kept; please try again.";

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri(), OtherProtocolsTest::addConnectors);
    private final Client client = new Client();

    @BeforeEach
    void prepare() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/large", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            proxy.down();
            response.getWriter().print("x".repeat(20_000));
        });
    }

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
    void large_sayWhyInPlaceOfTheirBody_andTheConnectionGoesOn(HttpClient.Version version) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .version(version)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        for (int round = 0; round < 3; round++) {
            HttpResponse<String> get = send(http, "GET", "/large");
            assertThat(get.statusCode()).isEqualTo(503);
            assertThat(get.body()).isEqualTo(WHY);
            assertThat(get.headers().firstValue("Content-Type")).hasValue("text/plain");
            proxy.up();
            HttpResponse<String> head = send(http, "HEAD", "/large");
            assertThat(head.statusCode()).isEqualTo(503);
            assertThat(head.body()).isEmpty();
            proxy.up();
            assertThat(send(http, "GET", "/nothing").body()).isEqualTo("ok");
        }
    }

    @Test
    void ajp_large_sayWhyInPlaceOfTheirBody() throws Exception {
        try (AjpClient front = new AjpClient(OtherProtocolsTest.port(cluster.a(), 1))) {
            front.sendGet("/app/large", requireNonNull(client.sessionId()));
            assertThat(front.nextPacket()).isEqualTo(AjpClient.SEND_HEADERS);
            assertThat(front.nextPacket()).isEqualTo(AjpClient.SEND_BODY);
            assertThat(front.nextPacket()).isEqualTo(AjpClient.END_RESPONSE);
        }
    }

    @Test
    void small_areErrorPagesOfTomcats_inItsEncoding() {
        cluster.on("/small", (request, response) -> {
            request.getSession().setAttribute("user", "bob");
            response.setContentType("text/html;charset=ISO-8859-1");
            response.getWriter().print("x");
            proxy.down();
        });

        Answer answer = client.get(cluster.a(), "/small");

        assertThat(answer.body()).contains("503 –", WHY);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .isEqualToIgnoringCase("text/html;charset=utf-8");
    }

    private HttpResponse<String> send(HttpClient http, String method, String path)
            throws IOException, InterruptedException {
        int port = OtherProtocolsTest.port(cluster.a(), 2);
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + Node.CONTEXT_PATH + path))
                        .method(method, BodyPublishers.noBody())
                        .header("Cookie", "JSESSIONID=" + client.sessionId())
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
    }
}
