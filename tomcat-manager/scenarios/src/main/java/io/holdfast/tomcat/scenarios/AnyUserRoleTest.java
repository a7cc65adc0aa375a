package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Logins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The role {@code **} of the Servlet specification, that of everybody who has logged in. */
class AnyUserRoleTest extends ConfiguredNodes {
    @BeforeEach
    void start() {
        use(Cluster.start(node -> node.user(Logins.USER)));
        cluster.on("/log-in", (request, response) -> {
            request.getSession();
            request.login(Logins.USER, Logins.PASSWORD);
        });
    }

    @Test
    void ofAUserWhoLogsIn_isKnownInTheSameRequest() {
        cluster.on("/enter", (request, response) -> {
            request.getSession();
            request.login(Logins.USER, Logins.PASSWORD);
            response.getWriter().print(request.isUserInRole("**"));
            request.logout();
            response.getWriter().print(" " + request.isUserInRole("**"));
        });

        assertThat(client.text(cluster.a(), "/enter")).isEqualTo("true false");
    }

    @Test
    void anyUserRole_isNotGivenToNobody() {
        cluster.on("/any", (request, response) -> response.getWriter().print(request.isUserInRole("**")));
        client.text(cluster.a(), "/new");

        assertThat(client.text(cluster.b(), "/any")).isEqualTo("false");
        client.text(cluster.a(), "/log-in");
        assertThat(client.text(cluster.b(), "/any")).isEqualTo("true");
        assertThat(client.text(cluster.a(), "/any")).isEqualTo("true");
    }
}
