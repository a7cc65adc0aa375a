package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.codec.UnreadableAttributeException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code unreadableAttribute}: what the application gets for an attribute that cannot be decoded, and what stays as it is. */
class UnreadableAttributeTest extends ConfiguredNodes {
    private static final String NULL = "null";
    private static final String THROW = "throw";
    private static final String CONTENT = "private-content";

    private final SessionLog log = new SessionLog();

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void modeNull_getAttributeGivesNull() {
        startWithMissingClass(NULL);

        assertThat(client.text(cluster.b(), "/attempt?name=profile")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/attempt?name=user")).isEqualTo("ada");
    }

    @Test
    void modeThrow_getAttributeThrowsAndNamesAttributeClassAndReason_neverTheValue() {
        startWithMissingClass(THROW);

        for (int i = 0; i < 2; i++) {
            assertThat(client.text(cluster.b(), "/attempt?name=profile"))
                    .contains(
                            UnreadableAttributeException.class.getName(),
                            "attribute \"profile\"",
                            missingClass(),
                            "the application has no such class")
                    .doesNotContain(CONTENT, client.requireSessionId());
        }
        assertThat(client.text(cluster.b(), "/attempt?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/attempt?name=unknown")).isEqualTo("null");
    }

    @Test
    void modeThrow_damagedBytes_throwToo_andNobodyQuotesThem() {
        start(THROW);
        String field = records.field(client.requireSessionId(), "@profile");
        records.put(client.requireSessionId(), "@profile", field.substring(0, field.length() - 3));

        try (CapturedLog captured = CapturedLog.open()) {
            assertThat(client.text(cluster.b(), "/attempt?name=profile"))
                    .contains("attribute \"profile\"", "damaged")
                    .doesNotContain(CONTENT);
            assertThat(captured.warnings("attribute \"profile\"")).hasSize(1);
            assertThat(captured.text()).doesNotContain(CONTENT);
        }
    }

    @Test
    void modeThrow_exceptionNobodyCatches_costsTheRequestAndNothingElse() {
        startWithMissingClass(THROW);

        assertThat(client.get(cluster.b(), "/get?name=profile").status()).isEqualTo(500);

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(client.requireSessionId());
    }

    @ParameterizedTest
    @ValueSource(strings = {NULL, THROW})
    void itsNameIsListed_andItsBytesStayWhateverElseIsWritten(String mode) {
        startWithMissingClass(mode);
        String bytes = records.field(client.requireSessionId(), "@profile");
        client.text(cluster.b(), "/attempt?name=profile");

        client.text(cluster.b(), "/set?name=user&value=grace");
        client.text(cluster.b(), "/rotate");
        client.text(cluster.a(), "/set?name=other&value=x");

        assertThat(client.text(cluster.b(), "/names")).isEqualTo("other,profile,user");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("grace");
        assertThat(records.fields(client.requireSessionId())).containsEntry("@profile", bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {NULL, THROW})
    void itCanBeSet_withAndWithoutHavingBeenAskedFor(String mode) {
        startWithMissingClass(mode);
        client.text(cluster.b(), "/set?name=profile&value=repaired");
        assertThat(client.text(cluster.b(), "/get?name=profile")).isEqualTo("repaired");
        assertThat(client.text(cluster.a(), "/get?name=profile")).isEqualTo("repaired");

        forgetClass();
        client.text(cluster.b(), "/attempt?name=profile");
        client.text(cluster.b(), "/set?name=profile&value=again");
        assertThat(client.text(cluster.b(), "/get?name=profile")).isEqualTo("again");
        assertThat(client.text(cluster.a(), "/get?name=profile")).isEqualTo("again");
    }

    @ParameterizedTest
    @ValueSource(strings = {NULL, THROW})
    void itCanBeRemoved_withAndWithoutHavingBeenAskedFor(String mode) {
        startWithMissingClass(mode);
        client.text(cluster.b(), "/remove?name=profile");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("user");
        assertThat(records.fields(client.requireSessionId())).doesNotContainKey("@profile");

        forgetClass();
        client.text(cluster.b(), "/attempt?name=profile");
        client.text(cluster.b(), "/remove?name=profile");
        assertThat(client.text(cluster.b(), "/attempt?name=profile")).isEqualTo("null");
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("user");
    }

    @ParameterizedTest
    @ValueSource(strings = {NULL, THROW})
    void invalidation_endsTheSessionAndTellsTheListenersOfWhatCanBeRead(String mode) {
        startWithMissingClass(mode);
        client.text(cluster.b(), "/attempt?name=profile");
        log.drain();

        client.text(cluster.b(), "/invalidate");

        assertThat(log.drain()).containsExactly("destroyed with user=ada", "removed user=ada");
        assertThat(records.exists(client.requireSessionId())).isFalse();
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {NULL, THROW})
    void expiry_endsTheSessionAndTellsTheListenersOfWhatCanBeRead(String mode) {
        startWithMissingClass(mode);
        client.text(cluster.b(), "/attempt?name=profile");
        log.drain();
        records.letExpire(client.requireSessionId());

        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        List<String> heard = new ArrayList<>();
        await().until(() -> heard.addAll(log.drain()) && heard.contains("removed user=ada"));
        assertThat(heard).containsExactly("destroyed with user=ada", "removed user=ada");
        assertThat(records.exists(client.requireSessionId())).isFalse();
    }

    private void startWithMissingClass(String mode) {
        start(mode);
        forgetClass();
    }

    /** Two nodes, and a session with a user and a profile that the second node has not seen yet. */
    private void start(String mode) {
        use(Cluster.start(node -> {
            node.set("unreadableAttribute", mode);
            log.listenOn(node);
        }));
        cluster.on(
                        "/profile",
                        (request, response) -> request.getSession()
                                .setAttribute("profile", new Profile(new ArrayList<>(List.of(CONTENT + ".")))))
                .on("/attempt", (request, response) -> {
                    String name = request.getParameter("name");
                    try {
                        response.getWriter().print(request.getSession().getAttribute(name));
                    } catch (UnreadableAttributeException e) {
                        response.getWriter().print(e);
                    }
                });
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/profile");
        assertThat(records.field(client.requireSessionId(), "@profile")).contains(CONTENT, "Profil");
    }

    /** Stores a profile, under the name of a class nobody has. */
    private void forgetClass() {
        client.text(cluster.a(), "/profile");
        String id = client.requireSessionId();
        records.put(id, "@profile", records.field(id, "@profile").replace("Profil", "Erased"));
    }

    private static String missingClass() {
        return Profile.class.getName().replace("Profil", "Erased");
    }

    /** What this test pretends the application's new release does not have. */
    private record Profile(List<String> lines) implements Serializable {}
}
