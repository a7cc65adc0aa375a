package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who can write to Redis, but has no key, moves and changes encrypted bytes: they can be read in their own place only. */
class EncryptedPlacesTest extends ConfiguredNodes {
    private static final int FLAGS_AT = 9;
    private static final char ENCRYPTED = 1 << 5;

    @TempDir
    private Path directory;

    private KeyFile keys;
    private String id;

    @BeforeEach
    void start() {
        keys = new KeyFile(directory, KeyFile.OLD);
        use(startCluster());
        client.text(cluster.a(), "/set?name=balance&value=10");
        client.text(cluster.a(), "/set?name=limit&value=20");
        id = client.requireSessionId();
    }

    private Cluster startCluster() {
        return Cluster.start(node -> {
            node.set("encryptionKeys", keys.setting());
            node.user(Logins.USER);
            node.on("/log-in", (request, response) -> {
                        request.getSession();
                        request.login(Logins.USER, Logins.PASSWORD);
                    })
                    .on("/who", (request, response) -> response.getWriter().print(request.getRemoteUser()));
        });
    }

    @Test
    void fieldOfAnotherSession_isUnreadable() {
        Client rich = new Client();
        rich.text(cluster.a(), "/set?name=balance&value=1000000");

        records.put(id, "@balance", records.field(rich.requireSessionId(), "@balance"));

        assertBalanceIsUnreadable("belong to another session, attribute or key");
    }

    @Test
    void fieldOfAnotherAttribute_isUnreadable() {
        records.put(id, "@balance", records.field(id, "@limit"));

        assertBalanceIsUnreadable("belong to another session, attribute or key");
    }

    @Test
    void userOfAnotherSession_logsNobodyIn() {
        Client admin = new Client();
        admin.text(cluster.a(), "/log-in");
        assertThat(admin.text(cluster.b(), "/who")).isEqualTo(Logins.USER);
        String adminId = admin.requireSessionId();

        records.fields(adminId).forEach((name, content) -> {
            if (Logins.isField(name)) {
                records.put(id, name, content);
                records.put(id, "@balance", content);
            }
        });

        assertThat(client.text(cluster.b(), "/who")).isEqualTo("null");
        assertBalanceIsUnreadable("belong to another session, attribute or key");
    }

    @Test
    void recordOfAnotherApplication_isASessionWithoutReadableAttributes() {
        try (Cluster other = startCluster();
                Records others = Records.of(other);
                CapturedLog log = CapturedLog.open()) {
            assertThat(records.send("COPY", records.key(id), others.key(id)).number())
                    .isEqualTo(1);

            assertThat(client.text(other.a(), "/names")).isEqualTo("balance,limit");
            assertThat(client.text(other.a(), "/get?name=balance")).isEqualTo("null");
            assertThat(log.warnings("attribute \"balance\"", "belong to another session"))
                    .hasSize(1);
            client.text(other.a(), "/set?name=balance&value=own");
            assertThat(client.text(other.b(), "/get?name=balance")).isEqualTo("own");
        }
        assertThat(client.text(cluster.b(), "/get?name=balance")).isEqualTo("10");
    }

    @Test
    void changedByte_makesItUnreadable() {
        String content = records.field(id, "@balance");
        int last = content.length() - 1;

        records.put(id, "@balance", content.substring(0, last) + (char) (content.charAt(last) ^ 1));

        assertBalanceIsUnreadable("were changed");
    }

    @Test
    void bytesThatClaimNotToBeEncrypted_areNotRead() {
        String content = records.field(id, "@balance");
        char flags = content.charAt(FLAGS_AT);
        assertThat(flags & ENCRYPTED).isNotZero();

        records.put(
                id,
                "@balance",
                content.substring(0, FLAGS_AT) + (char) (flags & ~ENCRYPTED) + content.substring(FLAGS_AT + 1));

        assertBalanceIsUnreadable("it is not encrypted, though it should be");
    }

    private void assertBalanceIsUnreadable(String reason) {
        String bytes = records.field(id, "@balance");
        try (CapturedLog log = CapturedLog.open()) {
            assertThat(client.text(cluster.b(), "/get?name=balance")).isEqualTo("null");
            assertThat(log.warnings("attribute \"balance\"", reason)).hasSize(1);
        }
        assertThat(client.text(cluster.b(), "/get?name=limit")).isEqualTo("20");
        client.text(cluster.b(), "/set?name=limit&value=30");
        assertThat(client.text(cluster.a(), "/get?name=limit")).isEqualTo("30");
        assertThat(records.fields(id)).containsEntry("@balance", bytes);
        client.text(cluster.b(), "/set?name=balance&value=11");
        assertThat(client.text(cluster.a(), "/get?name=balance")).isEqualTo("11");
    }
}
