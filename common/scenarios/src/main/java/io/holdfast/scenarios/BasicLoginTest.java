package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** BASIC login in a session that both nodes serve. */
@Tag(EveryEnvironment.TAG)
class BasicLoginTest {
    private final Cluster cluster = Cluster.start(node -> node.logins(Logins.Method.BASIC));
    private final Records records = Records.of(cluster);
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        Logins.deploy(cluster::on);
    }

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
    }

    @Test
    void userOfOneSession_isKnownToBothNodes() {
        logIn();

        for (int i = 0; i < 2; i++) {
            assertThat(client.get(cluster.b(), "/private/who", Logins.credentials())
                            .text())
                    .isEqualTo(Logins.ADA_BY_BASIC);
            assertThat(client.get(cluster.a(), "/private/who", Logins.credentials())
                            .text())
                    .isEqualTo(Logins.ADA_BY_BASIC);
        }
    }

    @Test
    void loginChangesTheSessionId() {
        client.text(cluster.a(), "/new");
        String before = client.requireSessionId();
        client.get(cluster.b(), "/private/who", Logins.credentials());

        assertThat(client.requireSessionId()).isNotEqualTo(before);
        assertThat(new Client(before).text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void redisHoldsNeitherThePasswordNorTheSecretOfTheSession() {
        logIn();
        String id = client.requireSessionId();

        assertThat(records.fields(id))
                .isNotEmpty()
                .allSatisfy((field, content) -> assertThat(field + content)
                        .doesNotContain(Logins.PASSWORD)
                        .doesNotContain(Records.secret(id)));
    }

    /** In a session that exists. */
    private void logIn() {
        client.text(cluster.a(), "/new");
        assertThat(client.get(cluster.a(), "/private/who").status()).isEqualTo(401);
        assertThat(client.get(cluster.a(), "/private/who", Logins.credentials()).text())
                .isEqualTo(Logins.ADA_BY_BASIC);
    }
}
