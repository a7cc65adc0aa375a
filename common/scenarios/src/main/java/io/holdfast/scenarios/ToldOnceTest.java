package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of all nodes, one tells the listeners that a session has ended; whoever ends it, and whatever else happens meanwhile. */
class ToldOnceTest {
    private static final int SESSIONS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Ends ends = new Ends();
    private final Cluster cluster = Cluster.start(this::listen);
    private final Records records = Records.of(cluster);
    private final Client client = new Client();

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
    }

    /** What was told to the application's listeners on all nodes together. */
    private static final class Ends implements HttpSessionListener {
        private final Map<String, List<String>> usersByRecord = new ConcurrentHashMap<>();

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            HttpSession session = event.getSession();
            usersByRecord
                    .computeIfAbsent(Records.record(session.getId()), record -> new CopyOnWriteArrayList<>())
                    .add(String.valueOf(session.getAttribute("user")));
        }

        List<String> of(String sessionId) {
            return usersByRecord.getOrDefault(Records.record(sessionId), List.of());
        }
    }

    private void listen(Node node) {
        node.set("reaperIntervalSeconds", "1");
        node.listen(ends);
        node.on("/short", (request, response) -> request.getSession().setMaxInactiveInterval(2));
    }

    @Test
    void sessionsKnownToAllNodes_andAskedForOnAllOfThemWhileTheyEnd_areToldOnceEach() {
        try (Node c = cluster.startAnother()) {
            List<Node> nodes = List.of(cluster.a(), cluster.b(), c);
            AtomicBoolean over = new AtomicBoolean();
            CompletableFuture<?> background = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    nodes.forEach(Node::sweep);
                }
            });
            List<String> ids = new ArrayList<>();
            List<CompletableFuture<Answer>> asked = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                Client own = new Client();
                own.text(nodes.get(i % 3), "/set?name=user&value=user" + i);
                own.text(nodes.get(i % 3), "/short");
                nodes.forEach(node -> own.text(node, "/get?name=user"));
                String id = own.requireSessionId();
                ids.add(id);
                if (i % 2 == 0) {
                    asked.add(new Client(id).start(nodes.get(i % 3), "/id"));
                }
                if (i % 3 > 0) { // others end by themselves
                    records.letExpire(id);
                }
                if (i % 3 > 1) {
                    records.makeDue(id);
                }
                nodes.forEach(node -> asked.add(new Client(id).start(node, "/id")));
            }
            asked.forEach(Client::await);

            await().atMost(PATIENCE)
                    .until(() -> ids.stream().noneMatch(id -> ends.of(id).isEmpty()));
            await().atMost(PATIENCE).until(() -> records.keys().isEmpty());
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(ends.of(ids.get(i))).containsExactly("user" + i);
                for (Node node : nodes) {
                    assertThat(new Client(ids.get(i)).text(node, "/id")).isEqualTo(Pages.NO_SESSION);
                }
            }
            await().until(() -> nodes.stream().allMatch(node -> node.count(Figure.LOCAL_COPIES) == 0));
            over.set(true);
            background.join();
        }
    }

    @Test
    void sessionThatEndsWhileNoNodeRuns_isToldByTheNextThatStarts() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        String id = client.requireSessionId();
        cluster.a().close();
        cluster.b().close();
        records.letExpire(id);
        records.makeDue(id);
        assertThat(ends.of(id)).isEmpty();

        try (Node c = cluster.startAnother()) {
            await().until(() -> !ends.of(id).isEmpty());
            assertThat(new Client(id).text(c, "/id")).isEqualTo(Pages.NO_SESSION);
        }
        assertThat(ends.of(id)).containsExactly("ada");
    }

    @Test
    void logoutOnBothNodesAtOnce_isToldOnce() {
        for (int i = 0; i < 20; i++) {
            Client own = new Client();
            own.text(cluster.a(), "/set?name=user&value=ada");
            String id = own.requireSessionId();
            Meeting meeting = new Meeting(2);
            cluster.on("/leave", (request, response) -> {
                HttpSession session = request.getSession();
                meeting.await();
                session.invalidate();
            });
            CompletableFuture<Answer> onA = own.start(cluster.a(), "/leave");
            CompletableFuture<Answer> onB = own.start(cluster.b(), "/leave");
            Client.await(onA);
            Client.await(onB);

            assertThat(ends.of(id)).containsExactly("ada");
        }
        await().until(() -> records.keys().isEmpty());
    }

    @Test
    void logoutOnANodeThatDiesBeforeItHasToldAnybody_isToldByAnother() {
        try (FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
                Node doomed = cluster.startAnother(node -> {
                    node.set("redisUri", proxy.uri());
                    node.set("commandTimeoutMillis", "300");
                })) {
            client.text(doomed, "/set?name=user&value=ada");
            client.text(cluster.b(), "/get?name=user");
            String id = client.requireSessionId();
            AtomicBoolean renamed = new AtomicBoolean();
            var answer = proxy.pauseBefore(command -> {
                renamed.compareAndSet(false, command.get(0).equals("RENAME"));
                return renamed.get() && command.get(0).equals("WATCH"); // looks for what became of its EXEC
            });
            proxy.cutAfterSending(command -> renamed.get() && command.get(0).equals("EXEC"));
            CompletableFuture<Answer> logout = client.start(doomed, "/invalidate");
            answer.awaitReached();
            proxy.down();

            assertThat(Client.await(logout).status()).isEqualTo(503);
            assertThat(ends.of(id)).isEmpty();
            assertThat(new Client(id).text(cluster.b(), "/id")).isEqualTo(Pages.NO_SESSION);
            records.letLeasesRunOut(id);
            records.makeDue(id);
            await().until(() -> records.keys().isEmpty());
            assertThat(ends.of(id)).containsExactly("ada");
            proxy.up();
        }
    }

    @Test
    void timeoutThatChanges_isFollowed_whereverItIsSet() {
        cluster.on(
                "/timeout",
                (request, response) ->
                        request.getSession().setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds"))));
        client.text(cluster.a(), "/timeout?seconds=1");
        client.text(cluster.b(), "/set?name=user&value=ada");
        client.text(cluster.b(), "/timeout?seconds=-1");
        client.text(cluster.a(), "/timeout?seconds=1800");
        String id = client.requireSessionId();
        await().until(() -> records.millisUntilLook(id) > 1_000_000);
        client.text(cluster.b(), "/timeout?seconds=3600");
        await().until(() -> records.millisUntilLook(id) > 3_000_000);
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");

        client.text(cluster.b(), "/timeout?seconds=1");

        await().until(() -> !ends.of(id).isEmpty());
        assertThat(ends.of(id)).containsExactly("ada");
        await().until(() -> records.keys().isEmpty());
    }
}
