package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two attributes set by one request are never seen half by another node. */
@Tag(EveryEnvironment.TAG)
class WholeRequestsTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();
    private final Hold hold = new Hold();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void readerOnTheOtherNode_seesNoneOrBoth() {
        CompletableFuture<Answer> writer = startHeldBetweenTwo();

        assertThat(client.text(cluster.b(), "/names")).isEqualTo("start");
        hold.release();
        assertThat(Client.await(writer).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("first,second,start");
    }

    @Test
    void commitOfAnotherRequestOnTheSameNode_takesNothingOfItAlong() {
        CompletableFuture<Answer> writer = startHeldBetweenTwo();

        client.text(cluster.a(), "/set?name=other&value=x");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("other,start");
        hold.release();
        assertThat(Client.await(writer).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("first,other,second,start");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void commitOnTheOtherNode_doesNotSplitItEither() {
        CompletableFuture<Answer> writer = startHeldBetweenTwo();

        client.text(cluster.b(), "/set?name=other&value=x");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("other,start");
        hold.release();
        assertThat(Client.await(writer).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("first,other,second,start");
        assertThat(cluster.conflicts()).isZero();
    }

    private CompletableFuture<Answer> startHeldBetweenTwo() {
        cluster.on("/two", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("first", "1");
            hold.here();
            session.setAttribute("second", "2");
        });
        client.text(cluster.a(), "/set?name=start&value=0");
        CompletableFuture<Answer> writer = client.start(cluster.a(), "/two");
        hold.awaitReached();
        return writer;
    }
}
