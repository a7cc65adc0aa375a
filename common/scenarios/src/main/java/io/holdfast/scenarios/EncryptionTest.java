package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes and users encrypted in Redis: nobody reads or moves them there, and switching it on or over costs nobody a session. */
class EncryptionTest extends ConfiguredNodes {
    private static final String USER = "ada-of-the-analytical-engine";
    private static final String CONTENT = "diagnosis-nobody-should-read";

    /** Text is stored with a mark on its last character. */
    private static final String READABLE = CONTENT.substring(0, 9);

    @TempDir
    private Path directory;

    private KeyFile keys;
    private long versionAfterFilling;

    @BeforeEach
    void start() {
        keys = new KeyFile(directory, "# keys of the shop", "", KeyFile.OLD);
        start(true);
    }

    private void start(boolean encrypted) {
        use(Cluster.start(node -> {
            if (encrypted) {
                node.set("encryptionKeys", keys.setting());
            }
            node.user(USER);
            deploy(node);
        }));
    }

    private static void deploy(Node node) {
        node.on("/log-in", (request, response) -> {
                    if (request.getUserPrincipal() != null) {
                        request.logout();
                    }
                    request.getSession();
                    request.login(USER, Logins.PASSWORD);
                })
                .on("/who", (request, response) -> response.getWriter().print(request.getRemoteUser()))
                .on(
                        "/list",
                        (request, response) -> request.getSession()
                                .setAttribute("list", new ArrayList<>(List.of(CONTENT, request.getParameter("value")))))
                .on(
                        "/add",
                        (request, response) ->
                                list(request.getSession().getAttribute("list")).add(request.getParameter("value")));
    }

    @SuppressWarnings("unchecked") // set above
    private static List<String> list(Object attribute) {
        return (List<String>) attribute;
    }

    @Test
    void redisShowsNothingOfAttributesAndUser_andBothNodesReadThem() {
        fillSession();

        assertThat(records.fields(client.requireSessionId()).values())
                .noneMatch(content -> content.contains(READABLE))
                .noneMatch(content -> content.contains("ArrayLis"))
                .noneMatch(content -> content.contains(USER.substring(0, 9)))
                .noneMatch(content -> content.contains(Logins.ROLE));
        assertSessionIsWholeOn(cluster.a());
        assertSessionIsWholeOn(cluster.b());
        assertThat(cluster.sum(Figure.UNREADABLE_ATTRIBUTES)).isZero();
    }

    @Test
    void onlyWhatChangedIsWritten_thoughTwoSealsOfOneValueDiffer() {
        fillSession();
        String before = field("@list");
        Map<String, String> user = loginFields();
        client.text(cluster.b(), "/get?name=list");
        client.text(cluster.b(), "/set?name=name&value=" + CONTENT);
        assertThat(records.version(client.requireSessionId())).isEqualTo(versionAfterFilling);

        client.text(cluster.b(), "/add?value=more");

        assertThat(field("@list")).isNotEqualTo(before);
        assertThat(loginFields()).isNotEmpty().isEqualTo(user);
        assertThat(client.text(cluster.a(), "/get?name=list")).contains(CONTENT, "more");
    }

    @Test
    void keysAreExchangedNodeByNode_andNobodyLosesAnything() {
        fillSession();

        keys.write(KeyFile.OLD, KeyFile.NEW);
        restartOneByOne();
        assertThat(client.text(cluster.a(), "/list?value=second")).isEmpty();
        assertThat(field("@list")).contains(KeyFile.OLD_ID);

        keys.write(KeyFile.NEW, KeyFile.OLD);
        cluster.a().restart();
        client.text(cluster.a(), "/list?value=third");
        assertThat(field("@list")).contains(KeyFile.NEW_ID);
        assertThat(client.text(cluster.b(), "/get?name=list")).contains("third");
        client.text(cluster.b(), "/list?value=fourth");
        assertThat(field("@list")).contains(KeyFile.OLD_ID);
        assertSessionIsWholeOn(cluster.a());
        cluster.b().restart();
        assertSessionIsWholeOn(cluster.b());
        assertThat(cluster.sum(Figure.UNREADABLE_ATTRIBUTES)).isZero();
    }

    @Test
    void onceTheOldKeyIsGone_whatWasSetSinceIsThereEvenIfItWasSetToTheSame_whatWasNotIsUnreadable() {
        fillSession();
        Client untouched = client;
        Client rewritten = new Client();
        fillSession(rewritten, "same");
        keys.write(KeyFile.NEW, KeyFile.OLD);
        restartOneByOne();
        fillSession(rewritten, "same");
        keys.write(KeyFile.NEW);

        restartOneByOne();

        assertThat(rewritten.text(cluster.b(), "/get?name=name")).isEqualTo("same");
        assertThat(rewritten.text(cluster.b(), "/get?name=list")).contains("same");
        assertThat(rewritten.text(cluster.b(), "/who")).isEqualTo(USER);
        try (CapturedLog log = CapturedLog.open()) {
            assertThat(untouched.text(cluster.b(), "/get?name=list")).isEqualTo("null");
            assertThat(untouched.text(cluster.b(), "/who")).isEqualTo("null");
            assertThat(log.warnings("attribute \"list\"", KeyFile.OLD_ID, "this node does not have"))
                    .hasSize(1);
        }
        untouched.text(cluster.b(), "/set?name=name&value=x");
        assertThat(field("@list")).as("its bytes stay").contains(KeyFile.OLD_ID);
    }

    @Test
    void nodeWithoutTheKey_readsNothing_andTheBytesStay() {
        fillSession();
        String bytes = field("@list");
        try (CapturedLog log = CapturedLog.open();
                Node without = cluster.startAnother(
                        node -> node.set("encryptionKeys", new KeyFile(directory, KeyFile.NEW).setting()))) {
            assertThat(client.text(without, "/get?name=list")).isEqualTo("null");
            assertThat(client.text(without, "/who")).isEqualTo("null");
            assertThat(client.text(without, "/names")).isEqualTo("list,name");
            client.text(without, "/set?name=other&value=x");
            assertThat(log.warnings("attribute \"list\"", KeyFile.OLD_ID)).hasSize(1);
        }
        assertThat(field("@list")).isEqualTo(bytes);
        assertThat(client.text(cluster.a(), "/get?name=list")).contains(CONTENT);
        assertThat(client.text(cluster.a(), "/who")).isEqualTo(USER);
        assertThat(client.text(cluster.a(), "/get?name=other"))
                .as("sealed with a key only the other had")
                .isEqualTo("null");
    }

    @Test
    void switchedOnNodeByNode_readsWhatIsNotEncryptedUntilToldNotTo() {
        closeNodes();
        start(false);
        fillSession();
        assertThat(field("@list")).contains(READABLE);
        cluster.a().set("acceptUnencrypted", "true").set("encryptionKeys", keys.setting());
        cluster.b().set("acceptUnencrypted", "true").set("encryptionKeys", keys.setting());
        cluster.a().restart();

        assertSessionIsWholeOn(cluster.a());
        client.text(cluster.a(), "/list?value=sealed");
        assertThat(field("@list")).doesNotContain(READABLE);
        try (CapturedLog log = CapturedLog.open()) {
            assertThat(client.text(cluster.b(), "/get?name=list")).isEqualTo("null");
            assertThat(log.warnings("attribute \"list\"", "encryptionKeys")).hasSize(1);
        }
        cluster.b().restart();
        assertSessionIsWholeOn(cluster.b());

        cluster.a().set("acceptUnencrypted", "false").restart();
        assertThat(client.text(cluster.a(), "/get?name=list")).contains("sealed");
        try (CapturedLog log = CapturedLog.open()) {
            assertThat(client.text(cluster.a(), "/get?name=name")).isEqualTo("null");
            assertThat(log.warnings("attribute \"name\"", "acceptUnencrypted")).hasSize(1);
        }
        assertThat(client.text(cluster.a(), "/who")).isEqualTo("null");
        assertThat(field("@name")).contains(READABLE);
    }

    private void fillSession() {
        fillSession(client, CONTENT);
        versionAfterFilling = records.version(client.requireSessionId());
    }

    private void fillSession(Client someone, String value) {
        someone.text(cluster.a(), "/log-in");
        someone.text(cluster.a(), "/set?name=name&value=" + value);
        someone.text(cluster.a(), "/list?value=" + value);
    }

    private void assertSessionIsWholeOn(Node node) {
        assertThat(client.text(node, "/who")).isEqualTo(USER);
        assertThat(client.text(node, "/get?name=name")).isEqualTo(CONTENT);
        assertThat(client.text(node, "/get?name=list")).contains(CONTENT);
        assertThat(client.text(node, "/names")).isEqualTo("list,name");
    }

    /** The session is asked for on the node that runs while the other restarts. */
    private void restartOneByOne() {
        cluster.a().restart();
        client.text(cluster.b(), "/id");
        cluster.b().restart();
        client.text(cluster.a(), "/id");
    }

    private Map<String, String> loginFields() {
        Map<String, String> fields = records.fields(client.requireSessionId());
        fields.keySet().removeIf(name -> !Logins.isField(name));
        return fields;
    }

    private String field(String name) {
        return records.field(client.requireSessionId(), name);
    }
}
