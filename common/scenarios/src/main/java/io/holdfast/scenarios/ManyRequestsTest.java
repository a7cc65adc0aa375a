package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 64 requests of one session over three nodes, which have all read it before any of them commits. */
@Tag(EveryEnvironment.TAG)
class ManyRequestsTest {
    private static final int REQUESTS = 64;

    private final Cluster cluster = Cluster.start();
    private final Node third = cluster.startAnother();
    private final List<Node> nodes = List.of(cluster.a(), cluster.b(), third);
    private final Client client = new Client();
    private final Meeting meeting = new Meeting(REQUESTS);

    @BeforeEach
    void begin() {
        on("/start", request -> request.getSession().setAttribute("visited", new HashSet<String>()));
        client.text(cluster.a(), "/start");
    }

    @AfterEach
    void stop() {
        third.close();
        cluster.close();
    }

    @Test
    void eachWritesAnAttributeOfItsOwn_andAllAreStored() {
        on("/own", request -> {
            HttpSession session = request.getSession();
            session.getAttribute("visited");
            meeting.await();
            session.setAttribute("own" + request.getParameter("n"), "x");
        });

        requestAtOnce("/own");

        assertThat(client.text(cluster.a(), "/names").split(",")).hasSize(1 + REQUESTS);
        assertThat(sum(Figure.COMMITS)).isBetween(2L, 1L + REQUESTS); // some may have been made together
        assertNothingFailed();
    }

    @Test
    void eachAddsToTheSameSet_andAllIsThere() {
        on("/visit", request -> {
            Set<String> visited = visited(request);
            meeting.await();
            synchronized (visited) {
                visited.add("page" + request.getParameter("n"));
            }
        });

        requestAtOnce("/visit");

        assertAllVisited();
        assertNothingFailed();
    }

    private void assertAllVisited() {
        Set<String> all = new HashSet<>();
        on("/visited", request -> all.addAll(visited(request)));
        for (Node node : nodes) {
            all.clear();
            client.text(node, "/visited");
            assertThat(all).hasSize(REQUESTS);
        }
    }

    private void requestAtOnce(String page) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.add(client.start(nodes.get(i % nodes.size()), page + "?n=" + i));
        }
        answers.forEach(answer -> assertThat(Client.await(answer).status()).isEqualTo(200));
    }

    /** How often commits were overtaken differs from run to run; what is published of it has to fit together. */
    private void assertNothingFailed() {
        assertThat(sum(Figure.FAILED_COMMITS)).isZero();
        for (Node node : nodes) {
            long retries = node.count(Figure.COMMIT_RETRIES);
            assertThat(node.count(Figure.MOST_COMMIT_RETRIES)).isBetween(Math.min(retries, 1), retries);
        }
    }

    private long sum(Figure figure) {
        return nodes.stream().mapToLong(node -> node.count(figure)).sum();
    }

    private void on(String path, Page page) {
        nodes.forEach(node -> node.on(path, (request, response) -> page.answer(request)));
    }

    /** A page that prints nothing. */
    private interface Page {
        void answer(HttpServletRequest request);
    }

    @SuppressWarnings("unchecked")
    private static Set<String> visited(HttpServletRequest request) {
        return (Set<String>) request.getSession().getAttribute("visited");
    }
}
