package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One request asks for an attribute that takes long to decode; others of its session go on meanwhile. */
class SlowDecodingTest {
    private static final int SHORTER_THAN_A_HOLD_SECONDS = 5;
    private static volatile @Nullable Hold decoding;

    private final Hold hold = new Hold();
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @BeforeEach
    void deploy() {
        cluster.on("/put-slow", (request, response) -> request.getSession().setAttribute("slow", new Slow()))
                .on("/get-slow", (request, response) -> {
                    request.getSession().getAttribute("slow");
                    response.getWriter().print("decoded");
                });
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/put-slow");
        decoding = hold;
    }

    @AfterEach
    void stop() {
        decoding = null;
        cluster.close();
    }

    @Test
    void otherRequestsOfTheNode_readAndWriteTheirAttributes() throws Exception {
        CompletableFuture<Answer> slow = client.start(cluster.b(), "/get-slow");
        hold.awaitReached();

        assertThat(promptly("/get?name=user")).isEqualTo("ada");
        assertThat(promptly("/set?name=item&value=bread")).isEqualTo("ok");
        assertThat(promptly("/names")).isEqualTo("item,slow,user");

        hold.release();
        assertThat(Client.await(slow).text()).isEqualTo("decoded");
        assertThat(client.text(cluster.a(), "/get?name=item")).isEqualTo("bread");
    }

    private String promptly(String page) throws Exception {
        return client.start(cluster.b(), page)
                .get(SHORTER_THAN_A_HOLD_SECONDS, TimeUnit.SECONDS)
                .text();
    }

    /** Has a contract of its own of how it is read. */
    private static final class Slow implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            Hold here = decoding;
            if (here != null) {
                here.here();
            }
        }
    }
}
