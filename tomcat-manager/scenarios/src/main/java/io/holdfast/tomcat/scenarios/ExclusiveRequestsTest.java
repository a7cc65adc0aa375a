package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.tomcat.RedisSessionManager;
import io.holdfast.tomcat.scenarios.Client.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests of one session run one after the other, on both nodes together. */
class ExclusiveRequestsTest extends ConfiguredNodes {
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
        assertThat(cluster.sum(RedisSessionManager::getExclusiveWaits)).isPositive();
        assertThat(cluster.sum(RedisSessionManager::getExclusiveTimeouts)).isZero();
        assertThat(cluster.sum(RedisSessionManager::getLostLeases)).isZero();
    }
}
