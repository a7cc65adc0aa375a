package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that fail with an error, not only an exception, while their request is committed: the client gets an answer. */
class FailingValuesTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** Cannot be written. */
    private static final class Unwritable implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream output) {
            throw new NoClassDefFoundError("on purpose");
        }
    }

    /** Cannot be stored either. */
    private static final class Unbindable implements HttpSessionBindingListener {
        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            throw new NoClassDefFoundError("on purpose");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valueThatCannotBeWritten_doesNotKeepTheResponseBack(boolean behindTheFirstByte) {
        cluster.on("/work", (request, response) -> {
            request.getSession();
            if (behindTheFirstByte) {
                response.flushBuffer();
            }
            request.getSession().setAttribute("unwritable", new Unwritable());
            request.getSession().setAttribute("user", "bob");
            response.getWriter().print("done");
        });
        client.text(cluster.a(), "/set?name=user&value=ada");

        Answer answer = client.get(cluster.a(), "/work");

        assertThat(answer.status()).isIn(200, 500, 503);
        String stored = client.text(cluster.b(), "/get?name=user");
        assertThat(stored).isEqualTo(answer.status() == 200 ? "bob" : "ada");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void valueThatCannotBeUnbound_whenACommitFindsItsSessionEnded_doesNotKeepTheResponseBack(
            boolean behindTheFirstByte) {
        Hold hold = new Hold();
        cluster.on("/bind", (request, response) -> request.getSession().setAttribute("value", new Unbindable()));
        cluster.on("/work", (request, response) -> {
            request.getSession();
            if (behindTheFirstByte) {
                response.flushBuffer();
            }
            request.getSession().setAttribute("user", "bob");
            hold.here();
            response.getWriter().print("done");
        });
        client.text(cluster.a(), "/bind");
        CompletableFuture<Answer> working = client.start(cluster.a(), "/work");
        hold.awaitReached();
        client.text(cluster.b(), "/invalidate");
        hold.release();

        assertThat(Client.await(working).status()).isIn(200, 500, 503);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void valueThatCannotBeUnbound_whenARequestFindsItsSessionEnded_doesNotKeepTheResponseBack() {
        cluster.on("/bind", (request, response) -> request.getSession().setAttribute("value", new Unbindable()));
        client.text(cluster.a(), "/bind");
        client.text(cluster.b(), "/invalidate");

        assertThat(client.get(cluster.a(), "/id").status()).isIn(200, 500, 503);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }
}
