package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A form whose submission has to wait for a login becomes what a stock container makes of it, whichever nodes are asked. */
@Tag(EveryEnvironment.TAG)
class PostBeforeLoginTest {
    private final Cluster cluster = Cluster.start(node -> {
        node.logins(Logins.Method.FORM);
        Application stock = node.deployStock("/stock");
        stock.logins(Logins.Method.FORM);
        deploy(stock::on);
    });

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void formThatWasPostedBeforeTheLogin_isReplayedOnTheOtherNode_asOnOneNode() {
        deploy(cluster::on);
        String onOneNode = order(Client.of("/stock"), "/stock", cluster.a());

        assertThat(order(new Client(), Node.CONTEXT_PATH, cluster.b())).isEqualTo(onOneNode);
        assertThat(onOneNode).endsWith(" query");
    }

    /** Submits a form to node a, logs in on {@code other}, and follows where that leads to, on node a. */
    private String order(Client client, String contextPath, Node other) {
        Answer login =
                client.post(cluster.a(), "/private/order?x=query", Map.of("item", "br\u00f6tchen & co", "amount", "3"));
        assertThat(login.text()).isEqualTo("please log in");
        Answer redirect = client.post(
                other, "/j_security_check", Map.of("j_username", Logins.USER, "j_password", Logins.PASSWORD));
        URI location = URI.create(redirect.location().orElseThrow());
        assertThat(location.getPath()).isEqualTo(contextPath + "/private/order");
        return client.text(cluster.a(), "/private/order?" + location.getQuery());
    }

    private static void deploy(Pages.Deployment application) {
        Logins.deploy(application);
        application.on(
                "/private/order",
                (request, response) -> response.getWriter()
                        .print(request.getMethod() + " " + request.getParameter("item") + " "
                                + request.getParameter("amount") + " " + request.getParameter("x")));
    }
}
