package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.Hold;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Jetty with a stop time-out lets its requests get done before it stops; their sessions are stored as ever. */
class GracefulStopTest {
    private static final long STOP_MILLIS = 10_000;

    private final Cluster cluster =
            Cluster.start(node -> ((JettyNode) node).server().setStopTimeout(STOP_MILLIS));
    private final Client client = new Client();
    private final Hold hold = new Hold();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void requestUnderWay_isStoredAndAnswered(boolean behindAChange) throws Exception {
        cluster.on("/work", (request, response) -> {
            if (!behindAChange) {
                hold.here();
            }
            request.getSession().setAttribute("work", "done");
            if (behindAChange) {
                hold.here();
            }
            response.getWriter().print(request.getSession().getAttribute("user"));
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        CompletableFuture<Answer> working = client.start(cluster.a(), "/work");
        hold.awaitReached();

        CompletableFuture<?> stopping = stopA();
        hold.release();

        assertThat(Client.await(working).text()).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/get?name=work")).isEqualTo("done");
        stopping.get(2 * STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Test
    void sessionThatARequestUnderWayBegins_isStored() throws Exception {
        cluster.on("/begin", (request, response) -> {
            hold.here();
            request.getSession().setAttribute("user", "bob");
        });
        CompletableFuture<Answer> beginning = client.start(cluster.a(), "/begin");
        hold.awaitReached();

        CompletableFuture<?> stopping = stopA();
        hold.release();

        assertThat(Client.await(beginning).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
        stopping.get(2 * STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<?> stopA() {
        Server server = ((JettyNode) cluster.a()).server();
        int port = cluster.a().port();
        CompletableFuture<?> stopping = CompletableFuture.runAsync(cluster.a()::close);
        await().until(server::isStopping);
        await().until(() -> !isAccepting(port));
        return stopping;
    }

    private static boolean isAccepting(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
