package io.holdfast.tomcat.scenarios;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.ajp.AbstractAjpProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Behind a connector of another protocol the session is committed before the first byte all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherProtocolsTest {
    private static final String LARGE_BODY = "x".repeat(20_000);

    private Cluster cluster;

    @BeforeAll
    void start() {
        cluster = Cluster.start(OtherProtocolsTest::addConnectors);
    }

    /** One of AJP, and behind it one of HTTP/2. */
    static void addConnectors(Node node) {
        Connector ajp = new Connector("AJP/1.3");
        ((AbstractAjpProtocol<?>) ajp.getProtocolHandler()).setSecretRequired(false);
        ajp.setProperty("address", "127.0.0.1");
        ajp.setPort(0);
        TomcatNode.of(node).tomcat().getService().addConnector(ajp);
        Connector http2 = new Connector();
        http2.setProperty("address", "127.0.0.1");
        http2.setPort(0);
        http2.addUpgradeProtocol(new Http2Protocol());
        TomcatNode.of(node).tomcat().getService().addConnector(http2);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void ajp_bodyThatOverflowsTheBuffer_leavesBehindTheCommit() throws Exception {
        Client client = new Client();
        client.text(cluster.a(), "/set?name=x&value=old");
        Hold hold = new Hold();
        cluster.on("/large", (request, response) -> {
            request.getSession().setAttribute("x", "new");
            response.getWriter().print(LARGE_BODY);
            hold.here();
        });

        try (AjpClient front = new AjpClient(port(cluster.a(), 1))) {
            front.sendGet("/app/large", requireNonNull(client.sessionId()));
            assertThat(front.nextPacket()).isEqualTo(AjpClient.SEND_HEADERS);
            assertThat(client.text(cluster.b(), "/get?name=x")).isEqualTo("new");
            hold.release();
            int packet = front.nextPacket();
            while (packet == AjpClient.SEND_BODY) {
                packet = front.nextPacket();
            }
            assertThat(packet).isEqualTo(AjpClient.END_RESPONSE);
        }
    }

    @Test
    void http2_streamsOfOneConnection_commitEachItsOwn() throws Exception {
        Client client = new Client();
        client.text(cluster.a(), "/set?name=start&value=1");
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10))
                .build();

        for (int i = 0; i < 10; i++) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port(cluster.a(), 2) + Node.CONTEXT_PATH
                                    + "/set?name=n" + i + "&value=" + i))
                            .header("Cookie", "JSESSIONID=" + client.sessionId())
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(client.text(cluster.b(), "/get?name=n" + i)).isEqualTo(String.valueOf(i));
        }
    }

    static int port(Node node, int connector) {
        return TomcatNode.of(node)
                .tomcat()
                .getService()
                .findConnectors()[connector]
                .getLocalPort();
    }
}
