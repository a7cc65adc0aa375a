package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Logins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BASIC login: what Tomcat, unlike others, remembers of it in a session is remembered by all nodes. */
class RememberedBasicLoginTest extends ConfiguredNodes {
    @BeforeEach
    void logIn() {
        use(Cluster.start(node -> node.logins(Logins.Method.BASIC)));
        Logins.deploy(cluster::on);
        client.text(cluster.a(), "/new"); // otherwise Tomcat has nowhere to remember the user
        assertThat(client.get(cluster.a(), "/private/who").status()).isEqualTo(401);
        assertThat(client.get(cluster.a(), "/private/who", Logins.credentials()).text())
                .isEqualTo(Logins.ADA_BY_BASIC);
        assertThat(records.fields(client.requireSessionId())).containsKey("$principal");
    }

    @Test
    void userWhoLoggedInOnOneNode_isKnownToTheOtherWithoutCredentials() {
        for (int i = 0; i < 2; i++) {
            assertThat(client.text(cluster.b(), "/private/who")).isEqualTo(Logins.ADA_BY_BASIC);
            assertThat(client.text(cluster.a(), "/private/who")).isEqualTo(Logins.ADA_BY_BASIC);
            assertThat(client.text(cluster.b(), "/who")).isEqualTo(Logins.ADA_BY_BASIC);
        }
    }

    @Test
    void logoutOnOneNode_logsOutOnTheOther() {
        client.text(cluster.b(), "/private/logout");

        assertThat(client.get(cluster.a(), "/private/who").status()).isEqualTo(401);
        assertThat(client.get(cluster.b(), "/private/who").status()).isEqualTo(401);
    }
}
