package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Requests that go on after their servlet has returned. */
@Tag(EveryEnvironment.TAG)
class AsyncTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();
    private final Hold hold = new Hold();
    private final ExecutorService applicationThreads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        applicationThreads.shutdownNow();
        cluster.close();
    }

    @Test
    void threadOfTheApplicationThatWritesAndCompletes_isSeenOnTheOtherNodeOnceTheResponseIsThere() {
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("servlet", "1");
            inBackground(request, () -> {
                session.setAttribute("thread", "2");
                response.getWriter().print("done");
            });
        });

        assertThat(client.text(cluster.a(), "/async")).isEqualTo("done");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("servlet,thread");
    }

    @Test
    void sessionFirstUsedByTheThread_isCommittedBeforeTheResponse() {
        createCart();
        cluster.on(
                "/async",
                (request, response) -> inBackground(
                        request,
                        () -> cart(request.getSession().getAttribute("cart")).add("async")));

        for (int i = 1; i <= 5; i++) {
            client.text(i % 2 == 0 ? cluster.a() : cluster.b(), "/async");
            assertThat(cartSize(i % 2 == 0 ? cluster.b() : cluster.a())).isEqualTo(i);
        }
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void objectReadByTheServletAndChangedByTheThread_isStored() {
        createCart();
        cluster.on("/async", (request, response) -> {
            List<String> cart = cart(request.getSession().getAttribute("cart"));
            inBackground(request, () -> cart.add("async"));
        });

        for (int i = 1; i <= 5; i++) {
            client.text(i % 2 == 0 ? cluster.a() : cluster.b(), "/async");
            assertThat(cartSize(i % 2 == 0 ? cluster.b() : cluster.a())).isEqualTo(i);
        }
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void sessionCreatedByTheThread_isKnownToTheOtherNode() {
        cluster.on(
                "/async",
                (request, response) -> inBackground(
                        request,
                        () -> response.getWriter().print(request.getSession().getId())));

        String id = client.text(cluster.a(), "/async");

        assertThat(client.requireSessionId()).isEqualTo(id);
        assertThat(client.text(cluster.b(), "/id")).isEqualTo(id);
    }

    @Test
    void threadThatTheServletWaitsFor_isPartOfTheRequest() {
        createCart();
        cluster.on(
                "/helped",
                (request, response) -> applicationThreads
                        .submit(() ->
                                cart(request.getSession().getAttribute("cart")).add("by a helper"))
                        .get());

        for (int i = 1; i <= 5; i++) {
            client.text(i % 2 == 0 ? cluster.a() : cluster.b(), "/helped");
            assertThat(cartSize(i % 2 == 0 ? cluster.b() : cluster.a())).isEqualTo(i);
        }
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void listenerOfANonBlockingResponse_isCommittedBeforeWhatItWrites() {
        createCart();
        cluster.on("/non-blocking", (request, response) -> {
            AsyncContext async = request.startAsync();
            ServletOutputStream out = response.getOutputStream();
            out.setWriteListener(new WriteListener() {
                @Override
                public void onWritePossible() throws IOException {
                    cart(request.getSession().getAttribute("cart")).add("non-blocking");
                    out.print("done");
                    async.complete();
                }

                @Override
                public void onError(Throwable failure) {
                    async.complete();
                }
            });
        });

        for (int i = 1; i <= 5; i++) {
            assertThat(client.text(i % 2 == 0 ? cluster.a() : cluster.b(), "/non-blocking"))
                    .isEqualTo("done");
            assertThat(cartSize(i % 2 == 0 ? cluster.b() : cluster.a())).isEqualTo(i);
        }
    }

    @Test
    void threadThatFlushesAndThenWrites_isStoredInBothHalves() throws Exception {
        createCart();
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            List<String> cart = cart(session.getAttribute("cart"));
            inBackground(request, () -> {
                session.setAttribute("before", "1");
                response.getWriter().print("begun");
                response.flushBuffer();
                hold.here();
                session.setAttribute("after", "2");
                cart.add("after");
            });
        });
        CompletableFuture<Answer> async = client.start(cluster.a(), "/async");
        hold.awaitReached();

        assertThat(client.text(cluster.b(), "/names")).isEqualTo("before,cart");
        hold.release();
        assertThat(Client.await(async).text()).isEqualTo("begun");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before,cart");
        assertThat(cartSize(cluster.b())).isEqualTo(1);
    }

    @Test
    void threadThatClosesTheResponseAndThenWrites_isStoredInBothHalves() throws Exception {
        createCart();
        cluster.on("/async", (request, response) -> {
            HttpSession session = request.getSession();
            List<String> cart = cart(session.getAttribute("cart"));
            inBackground(request, () -> {
                session.setAttribute("before", "1");
                response.getWriter().print("all");
                response.getWriter().close();
                hold.here();
                session.setAttribute("after", "2");
                cart.add("after");
            });
        });
        CompletableFuture<Answer> async = client.start(cluster.a(), "/async");
        hold.awaitReached();

        assertThat(Client.await(async).text()).isEqualTo("all");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("before,cart");
        hold.release();
        await().untilAsserted(() -> assertThat(cartSize(cluster.b())).isEqualTo(1));
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before,cart");
    }

    @Test
    void requestThatNeverUsesItsSession_costsNothingEvenIfAsync() {
        client.text(cluster.a(), "/new");
        cluster.on(
                "/async",
                (request, response) ->
                        inBackground(request, () -> response.getWriter().print("done")));
        long commits = cluster.commits();

        assertThat(client.text(cluster.b(), "/async")).isEqualTo("done");
        assertThat(cluster.b().count(Figure.LOCAL_COPIES)).isZero();
        assertThat(cluster.commits()).isEqualTo(commits);
    }

    @Test
    void requestThatIsDispatchedAgainAndNeverUsesItsSession_costsNothing() {
        client.text(cluster.a(), "/new");
        cluster.on("/async", (request, response) -> request.startAsync().dispatch("/done"))
                .on("/done", (request, response) -> response.getWriter().print("done"));

        assertThat(client.text(cluster.b(), "/async")).isEqualTo("done");

        assertThat(cluster.b().count(Figure.LOCAL_COPIES)).isZero();
    }

    /** What a thread of the application does. */
    private interface Work {
        void run() throws IOException;
    }

    private void inBackground(HttpServletRequest request, Work work) {
        AsyncContext async = request.startAsync();
        applicationThreads.execute(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                ((HttpServletResponse) async.getResponse()).setStatus(500);
            } finally {
                async.complete();
            }
        });
    }

    private void createCart() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()))
                .on(
                        "/size",
                        (request, response) -> response.getWriter()
                                .print(cart(request.getSession().getAttribute("cart"))
                                        .size()));
        client.text(cluster.a(), "/create");
    }

    private int cartSize(Node node) {
        return Integer.parseInt(client.text(node, "/size"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Object attribute) {
        return (List<String>) attribute;
    }
}
