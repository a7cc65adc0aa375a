package io.holdfast.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.RawConnection.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that asks whether its body is wanted: the answer to that is not the response, and commits nothing by itself. */
class ExpectContinueTest {
    private static final String BODY = "bread";

    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void sessionThatIsWrittenBeforeAndAfterTheBodyIsRead_isStored_inOneCommit() {
        cluster.on("/upload", (request, response) -> {
            request.getSession().setAttribute("before", "x");
            String body = new String(request.getInputStream().readAllBytes(), UTF_8);
            request.getSession().setAttribute("body", body);
            response.getWriter().print("took " + body);
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        long commits = cluster.commits();
        try (RawConnection connection = RawConnection.to(cluster.a())) {
            Response interim = connection.send(head("/upload")).read(1, true).get(0);
            assertThat(interim.status()).isEqualTo(100);
            assertThat(client.text(cluster.b(), "/names")).isEqualTo("user");

            Response response = connection.send(BODY).read(1, true).get(0);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("took bread");
        }
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("before,body,user");
        assertThat(cluster.commits()).isEqualTo(commits + 1);
    }

    @Test
    void sessionOfARequestWhoseBodyIsNotWanted_isStored() {
        cluster.on("/refuse", (request, response) -> {
            request.getSession().setAttribute("refused", "x");
            response.setStatus(413);
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        try (RawConnection connection = RawConnection.to(cluster.a())) {
            Response response = connection.send(head("/refuse")).read(1, true).get(0);
            if (response.status() == 100) { // Tomcat answers at once
                response = connection.send(BODY).read(1, true).get(0);
            }
            assertThat(response.status()).isEqualTo(413);
        }
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("refused,user");
    }

    private String head(String path) {
        return RawConnection.request("POST", path, client.requireSessionId())
                .replace("\r\n\r\n", "\r\nExpect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n\r\n");
    }
}
