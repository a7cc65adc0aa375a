package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of sessions: where they come from, in what ways they travel, and which are none. */
@Tag(EveryEnvironment.TAG)
class SessionIdsTest {
    private final AtomicInteger started = new AtomicInteger();
    private final Cluster cluster =
            Cluster.start(node -> node.route(started.getAndIncrement() == 0 ? "left" : "right"));
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void routeOfTheNode_standsBehindTheId_andTheOtherNodeTakesIt() {
        String id = client.text(cluster.a(), "/new");

        assertThat(client.requireSessionId()).startsWith(id).matches("[0-9a-f]{48}\\.left");
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(id);
        assertThat(client.text(cluster.b(), "/new")).isEqualTo(id);
    }

    @Test
    void changedId_hasTheRouteOfTheNodeThatChangedIt() {
        client.text(cluster.a(), "/new");
        String id = client.text(cluster.b(), "/rotate");

        assertThat(client.requireSessionId()).startsWith(id).endsWith(".right");
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(id);
    }

    @Test
    void routeThatABalancerRewrote_isTheSameSession() {
        String id = client.text(cluster.a(), "/new").replace(".left", "");

        assertThat(new Client(id + ".right").text(cluster.b(), "/id")).startsWith(id);
        assertThat(new Client(id).text(cluster.a(), "/id")).startsWith(id);
    }

    @Test
    void idInTheUrl_isAsGoodAsACookie() {
        cluster.on("/link", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            response.getWriter().print(response.encodeURL("get"));
        });
        String link = client.text(cluster.a(), "/link");
        assertThat(link).startsWith("get;jsessionid=");

        Client withoutCookies = new Client();
        Answer answer = withoutCookies.get(cluster.b(), "/" + link + "?name=user");
        assertThat(answer.text()).isEqualTo("ada");
        assertThat(answer.startsOther(client.requireSessionId())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deadIdBesideTheValidOne_doesNotHideIt(boolean deadFirst) {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String dead = client.requireSessionId();
        client.text(cluster.a(), "/rotate");
        String valid = client.requireSessionId();
        String cookies = "JSESSIONID=" + (deadFirst ? dead : valid) + "; JSESSIONID=" + (deadFirst ? valid : dead);

        for (Node node : List.of(cluster.a(), cluster.b())) {
            Answer answer = new Client().get(node, "/get?name=user", "Cookie", cookies);
            assertThat(answer.text()).isEqualTo("ada");
            assertThat(answer.startsOther(valid)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef0123456789abcde",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef0123456789abcdef.",
                "0123456789abcdef0123456789abcdef0123456789abcdef.no*route",
                "0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void idOfAClientsOwnChoice_isNeverTaken(String chosen) {
        Client chooser = new Client(chosen);

        assertThat(chooser.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        chooser.text(cluster.a(), "/new");
        String given = chooser.requireSessionId();
        assertThat(given).isNotEqualTo(chosen).matches("[0-9a-f]{48}\\.left");
        assertThat(given.substring(0, 16)).isNotEqualTo("0123456789abcdef");
    }

    @Test
    void rightRecordWithAWrongSecret_isNoSession_andDisturbsTheOwnerNot() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        String guessed = id.substring(0, 16) + "0".repeat(32);

        assertThat(new Client(guessed).text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(new Client(guessed).text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(new Client(guessed).text(cluster.a(), "/new").substring(0, 16))
                .isNotEqualTo(id.substring(0, 16));
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }
}
