package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.Pause;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several requests of a session ask for it at the same time, on a node that has no copy of it. */
class FirstRequestsAtOnceTest {
    private static final int REQUESTS = 4;
    private static final Set<Thread.State> WAITING =
            Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.BLOCKED);

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri());
    private final Client client = new Client();
    private final List<Thread> asking = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void theyShareTheirObjects_andAllTheirChangesAreStored() {
        List<Object> carts = new CopyOnWriteArrayList<>();
        List<HttpSession> sessions = new CopyOnWriteArrayList<>();
        Meeting meeting = new Meeting(REQUESTS);
        Hold inUse = new Hold();
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()))
                .on("/add", (request, response) -> {
                    asking.add(Thread.currentThread());
                    HttpSession session = request.getSession();
                    List<String> cart = cart(session);
                    sessions.add(session);
                    carts.add(cart);
                    meeting.await();
                    session.setAttribute("by" + request.getParameter("item"), "x");
                    synchronized (cart) {
                        cart.add(request.getParameter("item"));
                    }
                    inUse.here();
                });
        client.text(cluster.a(), "/create");
        List<CompletableFuture<Answer>> answers = startHeld("/add?item=");
        inUse.awaitReached();

        assertThat(cluster.b().count(Figure.SESSIONS_IN_USE)).isEqualTo(1);
        assertThat(cluster.b().count(Figure.LOCAL_COPIES)).isEqualTo(1);
        inUse.release();
        answers.forEach(answer -> Client.await(answer).text());

        assertThat(carts).hasSize(REQUESTS).allMatch(cart -> cart == carts.get(0));
        assertThat(sessions).allMatch(session -> session == sessions.get(0));
        assertThat(client.text(cluster.a(), "/get?name=cart").split(",")).hasSize(REQUESTS);
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("by0,by1,by2,by3,cart");
        assertThat(cluster.conflicts()).isZero();
        await().until(() -> cluster.b().count(Figure.SESSIONS_IN_USE) == 0);
        assertThat(cluster.b().count(Figure.LOCAL_COPIES)).isEqualTo(1);
    }

    @Test
    void oneThatEndsTheSession_endsItForAllOfThem_andLeavesNoCopy() {
        Meeting meeting = new Meeting(REQUESTS);
        Hold ended = new Hold();
        cluster.on("/end", (request, response) -> {
            asking.add(Thread.currentThread());
            HttpSession session = request.getSession();
            meeting.await();
            if (request.getParameter("item").equals("0")) {
                session.invalidate();
                ended.release();
            } else {
                ended.here();
                response.getWriter().print(Pages.id(request.getSession(false)));
            }
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        List<CompletableFuture<Answer>> answers = startHeld("/end?item=");

        List<String> bodies = answers.stream()
                .skip(1)
                .map(answer -> Client.await(answer).text())
                .toList();

        assertThat(bodies).containsOnly(Pages.NO_SESSION);
        Client.await(answers.get(0)).text();
        await().until(() -> cluster.b().count(Figure.LOCAL_COPIES) == 0);
        assertThat(client.text(cluster.a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    /** The others have the id that was valid before; only one of them can have the session. */
    @Test
    void thoseWithAnIdThatIsNotTheSessions_haveNone_andTakeItFromNobody() {
        cluster.on("/ask", (request, response) -> {
            asking.add(Thread.currentThread());
            response.getWriter().print(Pages.id(request.getSession(false)));
        });
        client.text(cluster.a(), "/set?name=user&value=ada");
        String old = client.requireSessionId();
        client.text(cluster.a(), "/rotate");
        Pause load = proxy.pauseBefore("HGETALL");
        List<CompletableFuture<Answer>> wrong = new ArrayList<>();
        for (int i = 0; i < REQUESTS / 2; i++) {
            wrong.add(new Client(old).start(cluster.b(), "/ask"));
        }
        load.awaitReached();
        CompletableFuture<Answer> right = client.start(cluster.b(), "/ask");
        awaitAsking(REQUESTS / 2 + 1);
        load.release();

        assertThat(Client.await(right).text()).isEqualTo(client.requireSessionId());
        assertThat(wrong).allMatch(answer -> Client.await(answer).text().equals(Pages.NO_SESSION));
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    /** Requests of node b that all wait for the answer of Redis, which comes then. */
    private List<CompletableFuture<Answer>> startHeld(String path) {
        Pause load = proxy.pauseBefore("HGETALL");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.add(new Client(client.sessionId()).start(cluster.b(), path + i));
        }
        load.awaitReached();
        awaitAsking(REQUESTS);
        load.release();
        return answers;
    }

    private void awaitAsking(int count) {
        await().until(() ->
                asking.size() == count && asking.stream().allMatch(thread -> WAITING.contains(thread.getState())));
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpSession session) {
        return (List<String>) session.getAttribute("cart");
    }
}
