package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client.Answer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis fails at the worst moment: the client is told so, keeps its cookie, and finds its session as it was. */
class OutageTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri(), node -> node.errorPage(410, "/error-page"));
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    /** Ways for a response to begin when its session cannot be stored. */
    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold no state
    enum Beginning {
        AT_THE_END((request, response) -> response.getWriter().print("secret")),
        FLUSH((request, response) -> {
            response.getWriter().print("secret");
            response.flushBuffer();
        }),
        LARGE_BODY((request, response) -> response.getWriter().print("secret".repeat(5_000))),
        LARGE_BYTES((request, response) -> response.getOutputStream().write(new byte[20_000])),
        KNOWN_LENGTH((request, response) -> {
            response.setContentLength(20_000);
            response.getOutputStream().write(new byte[20_000]);
        }),
        CLOSED_WRITER((request, response) -> {
            response.getWriter().print("secret");
            response.getWriter().close();
        }),
        REDIRECT((request, response) -> response.sendRedirect("elsewhere")),
        ERROR((request, response) -> response.sendError(404, "secret")),
        ERROR_PAGE((request, response) -> response.sendError(410, "secret")),
        FORWARD((request, response) -> request.getRequestDispatcher("/nothing").forward(request, response)),
        EXCEPTION((request, response) -> {
            throw new IllegalArgumentException("on purpose");
        }),
        ASYNC((request, response) -> request.startAsync().complete());

        private final Handler begin;

        Beginning(Handler begin) {
            this.begin = begin;
        }
    }

    @ParameterizedTest
    @EnumSource(Beginning.class)
    void commitThatFailsBeforeTheResponseBegins_isAnsweredWith503AndTheOldValueStays(Beginning beginning) {
        cluster.on("/error-page", (request, response) -> response.getWriter().print("secret"))
                .on("/write", (request, response) -> {
                    request.getSession().setAttribute("user", "bob");
                    response.addHeader("X-Prepared", "yes");
                    proxy.down();
                    beginning.begin.handle(request, response);
                });
        client.text(cluster.a(), "/set?name=user&value=ada");

        Answer answer = client.get(cluster.a(), "/write");

        assertRefused(answer);
        assertThat(answer.body())
                .contains("The session store does not answer. Your session is kept; please try again.")
                .doesNotContain("secret");
        assertThat(answer.headers().map()).doesNotContainKey("x-prepared");
        proxy.up();
        assertUserOnBothNodes("ada");
        assertThat(client.text(cluster.a(), "/nothing")).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(
            value = Beginning.class,
            names = {"AT_THE_END", "LARGE_BODY", "ERROR", "ASYNC"})
    void newSessionThatCannotBeStored_givesNoCookie(Beginning beginning) {
        cluster.on("/error-page", (request, response) -> response.getWriter().print("secret"))
                .on("/write", (request, response) -> {
                    request.getSession().setAttribute("user", "bob");
                    proxy.down();
                    beginning.begin.handle(request, response);
                });

        assertRefused(client.get(cluster.a(), "/write"));
        assertThat(client.sessionId()).isNull();
        assertThat(cluster.a().count(Figure.LOCAL_COPIES)).isZero();
        proxy.up();
        assertThat(textOnceHealed(cluster.a(), "/set?name=user&value=ada")).isEqualTo("ok");
        assertUserOnBothNodes("ada");
    }

    @Test
    void nodeStartsWithoutRedis_servesWhatNeedsNone_andHeals() {
        proxy.down();
        try (Cluster started = Cluster.startOn(proxy.uri())) {
            assertThat(client.text(started.a(), "/nothing")).isEqualTo("ok");
            assertRefused(client.get(started.a(), "/set?name=user&value=ada"));
            assertRefused(client.get(started.a(), "/set?name=user&value=ada"));
            assertThat(started.a().count(Figure.REDIS_OUTAGES)).isEqualTo(1);

            proxy.up();
            assertThat(textOnceHealed(started.a(), "/set?name=user&value=ada")).isEqualTo("ok");
            assertThat(textOnceHealed(started.b(), "/get?name=user")).isEqualTo("ada");
        }
    }

    @Test
    void failedLoad_isNotTakenForNoSession() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        proxy.down();

        assertRefused(client.get(cluster.a(), "/get?name=user"));
        assertRefused(client.get(cluster.b(), "/get?name=user"));
        assertRefused(client.get(cluster.b(), "/new"));
        assertThat(client.text(cluster.b(), "/nothing")).isEqualTo("ok");

        proxy.up();
        assertUserOnBothNodes("ada");
    }

    @Test
    void failedLoadThatAnErrorPageExplains_is503AsWell() {
        try (Cluster explaining = Cluster.startOn(
                proxy.uri(), node -> node.errorPage(500, "/error-page").errorPage(503, "/error-page"))) {
            explaining.on(
                    "/error-page", (request, response) -> response.getWriter().print("sorry"));
            client.text(explaining.a(), "/set?name=user&value=ada");
            proxy.down();

            Answer answer = client.get(explaining.a(), "/get?name=user");

            assertRefused(answer);
            assertThat(answer.body()).isEqualTo("sorry");
        }
    }

    @Test
    void failedIdChange_leavesTheOldIdValid() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/change", (request, response) -> {
            request.getSession();
            proxy.down();
            request.changeSessionId();
        });

        assertRefused(client.get(cluster.a(), "/change"));
        proxy.up();
        assertUserOnBothNodes("ada");
    }

    @ParameterizedTest
    @EnumSource(
            value = Beginning.class,
            names = {"AT_THE_END", "FLUSH"})
    void idThatWasChangedBeforeTheCommitFailed_reachesTheClientAllTheSame(Beginning beginning) {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/change", (request, response) -> {
            request.changeSessionId();
            request.getSession().setAttribute("user", "bob");
            proxy.down();
            beginning.begin.handle(request, response);
        });

        assertThat(client.get(cluster.a(), "/change").status()).isEqualTo(503);
        proxy.up();
        assertUserOnBothNodes("ada");
    }

    @Test
    void failedInvalidation_leavesTheSessionAlive() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/leave", (request, response) -> {
            request.getSession();
            proxy.down();
            request.getSession().invalidate();
        });

        assertRefused(client.get(cluster.a(), "/leave"));
        proxy.up();
        assertUserOnBothNodes("ada");
    }

    @Test
    void outageAfterTheResponseBegan_isCounted() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        cluster.on("/write", (request, response) -> {
            request.getSession().setAttribute("early", "yes");
            response.flushBuffer();
            proxy.down();
            request.getSession().setAttribute("late", "yes");
            response.getWriter().print("sent");
        });

        assertThat(client.get(cluster.a(), "/write").text()).isEqualTo("sent");
        await().until(() -> cluster.sum(Figure.FAILED_COMMITS) == 1);
        proxy.up();
        assertThat(textOnceHealed(cluster.a(), "/names")).isEqualTo("early,user");
        assertThat(textOnceHealed(cluster.b(), "/names")).isEqualTo("early,user");
    }

    @Test
    void otherRequestsOfTheSessionOnTheNode_doNotLoseWhatTheyDidWhenOneCommitFails() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        Hold hold = new Hold();
        cluster.on("/slow", (request, response) -> {
                    request.getSession().setAttribute("slow", "yes");
                    hold.here();
                })
                .on("/write", (request, response) -> {
                    request.getSession().setAttribute("user", "bob");
                    proxy.down();
                });
        CompletableFuture<Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();
        assertRefused(client.get(cluster.a(), "/write"));
        proxy.up();
        assertUserOnBothNodes("ada");
        assertThat(textOnceHealed(cluster.a(), "/set?name=other&value=x")).isEqualTo("ok");
        hold.release();

        assertThat(Client.await(slow).status()).isEqualTo(200);
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("other,slow,user");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("other,slow,user");
    }

    private void assertUserOnBothNodes(String user) {
        assertThat(textOnceHealed(cluster.a(), "/get?name=user")).isEqualTo(user);
        assertThat(textOnceHealed(cluster.b(), "/get?name=user")).isEqualTo(user);
    }

    /** For a fraction of a second after a failed attempt to connect, a node does not try again. */
    private String textOnceHealed(Node node, String page) {
        return await().until(() -> client.get(node, page), answer -> answer.status() != 503)
                .text();
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.newSessionId()).as("%s", answer).isNull();
        assertThat(answer.body()).doesNotContain("redis://", "io.lettuce", "StoreUnavailable");
    }
}
