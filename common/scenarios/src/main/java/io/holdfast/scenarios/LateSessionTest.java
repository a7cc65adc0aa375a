package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A request that asks for its session only when its response has begun gets what it would get in a stock container. */
@Tag(EveryEnvironment.TAG)
class LateSessionTest {
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private final Cluster cluster = Cluster.start(node -> {
        Application stock = node.deployStock("/stock");
        Pages.deploy(stock::on);
        deploy(stock::on);
    });

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void withoutASession_itGetsNone() throws Exception {
        deploy(cluster::on);

        assertThat(outcome(new Client()))
                .isEqualTo(outcome(Client.of("/stock")))
                .contains("IllegalState");
    }

    @Test
    void withASession_itGetsThatOne_andWhatItSetsIsStored() throws Exception {
        deploy(cluster::on);
        Client client = new Client();
        Client stock = Client.of("/stock");
        client.text(cluster.b(), "/set?name=user&value=ada");
        stock.text(cluster.a(), "/set?name=user&value=ada");

        assertThat(outcome(client)).isEqualTo(outcome(stock)).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/get?name=late")).isEqualTo("yes");
    }

    private String outcome(Client client) throws InterruptedException {
        client.text(cluster.a(), "/late");
        return outcomes.poll(10, TimeUnit.SECONDS);
    }

    private void deploy(Pages.Deployment application) {
        application.on("/late", (request, response) -> {
            response.getWriter().print("begun");
            response.flushBuffer();
            try {
                HttpSession session = request.getSession(true);
                session.setAttribute("late", "yes");
                outcomes.add(String.valueOf(session.getAttribute("user")));
            } catch (IllegalStateException e) {
                outcomes.add(e.getClass().getSimpleName());
            }
        });
    }
}
