package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two requests of one session change its id at the same time, on two nodes: one of the new ids lives, and all that was set. */
class IdChangesAtOnceTest {
    private static final int ROUNDS = 20;

    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void ofTwoNewIds_oneIsValidOnAllNodes_andTheOtherOneOnNone() {
        for (int i = 0; i < ROUNDS; i++) {
            Client own = new Client();
            own.text(cluster.a(), "/set?name=user&value=ada");
            String oldId = own.requireSessionId();
            Meeting meeting = new Meeting(2);
            cluster.on("/login", (request, response) -> {
                HttpSession session = request.getSession();
                session.setAttribute(request.getParameter("name"), "x");
                meeting.await();
                response.getWriter().print(request.changeSessionId());
            });
            CompletableFuture<Answer> onA = new Client(oldId).start(cluster.a(), "/login?name=onA");
            CompletableFuture<Answer> onB = new Client(oldId).start(cluster.b(), "/login?name=onB");

            List<String> newIds =
                    List.of(Client.await(onA).text(), Client.await(onB).text());
            assertThat(newIds).doesNotHaveDuplicates();
            List<String> valid =
                    newIds.stream().filter(id -> isValid(cluster.a(), id)).toList();
            assertThat(valid).hasSize(1);
            assertThat(newIds.stream().filter(id -> isValid(cluster.b(), id))).containsExactlyElementsOf(valid);
            assertThat(isValid(cluster.a(), oldId) || isValid(cluster.b(), oldId))
                    .isFalse();
            for (Node node : List.of(cluster.a(), cluster.b())) {
                assertThat(new Client(valid.get(0)).text(node, "/names").split(","))
                        .containsExactlyInAnyOrder("user", "onA", "onB");
            }
        }
    }

    @Test
    void idChangeThatAnotherOneOvertakesInRedis_isTheLaterOne_andCounts() {
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                Node c = cluster.startAnother(node -> node.set("redisUri", proxy.uri()))) {
            client.text(cluster.a(), "/set?name=user&value=ada");
            String oldId = client.requireSessionId();
            new Client(oldId).text(c, "/get?name=user");
            Pause write = proxy.pauseBefore("HSET");
            CompletableFuture<Answer> later = new Client(oldId).start(c, "/rotate");
            write.awaitReached();
            String earlierId = new Client(oldId).text(cluster.b(), "/rotate");
            assertThat(new Client(earlierId).text(cluster.b(), "/set?name=cart&value=bread"))
                    .isNotEqualTo(Pages.NO_SESSION);
            write.release();

            String laterId = Client.await(later).text();
            for (Node node : List.of(cluster.a(), cluster.b(), c)) {
                assertThat(isValid(node, oldId)).isFalse();
                assertThat(isValid(node, earlierId)).isFalse();
                assertThat(new Client(laterId).text(node, "/get?name=user")).isEqualTo("ada");
                assertThat(new Client(laterId).text(node, "/get?name=cart")).isEqualTo("bread");
            }
        }
    }

    private static boolean isValid(Node node, String id) {
        return new Client(id).text(node, "/id").equals(id);
    }
}
