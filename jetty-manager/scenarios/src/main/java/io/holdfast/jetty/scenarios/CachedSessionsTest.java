package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes that both keep a session between requests. */
class CachedSessionsTest {
    private final Client client = new Client();
    private Node a;
    private Node b;

    @BeforeEach
    void logIn() throws Exception {
        String namespace = "cached-" + UUID.randomUUID();
        a = withPages(Node.start("a", namespace, Cache.HOLDFAST));
        b = withPages(Node.start("b", namespace, Cache.HOLDFAST));
        client.get(a, "/login");
        client.get(b, "/user");
        assertThat(a.cachedSessions()).isEqualTo(1);
        assertThat(b.cachedSessions()).isEqualTo(1);
    }

    @AfterEach
    void stop() throws Exception {
        a.stop();
        b.stop();
    }

    @Test
    void changeOnOneNode_isSeenOnTheOther() {
        client.get(a, "/put?name=color&value=red");
        assertThat(client.get(b, "/get?name=color")).isEqualTo("red");

        client.get(a, "/put?name=color&value=blue");
        assertThat(client.get(b, "/get?name=color")).isEqualTo("blue");
    }

    @Test
    void objectThatNobodyReplaced_staysTheSame() {
        String before = client.get(a, "/identity?name=cart");
        client.get(b, "/put?name=color&value=red");

        assertThat(client.get(a, "/get?name=color")).isEqualTo("red");
        assertThat(client.get(a, "/identity?name=cart")).isEqualTo(before);
    }

    @Test
    void logoutOnOneNode_isOneOnTheOther_andToldOnce() {
        client.get(a, "/logout");

        assertThat(client.get(b, "/user")).isEqualTo("nobody");
        assertThat(b.cachedSessions()).isZero();
        assertThat(ended()).containsExactly("ada");
    }

    @Test
    void changedId_isTheOnlyOneOnTheOtherNode() {
        Client withOldId = client.copy();
        client.get(a, "/change-id");

        assertThat(withOldId.get(b, "/user")).isEqualTo("nobody");
        assertThat(client.get(b, "/user")).isEqualTo("ada");
        assertThat(withOldId.get(a, "/user")).isEqualTo("nobody");
        assertThat(b.cachedSessions()).isEqualTo(1);
        assertThat(ended()).isEmpty();
    }

    @Test
    void timeoutSetOnOneNode_countsOnTheOther() {
        client.get(a, "/timeout?seconds=77");

        assertThat(client.get(b, "/timeout")).isEqualTo("77");
    }

    @Test
    void lateChange_isSavedWhenItsRequestEnds_thoughAnotherOneStillRuns() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        a.page("/poll", request -> {
            request.getSession(false).getAttribute("user");
            reached.countDown();
            assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
            return "";
        });
        a.page("/late", request -> {
            ((HttpServletResponse) request.getAttribute(PageServlet.RESPONSE)).flushBuffer();
            request.getSession(false).setAttribute("late", "1");
            return "";
        });
        CompletableFuture<String> poll = client.copy().begin(a, "/poll");
        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

        client.get(a, "/late");

        Awaitility.await().until(() -> client.get(b, "/get?name=late").equals("1"));
        released.countDown();
        poll.get(10, TimeUnit.SECONDS);
    }

    @Test
    void endOfASession_thatBothKnow_isToldOnce_andBothGiveItUp() {
        client.get(a, "/timeout?seconds=1");
        client.get(b, "/user");

        Awaitility.await().until(() -> {
            CompletableFuture<Void> onA = CompletableFuture.runAsync(a::scavenge);
            b.scavenge();
            onA.get(10, TimeUnit.SECONDS);
            return a.cachedSessions() + b.cachedSessions() == 0 && !ended().isEmpty();
        });

        assertThat(ended()).containsExactly("ada");
    }

    private List<String> ended() {
        return Stream.concat(a.ended.stream(), b.ended.stream()).toList();
    }

    private static Node withPages(Node node) {
        return node.page("/login", request -> {
                    request.getSession().setAttribute("user", "ada");
                    request.getSession().setAttribute("cart", new ArrayList<String>());
                    return "";
                })
                .page("/user", request -> user(request.getSession(false)))
                .page("/put", request -> {
                    request.getSession(false).setAttribute(request.getParameter("name"), request.getParameter("value"));
                    return "";
                })
                .page("/get", request -> String.valueOf(attribute(request)))
                .page("/identity", request -> String.valueOf(System.identityHashCode(attribute(request))))
                .page("/change-id", HttpServletRequest::changeSessionId)
                .page("/timeout", request -> {
                    String seconds = request.getParameter("seconds");
                    if (seconds != null) {
                        request.getSession(false).setMaxInactiveInterval(Integer.parseInt(seconds));
                    }
                    return String.valueOf(request.getSession(false).getMaxInactiveInterval());
                })
                .page("/logout", request -> {
                    request.getSession(false).invalidate();
                    return "";
                });
    }

    private static @Nullable Object attribute(HttpServletRequest request) {
        return request.getSession(false).getAttribute(request.getParameter("name"));
    }

    private static String user(@Nullable HttpSession session) {
        return session == null ? "nobody" : String.valueOf(session.getAttribute("user"));
    }
}
