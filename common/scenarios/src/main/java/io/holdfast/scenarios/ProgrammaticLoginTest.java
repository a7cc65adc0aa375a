package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code request.login()} in an application without a login configuration. */
@Tag(EveryEnvironment.TAG)
class ProgrammaticLoginTest {
    private final Cluster cluster = Cluster.start(node -> node.user(Logins.USER));
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        Logins.deploy(cluster::on);
        cluster.on("/log-in", (request, response) -> {
                    request.getSession();
                    request.login(Logins.USER, Logins.PASSWORD);
                })
                .on("/log-out", (request, response) -> request.logout());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void userOnOneNode_isTheUserOnTheOther() {
        client.text(cluster.a(), "/log-in");

        assertThat(client.text(cluster.b(), "/who")).startsWith("ada ada true false");
        assertThat(client.text(cluster.a(), "/who")).startsWith("ada ada true false");
    }

    @Test
    void nobodyLoggedIn_isNobody() {
        client.text(cluster.a(), "/new");

        assertThat(client.text(cluster.a(), "/who")).isEqualTo(Logins.NOBODY);
        assertThat(client.text(cluster.b(), "/who")).isEqualTo(Logins.NOBODY);
    }

    @Test
    void userWhoLogsIn_isKnownInTheSameRequest() {
        cluster.on("/enter", (request, response) -> {
            request.getSession();
            request.login(Logins.USER, Logins.PASSWORD);
            response.getWriter().print(request.getRemoteUser() + " " + request.isUserInRole(Logins.ROLE));
            request.logout();
            response.getWriter().print(" " + request.getRemoteUser() + " " + request.isUserInRole(Logins.ROLE));
        });

        assertThat(client.text(cluster.a(), "/enter")).isEqualTo("ada true null false");
    }

    @Test
    void logoutOnTheOtherNode_logsOutHere() {
        client.text(cluster.a(), "/log-in");
        client.text(cluster.b(), "/log-out");

        assertThat(client.text(cluster.a(), "/who")).isEqualTo(Logins.NOBODY);
        assertThat(client.text(cluster.b(), "/who")).isEqualTo(Logins.NOBODY);
    }

    @Test
    void authTypeAskedForFirst_isKnown() {
        cluster.on("/type", (request, response) -> {
            request.getSession();
            response.getWriter().print(request.getAuthType());
        });
        client.text(cluster.a(), "/log-in");

        assertThat(client.text(cluster.b(), "/type")).isEqualTo(client.text(cluster.a(), "/type"));
        assertThat(client.text(cluster.b(), "/type")).isNotEqualTo("null");
    }

    @Test
    void principalOfTheRealm_staysTheSameObjectOnTheNodeThatMadeIt() {
        Principal[] seen = new Principal[2];
        cluster.on("/log-in", (request, response) -> {
                    request.getSession();
                    request.login(Logins.USER, Logins.PASSWORD);
                    seen[0] = request.getUserPrincipal();
                })
                .on("/see", (request, response) -> seen[1] = request.getUserPrincipal());
        client.text(cluster.a(), "/log-in");
        client.text(cluster.b(), "/set?name=user&value=x");
        client.text(cluster.a(), "/see");

        assertThat(seen[0]).isNotNull().isSameAs(seen[1]);
    }
}
