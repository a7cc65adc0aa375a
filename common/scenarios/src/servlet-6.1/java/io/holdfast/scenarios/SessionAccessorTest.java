package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.holdfast.scenarios.Client.Answer;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code HttpSession.Accessor} of Servlet 6.1: threads that work on a session outside of any request. */
@Tag(EveryEnvironment.TAG)
class SessionAccessorTest {
    private final Cluster cluster = Cluster.start();
    private final Client client = new Client();
    private final AtomicReference<HttpSession.Accessor> accessor = new AtomicReference<>();

    @BeforeEach
    void takeAccessor() {
        cluster.on("/accessor", (request, response) -> {
            request.getSession().setAttribute("cart", new ArrayList<>());
            accessor.set(request.getSession().getAccessor());
        });
        client.text(cluster.a(), "/accessor");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void attributeSetThroughIt_isSeenOnTheOtherNodeWhenItReturns() {
        accessor.get().access(session -> session.setAttribute("user", "ada"));

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.a(), "/get?name=user")).isEqualTo("ada");
    }

    @Test
    void attributeChangedInPlaceThroughIt_isSeenOnTheOtherNodeWhenItReturns() {
        accessor.get().access(session -> cart(session).add("bread"));
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread]");
        accessor.get().access(session -> cart(session).add("milk"));
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread, milk]");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void changeOfTheOtherNode_isSeenThroughIt() {
        client.text(cluster.b(), "/set?name=user&value=ada");
        AtomicReference<Object> seen = new AtomicReference<>();
        accessor.get().access(session -> seen.set(session.getAttribute("user")));

        assertThat(seen).hasValue("ada");
    }

    @Test
    void accessWhileARequestOfTheSessionRuns_doesNotWaitForIt() {
        Hold hold = new Hold();
        cluster.on("/poll", (request, response) -> {
            request.getSession();
            hold.here();
        });
        CompletableFuture<Answer> poll = client.start(cluster.a(), "/poll");
        hold.awaitReached();
        accessor.get().access(session -> {
            session.setAttribute("user", "ada");
            cart(session).add("bread");
        });

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("[bread]");
        hold.release();
        assertThat(Client.await(poll).status()).isEqualTo(200);
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void accessThatOnlyReads_writesNothing() {
        long commits = cluster.commits();
        accessor.get().access(HttpSessions::readAll);

        assertThat(cluster.commits()).isEqualTo(commits);
    }

    @Test
    void accessOfASessionThatEndedOnTheOtherNode_isRefusedAndBringsNothingBack() {
        String id = client.requireSessionId();
        client.text(cluster.b(), "/invalidate");

        assertThatIllegalStateException()
                .isThrownBy(() -> accessor.get().access(session -> session.setAttribute("user", "ada")));
        try (Records records = Records.of(cluster)) {
            assertThat(records.exists(id)).isFalse();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpSession session) {
        return (List<String>) session.getAttribute("cart");
    }

    private static final class HttpSessions {
        static void readAll(HttpSession session) {
            session.getAttributeNames().asIterator().forEachRemaining(session::getAttribute);
        }
    }
}
