package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.EveryEnvironment;
import io.holdfast.scenarios.Figure;
import io.holdfast.scenarios.Pages;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The session of a request that became a WebSocket, and what is done with it for messages, outside of any request. */
@Tag(EveryEnvironment.TAG)
class WebSocketTest {
    private final Cluster cluster = Cluster.start(node -> ((JettyApplication) node.application())
            .webSocket("/socket", session -> session.setAttribute("socket", "opened"), WebSocketTest::answer));
    private final Client client = new Client();
    private final Answers answers = new Answers();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void whatTheHandshakeHasSet_isStored() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        open();

        assertThat(client.text(cluster.b(), "/get?name=socket")).isEqualTo("opened");
    }

    @Test
    void whatAMessageSets_isOnTheOtherNode_beforeTheMessageIsAnswered() throws Exception {
        client.text(cluster.a(), "/set?name=user&value=ada");
        WebSocket socket = open();

        assertThat(ask(socket, "cart bread")).isEqualTo("ada bread");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("bread");
        assertThat(cluster.a().count(Figure.SESSIONS_IN_USE)).isZero();
    }

    @Test
    void messageAfterALogoutOnTheOtherNode_bringsNothingBack() throws Exception {
        client.text(cluster.a(), "/set?name=user&value=ada");
        WebSocket socket = open();
        client.text(cluster.b(), "/invalidate");

        var unused = ask(socket, "cart bread");

        assertThat(client.text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    private WebSocket open() {
        URI address = URI.create("ws://127.0.0.1:" + cluster.a().port() + "/app/socket");
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "JSESSIONID=" + client.requireSessionId())
                .buildAsync(address, answers)
                .join();
        await("the request to be over").until(() -> cluster.a().count(Figure.SESSIONS_IN_USE) == 0);
        return socket;
    }

    private String ask(WebSocket socket, String message) throws InterruptedException {
        socket.sendText(message, true).join();
        String answer = answers.received.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer;
    }

    /** Sets the attribute that a message names, and answers with that and the user. */
    private static String answer(HttpSession session, String message) {
        String[] words = message.split(" ", 2);
        try {
            session.setAttribute(words[0], words[1]);
            return session.getAttribute("user") + " " + session.getAttribute(words[0]);
        } catch (IllegalStateException e) {
            return "no session";
        }
    }

    private static final class Answers implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            received.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
