package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever has seen the first byte of a response finds on any node what its request wrote before. */
@Tag(EveryEnvironment.TAG)
class EarlyCommitTest {
    private static final int MORE_THAN_THE_BUFFER = 20_000;

    private final Hold hold = new Hold();
    private final Cluster cluster = Cluster.start(node -> {
        node.errorPage(HttpServletResponse.SC_GONE, "/error-page");
        node.listen(new LastWord());
    });
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
    }

    /** Ways for a response to begin while its request still runs; the session was written before. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold no state
    enum Beginning {
        FLUSH_BUFFER((request, response) -> response.flushBuffer()),
        FLUSHED_WRITER((request, response) -> {
            response.getWriter().print("begun");
            response.getWriter().flush();
        }),
        BODY_LARGER_THAN_THE_BUFFER((request, response) -> {
            response.getWriter().print("x".repeat(MORE_THAN_THE_BUFFER));
            response.flushBuffer();
        }),
        LARGE_BYTES((request, response) -> {
            response.getOutputStream().write(new byte[MORE_THAN_THE_BUFFER]);
            response.flushBuffer();
        }),
        CLOSED_WRITER((request, response) -> {
            response.getWriter().print("all");
            response.getWriter().close();
        }),
        CLOSED_STREAM((request, response) -> {
            response.getOutputStream().write('x');
            response.getOutputStream().close();
        }),
        WHOLE_CONTENT_LENGTH((request, response) -> {
            response.setContentLength(3);
            response.getWriter().print("all");
            response.getWriter().flush();
        }),
        FLUSHED_INCLUDE((request, response) -> {
            request.getRequestDispatcher("/part").include(request, response);
            response.flushBuffer();
        });

        private final Handler begin;

        Beginning(Handler begin) {
            this.begin = begin;
        }
    }

    @ParameterizedTest
    @EnumSource(Beginning.class)
    void responseThatBeginsWhileTheRequestRuns_isPrecededByACommit_andLateChangesFollow(Beginning beginning)
            throws Exception {
        cluster.on("/part", (request, response) -> response.getWriter().print("part"))
                .on("/stream", (request, response) -> {
                    List<String> cart = cart(request.getSession().getAttribute("cart"));
                    request.getSession().setAttribute("early", "yes");
                    beginning.begin.handle(request, response);
                    hold.here();
                    request.getSession().setAttribute("late", "yes");
                    cart.add("late");
                });
        createCart();
        CompletableFuture<HttpResponse<InputStream>> streaming = client.startStreaming(cluster.a(), "/stream");
        HttpResponse<InputStream> begun = streaming.get(10, TimeUnit.SECONDS);
        hold.awaitReached();

        assertThat(client.text(cluster.b(), "/names")).isEqualTo("cart,early");
        hold.release();
        begun.body().readAllBytes();
        await().untilAsserted(
                        () -> assertThat(client.text(cluster.b(), "/names")).isEqualTo("cart,early,late"));
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[late]");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void redirectAfterWrite_isReadOnTheOtherNode() {
        cluster.on("/save", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            response.sendRedirect("get?name=user");
        });

        Answer redirect = client.get(cluster.a(), "/save");

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.location()).hasValueSatisfying(to -> assertThat(to).endsWith("get?name=user"));
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void errorPageThatUsesTheSession_seesWhatTheFailedRequestWrote_andWritesItself() {
        cluster.on("/gone", (request, response) -> {
                    request.getSession().setAttribute("failed", "yes");
                    response.sendError(HttpServletResponse.SC_GONE);
                })
                .on("/error-page", (request, response) -> {
                    request.getSession().setAttribute("page", "shown");
                    response.getWriter().print("failed: " + request.getSession().getAttribute("failed"));
                });

        Answer answer = client.get(cluster.a(), "/gone");

        assertThat(answer.status()).isEqualTo(HttpServletResponse.SC_GONE);
        assertThat(answer.body()).isEqualTo("failed: yes");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("failed,page");
    }

    @Test
    void errorPageThatStartsASession_givesItsCookie() {
        cluster.on("/gone", (request, response) -> response.sendError(HttpServletResponse.SC_GONE))
                .on("/error-page", (request, response) -> request.getSession().setAttribute("page", "shown"));

        assertThat(client.get(cluster.a(), "/gone").status()).isEqualTo(HttpServletResponse.SC_GONE);
        assertThat(client.text(cluster.b(), "/get?name=page")).isEqualTo("shown");
    }

    @Test
    void forwardAndInclude_writeTheSessionOfTheRequest() {
        cluster.on("/forward", (request, response) -> {
                    request.getSession().setAttribute("before", "1");
                    request.getRequestDispatcher("/target").forward(request, response);
                })
                .on("/target", (request, response) -> {
                    request.getSession().setAttribute("target", "2");
                    request.getRequestDispatcher("/part").include(request, response);
                })
                .on("/part", (request, response) -> {
                    request.getSession().setAttribute("part", "3");
                    response.getWriter().print("part");
                });

        assertThat(client.text(cluster.a(), "/forward")).isEqualTo("part");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("before,part,target");
        assertThat(cluster.commits()).isEqualTo(1);
    }

    @Test
    void sessionStartedByAnIncludedPage_isGivenToTheClient() {
        cluster.on(
                        "/page",
                        (request, response) ->
                                request.getRequestDispatcher("/part").include(request, response))
                .on("/part", (request, response) -> request.getSession().setAttribute("part", "3"));

        client.text(cluster.a(), "/page");

        assertThat(client.text(cluster.b(), "/get?name=part")).isEqualTo("3");
    }

    @Test
    void requestListenerThatWritesAtTheEnd_isSeenOnTheOtherNode() {
        cluster.on("/page", (request, response) -> {
            request.setAttribute(LastWord.WANTED, "yes");
            request.getSession();
            response.getWriter().print("ok");
        });

        client.text(cluster.a(), "/page");

        assertThat(client.text(cluster.b(), "/get?name=last-word")).isEqualTo("spoken");
    }

    @Test
    void resetResponse_changesNothingOfTheSession() {
        cluster.on("/reset", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            response.getWriter().print("to be forgotten");
            response.reset();
            response.getWriter().print("ok");
        });
        client.text(cluster.a(), "/new");

        assertThat(client.text(cluster.a(), "/reset")).isEqualTo("ok");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void servletThatFailsAfterItWrote_hasWritten() {
        cluster.on("/fail", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            throw new IllegalArgumentException("on purpose");
        });

        assertThat(client.get(cluster.a(), "/fail").status()).isEqualTo(500);
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
    }

    private void createCart() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("cart", new ArrayList<>()));
        client.text(cluster.a(), "/create");
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Object attribute) {
        return (List<String>) attribute;
    }

    /** Writes when a request is about to end, if that request asked for it. */
    private static final class LastWord implements ServletRequestListener {
        static final String WANTED = "last-word-wanted";

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            if (event.getServletRequest() instanceof HttpServletRequest request
                    && request.getAttribute(WANTED) != null) {
                request.getSession().setAttribute("last-word", "spoken");
            }
        }
    }
}
