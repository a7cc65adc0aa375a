package io.holdfast.jetty.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Logins;
import io.holdfast.scenarios.Node;
import io.holdfast.scenarios.Records;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.DigestAuthenticator;
import org.eclipse.jetty.security.authentication.SslClientCertAuthenticator;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.util.security.Credential;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of logins of less usual kinds on another node. */
class LoginKindsTest {
    private static final String PATH = "/app/private/who";
    private static final Map<String, String> FORM = Map.of("j_username", Logins.USER, "j_password", Logins.PASSWORD);

    /** Of CN=ada, signed by itself. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBdDCCARmgAwIBAgIUBkDcTdWUMrDLiuWRtR5+HAs7ovYwCgYIKoZIzj0EAwIw
            DjEMMAoGA1UEAwwDYWRhMCAXDTI2MTEyODE2MDA0NFoYDzIxMjYxMTA0MTYwMDQ0
            WjAOMQwwCgYDVQQDDANhZGEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ0iPa3
            eAPer02+jaG2nbAE4mrOvgIxjy8ix3llyWa+JOmyZkgG10C30R9szl4Exk0/+t+H
            Ev+dszFfoz8hOoPZo1MwUTAdBgNVHQ4EFgQUxmVbFwDgeevGdjNaKP/s8cepPHAw
            HwYDVR0jBBgwFoAUxmVbFwDgeevGdjNaKP/s8cepPHAwDwYDVR0TAQH/BAUwAwEB
            /zAKBggqhkjOPQQDAgNJADBGAiEAmdXp98lm/UslrSxj6tr4CQuu7yqG/TGknYR+
            EXNLzwQCIQCjkOlu0KiWW+7bJGjmxzs/ZccbtnPZQekTITO0Tj4Y7Q==
            -----END CERTIFICATE-----
            """;

    private final Client client = new Client();

    @SuppressWarnings("NullAway.Init") // every test calls start
    private Cluster cluster;

    @AfterEach
    void stop() {
        try (Records records = Records.of(cluster)) {
            assertThat(records.fields(client.requireSessionId()))
                    .isNotEmpty()
                    .allSatisfy((field, content) -> assertThat(content).doesNotContain(Logins.PASSWORD));
        }
        cluster.close();
    }

    @Test
    void formLoginWhosePasswordIsComparedAtEachRequest_isAskedForAgainOnTheOtherNode() {
        start(node -> ((HashLoginService) security(node).getLoginService()).setFullValidate(true));
        client.text(cluster.a(), "/private/who");
        client.post(cluster.a(), "/j_security_check", FORM);
        assertThat(client.text(cluster.a(), "/private/who")).isEqualTo(Logins.ADA_BY_FORM);

        assertThat(client.text(cluster.b(), "/private/who")).isEqualTo("please log in");
        client.post(cluster.b(), "/j_security_check", FORM);
        assertThat(client.text(cluster.b(), "/private/who")).isEqualTo(Logins.ADA_BY_FORM);
    }

    @Test
    void digest_isAnsweredToAnewForTheOtherNode_andTheSessionStays() {
        start(node -> security(node).setAuthenticator(new DigestAuthenticator()));
        client.text(cluster.a(), "/set?name=item&value=bread");
        Answer challenge = client.get(cluster.a(), "/private/who");
        assertThat(challenge.status()).isEqualTo(401);
        String[] answered = digest(challenge);
        assertThat(client.get(cluster.a(), "/private/who", answered).text()).startsWith("ada ada true false");

        Answer stale = client.get(cluster.b(), "/private/who", answered);
        assertThat(stale.status()).isEqualTo(401);
        assertThat(client.get(cluster.b(), "/private/who", digest(stale)).text())
                .startsWith("ada ada true false");
        assertThat(client.text(cluster.b(), "/get?name=item")).isEqualTo("bread");
        assertThat(client.text(cluster.a(), "/get?name=item")).isEqualTo("bread");
    }

    @Test
    void clientCertificate_isKnownOnEachNode_andTheSessionIsShared() {
        start(LoginKindsTest::trustCertificate);
        client.text(cluster.a(), "/set?name=item&value=bread");
        String before = client.requireSessionId();

        assertThat(client.text(cluster.a(), "/private/who")).isEqualTo("CN=ada CN=ada true false CLIENT_CERT");
        assertThat(client.requireSessionId()).isNotEqualTo(before);
        assertThat(client.text(cluster.b(), "/private/who")).isEqualTo("CN=ada CN=ada true false CLIENT_CERT");
        assertThat(client.text(cluster.b(), "/get?name=item")).isEqualTo("bread");
        assertThat(new Client(before).text(cluster.b(), "/id")).isEqualTo("no session");
    }

    private void start(Consumer<Node> more) {
        cluster = Cluster.start(node -> {
            node.logins(Logins.Method.FORM);
            more.accept(node);
        });
        Logins.deploy(cluster::on);
    }

    private static SecurityHandler security(Node node) {
        return ((ServletContextHandler) ((JettyApplication) node.application()).handler()).getSecurityHandler();
    }

    private static void trustCertificate(Node node) {
        UserStore users = new UserStore();
        users.addUser("CN=ada", Credential.getCredential(""), new String[] {Logins.ROLE});
        ((HashLoginService) security(node).getLoginService()).setUserStore(users);
        SslClientCertAuthenticator authenticator = new SslClientCertAuthenticator(new SslContextFactory.Server());
        authenticator.setValidateCerts(false);
        security(node).setAuthenticator(authenticator);
        EndPoint.SslSessionData connection =
                EndPoint.SslSessionData.from(null, null, null, new X509Certificate[] {certificate()});
        ((JettyNode) node)
                .server()
                .getConnectors()[0]
                .getConnectionFactory(HttpConnectionFactory.class)
                .getHttpConfiguration()
                .addCustomizer((request, headers) -> {
                    request.setAttribute(EndPoint.SslSessionData.ATTRIBUTE, connection);
                    return request;
                });
    }

    private static X509Certificate certificate() {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(CERTIFICATE.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The header that answers a challenge, as RFC 7616 says; Jetty 12.0 names an older algorithm. */
    private static String[] digest(Answer challenge) {
        String nonce = part(challenge, "nonce");
        String realm = part(challenge, "realm");
        String algorithm = part(challenge, "algorithm");
        String user = hash(algorithm, Logins.USER + ":" + realm + ":" + Logins.PASSWORD);
        String page = hash(algorithm, "GET:" + PATH);
        String response = hash(algorithm, user + ":" + nonce + ":00000001:client:auth:" + page);
        String value =
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", qop=auth, nc=00000001, cnonce=\"client\","
                        + " algorithm=%s, opaque=\"%s\", response=\"%s\"";
        return new String[] {
            "Authorization",
            value.formatted(Logins.USER, realm, nonce, PATH, algorithm, part(challenge, "opaque"), response)
        };
    }

    private static String part(Answer challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"?([^\",]*)").matcher(challengeOf(challenge));
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String challengeOf(Answer answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
