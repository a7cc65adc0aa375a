package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests of one session run one after the other, on both nodes together. */
@Tag(EveryEnvironment.TAG)
class ExclusiveRequestsTest extends ConfiguredNodes {
    private final Hold hold = new Hold();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();

    @Test
    void countersOfCodeThatNobodyMayTouch_countEveryRequest() {
        use(Cluster.start(node -> node.set("exclusive", "session")));
        cluster.on("/count", (request, response) -> {
            Integer count = (Integer) request.getSession().getAttribute("count");
            mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
            request.getSession().setAttribute("count", count == null ? 1 : count + 1);
            inside.decrementAndGet();
        });
        client.text(cluster.a(), "/id");
        client.text(cluster.a(), "/set?name=user&value=ada");

        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(client.start(cluster.a(), "/count"));
            answers.add(client.start(cluster.b(), "/count"));
        }
        answers.forEach(answer -> Client.await(answer).text());

        assertThat(client.text(cluster.a(), "/get?name=count")).isEqualTo("40");
        assertThat(client.text(cluster.b(), "/get?name=count")).isEqualTo("40");
        assertThat(mostInside).hasValue(1);
        assertThat(cluster.conflicts()).isZero();
        assertThat(cluster.sum(Figure.EXCLUSIVE_WAITS)).isPositive();
        assertThat(cluster.sum(Figure.EXCLUSIVE_TIMEOUTS)).isZero();
        assertThat(cluster.sum(Figure.LOST_LEASES)).isZero();
    }

    @Test
    void requestThatLeavesItsSessionAlone_doesNotWait() {
        start("session");
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();

        assertThat(client.text(cluster.a(), "/nothing")).isEqualTo("ok");
        assertThat(client.text(cluster.b(), "/nothing")).isEqualTo("ok");

        hold.release();
        Client.await(slow).text();
    }

    @Test
    void requestBehindAnother_seesWhatThatHasCommitted() {
        start("session");
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();
        CompletableFuture<Answer> next = client.start(cluster.b(), "/get?name=slow");
        awaitListener(client.requireSessionId());
        hold.release();

        assertThat(Client.await(next).text()).isEqualTo("yes");
        Client.await(slow).text();
    }

    @Test
    void sessionCreatedByARequest_isItsAloneUntilItEnds() {
        use(Cluster.start(node -> node.set("exclusive", "session")));
        AtomicReference<String> created = new AtomicReference<>("");
        cluster.on("/create", (request, response) -> {
            created.set(request.getSession().getId());
            response.flushBuffer(); // the client has the cookie now
            hold.here();
            request.getSession().setAttribute("late", "yes");
        });
        CompletableFuture<Answer> first = client.start(cluster.a(), "/create");
        hold.awaitReached();
        Client sameBrowser = new Client(String.valueOf(created.get()));
        CompletableFuture<Answer> next = sameBrowser.start(cluster.b(), "/get?name=late");
        awaitListener(sameBrowser.requireSessionId());
        hold.release();

        assertThat(Client.await(next).text()).isEqualTo("yes");
        Client.await(first).text();
    }

    @Test
    void pattern_isForRequestsWhoseWholePathMatches_howeverItIsWritten() {
        start("pattern:/app/(slow|cart/.*)");
        cluster.on("/cart/add", (request, response) -> request.getSession());
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.a(), "/set?name=other&value=x")).isEqualTo("ok");
        CompletableFuture<Answer> encoded = client.start(cluster.b(), "/ca%72t/./add;x=1");
        awaitListener(client.requireSessionId());

        hold.release();
        Client.await(slow).text();
        assertThat(Client.await(encoded).status()).isEqualTo(200);
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("other,slow,user");
    }

    private void start(String exclusive) {
        use(Cluster.start(node -> node.set("exclusive", exclusive)));
        cluster.on("/slow", (request, response) -> {
            request.getSession().setAttribute("slow", "yes");
            hold.here();
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
    }

    /** Waits until a request of the other node listens for the end of one that has its turn. */
    private void awaitListener(String sessionId) {
        String lock = records.key(sessionId) + ":lock";
        await().until(() ->
                records.send("PUBSUB", "NUMSUB", lock).elements().get(1).number() == 1);
    }
}
