package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Logins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users of an application without a login configuration, of whom Tomcat asks again in the same request. */
class AuthenticateAgainTest extends ConfiguredNodes {
    @BeforeEach
    void start() {
        use(Cluster.start(node -> node.user(Logins.USER)));
        Logins.deploy(cluster::on);
        cluster.on("/log-in", (request, response) -> {
            request.getSession();
            request.login(Logins.USER, Logins.PASSWORD);
        });
        cluster.on(
                "/again",
                (request, response) ->
                        response.getWriter().print(request.authenticate(response) + " " + request.getRemoteUser()));
    }

    @Test
    void userWhoLoggedInBefore_isStillTheUser() {
        client.text(cluster.a(), "/log-in");

        assertThat(client.get(cluster.a(), "/again").body()).isEqualTo("true ada");
        assertThat(client.get(cluster.a(), "/who").body()).startsWith("ada ada true false");
        assertThat(client.get(cluster.b(), "/who").body()).startsWith("ada ada true false");
    }

    @Test
    void userWhoLoggedInOnAnotherNode_isStillTheUser() {
        client.text(cluster.a(), "/log-in");

        assertThat(client.get(cluster.b(), "/again").body()).isEqualTo("true ada");
        assertThat(client.get(cluster.b(), "/who").body()).startsWith("ada ada true false");
        assertThat(client.get(cluster.a(), "/who").body()).startsWith("ada ada true false");
    }

    @Test
    void userBehindAnAsyncDispatch_isTheOneBeforeIt() {
        cluster.on("/async", (request, response) -> request.startAsync().dispatch("/who"))
                .on("/async-read", (request, response) -> {
                    request.getRemoteUser();
                    request.startAsync().dispatch("/who");
                })
                .on("/async-login", (request, response) -> {
                    request.getSession();
                    request.login(Logins.USER, Logins.PASSWORD);
                    request.startAsync().dispatch("/who");
                })
                .on("/async-logout", (request, response) -> {
                    request.logout();
                    request.startAsync().dispatch("/who");
                });
        assertThat(client.get(cluster.a(), "/async-login").body()).startsWith("ada ada true false");
        assertThat(client.get(cluster.b(), "/async").body()).startsWith("ada ada true false");
        assertThat(client.get(cluster.a(), "/async-read").body()).startsWith("ada ada true false");
        assertThat(client.get(cluster.b(), "/async-logout").body()).startsWith("null null false false");
        assertThat(client.get(cluster.a(), "/async").body()).startsWith("null null false false");
    }
}
