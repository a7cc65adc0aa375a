package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However an exclusive request ends, the session is free for the next one, on the other node. A lease that is not given back
 * would last for ten minutes here, and be waited for in vain.
 */
class ExclusiveEndsTest extends ConfiguredNodes {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @BeforeEach
    void start() {
        use(Cluster.start(node -> {
            node.set("exclusive", "session");
            node.set("exclusiveWaitMillis", "5000");
            node.set("exclusiveLeaseMillis", "600000");
            node.errorPage(410, "/error-page");
        }));
        cluster.on("/included", (request, response) -> request.getSession().setAttribute("included", "yes"))
                .on("/error-page", (request, response) -> request.getSession().setAttribute("explained", "yes"));
        client.text(cluster.a(), "/set?name=user&value=ada");
    }

    @AfterEach
    void everySessionIsFree() {
        await().until(() -> records.keys().stream().noneMatch(key -> key.endsWith(":lock")));
        assertThat(cluster.sum(Figure.LOST_LEASES)).isZero();
    }

    /** Ways for a request to end. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold no state
    enum End {
        NORMAL((request, response) -> response.getWriter().print("done")),
        FLUSHED_BEFORE((request, response) -> {
            response.flushBuffer();
            request.getSession().setAttribute("late", "yes");
        }),
        CLOSED_BEFORE((request, response) -> {
            response.getWriter().close();
            request.getSession().setAttribute("late", "yes");
        }),
        LARGE_BODY((request, response) -> response.getWriter().print("x".repeat(50_000))),
        EXCEPTION((request, response) -> {
            throw new IllegalArgumentException("on purpose");
        }),
        ERROR((request, response) -> {
            throw new StackOverflowError("on purpose");
        }),
        SEND_ERROR((request, response) -> response.sendError(404)),
        ERROR_PAGE((request, response) -> response.sendError(410)),
        REDIRECT((request, response) -> response.sendRedirect("elsewhere")),
        FORWARD((request, response) -> request.getRequestDispatcher("/included").forward(request, response)),
        INCLUDE((request, response) -> request.getRequestDispatcher("/included").include(request, response)),
        ID_CHANGE((request, response) -> request.changeSessionId()),
        NEW_SESSION((request, response) -> {
            request.getSession().invalidate();
            request.getSession().setAttribute("user", "bob");
        }),
        ASYNC_AT_ONCE((request, response) -> request.startAsync().complete()),
        ASYNC_THREAD((request, response) -> {
            AsyncContext async = request.startAsync();
            THREADS.execute(() -> {
                request.getSession().setAttribute("thread", "yes");
                async.complete();
            });
        }),
        ASYNC_DISPATCH((request, response) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            }
        }),
        ASYNC_EXCEPTION((request, response) -> {
            request.startAsync().setTimeout(100); // so long Jetty waits before it answers
            throw new IllegalArgumentException("on purpose");
        }),
        ASYNC_TIMEOUT((request, response) -> request.startAsync().setTimeout(100)),
        ASYNC_TIMEOUT_ANSWERED((request, response) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(100);
            async.addListener(new Completing());
        });

        private final Handler handler;

        End(Handler handler) {
            this.handler = handler;
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void requestThatEnds_freesTheSession(End end) {
        cluster.on("/work", (request, response) -> {
            request.getSession().setAttribute("user", "eve");
            end.handler.handle(request, response);
        });

        client.get(cluster.a(), "/work");

        assertThat(client.text(cluster.b(), "/set?name=next&value=x")).isEqualTo("ok");
        assertThat(client.text(cluster.a(), "/get?name=next")).isEqualTo("x");
        assertThat(cluster.sum(Figure.EXCLUSIVE_TIMEOUTS)).isZero();
    }

    @Test
    void requestWhoseClientIsGone_freesTheSession() {
        Hold hold = new Hold();
        cluster.on("/work", (request, response) -> {
            request.getSession().setAttribute("user", "eve");
            hold.here();
            for (int i = 0; i < 1_000; i++) {
                response.getOutputStream().write(new byte[100_000]);
            }
        });
        RawConnection browser =
                RawConnection.to(cluster.a()).send(RawConnection.request("GET", "/work", client.requireSessionId()));
        hold.awaitReached();
        browser.reset();
        hold.release();

        assertThat(client.text(cluster.b(), "/set?name=next&value=x")).isEqualTo("ok");
    }

    @Test
    void asynchronousRequestWhoseClientIsGone_freesTheSession() {
        Hold hold = new Hold();
        cluster.on("/work", (request, response) -> {
            request.getSession().setAttribute("user", "eve");
            AsyncContext async = request.startAsync();
            THREADS.execute(() -> {
                hold.here();
                writeUntilItFails(response);
                async.complete();
            });
        });
        RawConnection browser =
                RawConnection.to(cluster.a()).send(RawConnection.request("GET", "/work", client.requireSessionId()));
        hold.awaitReached();
        browser.reset();
        hold.release();

        assertThat(client.text(cluster.b(), "/set?name=next&value=x")).isEqualTo("ok");
    }

    @Test
    void asynchronousRequest_keepsItsTurnUntilItIsComplete() {
        Hold hold = new Hold();
        cluster.on("/work", (request, response) -> {
            HttpServletRequest asked = request;
            asked.getSession().setAttribute("user", "eve");
            AsyncContext async = request.startAsync();
            THREADS.execute(() -> {
                hold.here();
                asked.getSession().setAttribute("user", "zoe");
                async.complete();
            });
        });
        CompletableFuture<Answer> first = client.start(cluster.a(), "/work");
        hold.awaitReached();
        CompletableFuture<Answer> next = client.start(cluster.b(), "/get?name=user");
        awaitListener();
        hold.release();

        assertThat(Client.await(next).text()).isEqualTo("zoe");
        assertThat(Client.await(first).status()).isEqualTo(200);
    }

    @Test
    void requestWithAnUnknownSession_freesItAtOnce() {
        String known = client.requireSessionId();
        Hold hold = new Hold();
        cluster.on("/work", (request, response) -> {
            response.getWriter().print(Pages.id(request.getSession(false)));
            hold.here();
        });
        Client forger = new Client(known.substring(0, 16) + "0".repeat(32));
        CompletableFuture<Answer> forged = forger.start(cluster.a(), "/work");
        hold.awaitReached();

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        hold.release();
        assertThat(Client.await(forged).text()).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void applicationThatStops_freesTheSessionsOfItsRequests_andFailsThoseThatWait() throws Exception {
        Hold hold = new Hold();
        cluster.on("/work", (request, response) -> {
            request.getSession().setAttribute("user", "eve");
            hold.here();
        });
        CompletableFuture<Answer> working = client.start(cluster.a(), "/work");
        hold.awaitReached();
        CompletableFuture<Answer> waiting = client.start(cluster.b(), "/get?name=user");
        awaitListener();
        cluster.a().application().stop();

        assertThat(Client.await(waiting).text()).isEqualTo("ada");
        hold.release();
        assertThat(Client.await(working).status()).isIn(404, 409, 503);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    /** Waits until a request of the other node listens for the end of one that has its turn. */
    private void awaitListener() {
        String lock = records.key(client.requireSessionId()) + ":lock";
        await().until(() ->
                records.send("PUBSUB", "NUMSUB", lock).elements().get(1).number() == 1);
    }

    private static void writeUntilItFails(HttpServletResponse response) {
        try {
            for (int i = 0; i < 1_000; i++) {
                response.getOutputStream().write(new byte[100_000]);
            }
        } catch (IOException e) {
            // the client is gone, which is the point
        }
    }

    /** Answers a time-out. */
    private static final class Completing implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
