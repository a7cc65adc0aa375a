package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** FORM login whose steps a round-robin balancer spreads over two nodes. */
@Tag(EveryEnvironment.TAG)
class FormLoginTest {
    private static final Map<String, String> FORM = Map.of("j_username", Logins.USER, "j_password", Logins.PASSWORD);

    private final Cluster cluster = Cluster.start(node -> node.logins(Logins.Method.FORM));
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
    void loginSpreadOverBothNodes_leadsToThePageThatWasAskedFor() {
        assertThat(client.text(cluster.a(), "/private/who")).isEqualTo("please log in");
        Answer redirect = client.post(cluster.b(), "/j_security_check", FORM);

        assertThat(redirect.status()).as("%s", redirect).isBetween(302, 303);
        assertThat(pathOf(redirect)).isEqualTo("/private/who");
        assertThat(client.text(cluster.a(), "/private/who")).isEqualTo(Logins.ADA_BY_FORM);
        assertIsAdaOnBothNodes();
    }

    @Test
    void loginOnTheNodeThatServedTheForm_isKnownToTheOther() {
        client.text(cluster.a(), "/private/who");
        Answer redirect = client.post(cluster.a(), "/j_security_check", FORM);

        assertThat(client.text(cluster.b(), pathOf(redirect))).isEqualTo(Logins.ADA_BY_FORM);
        assertIsAdaOnBothNodes();
    }

    @Test
    void loginChangesTheSessionId() {
        client.text(cluster.a(), "/private/who");
        String before = client.requireSessionId();
        client.post(cluster.b(), "/j_security_check", FORM);

        assertThat(client.requireSessionId()).isNotEqualTo(before);
        assertThat(new Client(before).text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(new Client(before).text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void wrongPassword_logsNobodyInAndCanBeCorrectedOnTheOtherNode() {
        client.text(cluster.a(), "/private/who");
        Answer wrong =
                client.post(cluster.b(), "/j_security_check", Map.of("j_username", Logins.USER, "j_password", "guess"));
        assertThat(wrong.text()).isEqualTo("wrong password");
        assertThat(client.text(cluster.a(), "/private/who")).isEqualTo("please log in");
        client.post(cluster.b(), "/j_security_check", FORM);

        assertIsAdaOnBothNodes();
    }

    @Test
    void logoutOnOneNode_logsOutOnTheOther() {
        logIn();
        client.text(cluster.a(), "/private/logout");

        assertThat(client.text(cluster.b(), "/private/who")).isEqualTo("please log in");
        assertThat(client.text(cluster.a(), "/private/who")).isEqualTo("please log in");
        assertThat(client.text(cluster.b(), "/who")).isEqualTo(Logins.NOBODY);
    }

    @Test
    void sessionInvalidatedOnOneNode_logsOutOnTheOther() {
        logIn();
        client.text(cluster.a(), "/invalidate");

        assertThat(client.text(cluster.b(), "/private/who")).isEqualTo("please log in");
    }

    @Test
    void redisHoldsNeitherThePasswordNorAnySecretOfASession() {
        client.post(cluster.a(), "/private/order", Map.of("item", "bread"));
        assertHoldsNoSecret(client.requireSessionId());
        client.post(cluster.b(), "/j_security_check", FORM);
        assertHoldsNoSecret(client.requireSessionId());
        client.text(cluster.a(), "/private/who");
        client.text(cluster.b(), "/set?name=user&value=x");
        assertHoldsNoSecret(client.requireSessionId());
    }

    @Test
    void applicationSeesNothingOfTheLoginAmongItsAttributes() {
        logIn();

        assertThat(client.text(cluster.a(), "/names")).isEmpty();
        assertThat(client.text(cluster.b(), "/names")).isEmpty();
    }

    private void logIn() {
        client.text(cluster.a(), "/private/who");
        client.post(cluster.b(), "/j_security_check", FORM);
        assertIsAdaOnBothNodes();
    }

    private void assertIsAdaOnBothNodes() {
        for (int i = 0; i < 2; i++) {
            assertThat(client.text(cluster.a(), "/private/who")).isEqualTo(Logins.ADA_BY_FORM);
            assertThat(client.text(cluster.b(), "/private/who")).isEqualTo(Logins.ADA_BY_FORM);
            assertThat(client.text(cluster.b(), "/who")).isEqualTo(Logins.ADA_BY_FORM);
        }
    }

    private void assertHoldsNoSecret(String sessionId) {
        assertThat(records.fields(sessionId))
                .isNotEmpty()
                .allSatisfy((field, content) -> assertThat(field + content)
                        .doesNotContain(Logins.PASSWORD)
                        .doesNotContain(Records.secret(sessionId)));
    }

    /** Where a redirect leads to, within the application. */
    private static String pathOf(Answer redirect) {
        URI location = URI.create(redirect.location().orElseThrow());
        String path = location.getPath().substring(Node.CONTEXT_PATH.length());
        return location.getQuery() == null ? path : path + "?" + location.getQuery();
    }
}
