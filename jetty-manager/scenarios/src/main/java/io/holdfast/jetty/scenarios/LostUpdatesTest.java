package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that work on one session, with each cache there is. */
class LostUpdatesTest {
    private final String namespace = "jetty-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final Client client = new Client();
    private final List<Node> nodes = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Node node : nodes) {
            node.stop();
        }
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatOverlap_setDifferentAttributes_bothAreKept(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");
        CyclicBarrier together = new CyclicBarrier(2);
        for (Node node : nodes) {
            node.page("/put", request -> {
                String name = request.getParameter("name");
                assertThat(request.getSession(false).getAttribute(name)).isNull();
                together.await(10, TimeUnit.SECONDS);
                request.getSession(false).setAttribute(name, "set");
                together.await(10, TimeUnit.SECONDS);
                return "";
            });
        }

        CompletableFuture<String> onA = client.begin(a, "/put?name=x");
        client.get(b, "/put?name=y");
        onA.get(10, TimeUnit.SECONDS);

        assertThat(client.get(a, "/names")).isEqualTo("[cart, user, x, y]");
        assertThat(client.get(b, "/names")).isEqualTo("[cart, user, x, y]");
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatOverlap_changeOneListInPlace_bothChangesAreKept(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");
        CyclicBarrier together = new CyclicBarrier(2);
        for (Node node : nodes) {
            node.page("/add-together", request -> {
                List<String> cart = cart(request);
                together.await(10, TimeUnit.SECONDS);
                cart.add(request.getParameter("item"));
                return "";
            });
        }

        CompletableFuture<String> onA = client.begin(a, "/add-together?item=x");
        client.get(b, "/add-together?item=y");
        onA.get(10, TimeUnit.SECONDS);

        assertThat(client.get(a, "/cart")).isIn("[x, y]", "[y, x]");
    }

    @ParameterizedTest
    @EnumSource
    void logout_whileAnotherNodeWrites_staysDead(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        b.page("/write-late", request -> {
            HttpSession session = request.getSession(false);
            assertThat(session.getAttribute("user")).isEqualTo("ada");
            reached.countDown();
            assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
            session.setAttribute("late", "1");
            return "";
        });

        CompletableFuture<String> late = client.copy().begin(b, "/write-late");
        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        client.get(a, "/logout");
        released.countDown();
        late.get(10, TimeUnit.SECONDS);

        assertThat(client.get(a, "/user")).isEqualTo("nobody");
        assertThat(client.get(b, "/user")).isEqualTo("nobody");
        Awaitility.await().until(() -> keysOfSessions().isEmpty());
        assertThat(a.ended).containsExactly("ada");
        assertThat(b.ended).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void changeInPlace_withoutSetAttribute_isSeenOnTheOtherNode(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");

        client.get(a, "/add?item=x");
        assertThat(client.get(b, "/cart")).isEqualTo("[x]");
        client.get(b, "/add?item=y");

        assertThat(client.get(a, "/cart")).isEqualTo("[x, y]");
    }

    @ParameterizedTest
    @EnumSource
    void changeOfTheId_whileAnotherNodeWrites_keepsTheWriteAndEndsTheOldId(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");
        Client withOldId = client.copy();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        b.page("/write-late", request -> {
            HttpSession session = request.getSession(false);
            reached.countDown();
            assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
            session.setAttribute("late", "1");
            return "";
        });

        CompletableFuture<String> late = withOldId.begin(b, "/write-late");
        assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
        Client stranger = withOldId.copy();
        client.get(a, "/change-id");
        released.countDown();
        late.get(10, TimeUnit.SECONDS);

        assertThat(client.get(a, "/names")).isEqualTo("[cart, late, user]");
        assertThat(client.get(b, "/names")).isEqualTo("[cart, late, user]");
        assertThat(stranger.get(a, "/user")).isEqualTo("nobody");
        assertThat(stranger.get(b, "/user")).isEqualTo("nobody");
        assertThat(keysOfSessions()).hasSize(1);
        assertThat(a.ended).isEmpty();
        assertThat(b.ended).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void requestThatOnlyReads_writesNothing(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");
        String key = keysOfSessions().get(0);
        String version = redis.send("HGET", key, "v").text();

        assertThat(client.get(a, "/cart")).isEqualTo("[]");
        assertThat(client.get(b, "/cart")).isEqualTo("[]");

        assertThat(redis.send("HGET", key, "v").text()).isEqualTo(version);
    }

    /** Not with {@link Cache#NONE}: with Jetty's NullSessionCache, listeners never hear of an end by time. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void endOfASession_isToldOnOneNode_withItsAttributes(Cache cache) throws Exception {
        Node a = start("a", cache);
        Node b = start("b", cache);
        client.get(a, "/login");
        client.get(b, "/end-soon");

        Awaitility.await().until(() -> {
            CompletableFuture<Void> onA = CompletableFuture.runAsync(a::scavenge);
            b.scavenge();
            onA.get(10, TimeUnit.SECONDS);
            return !ended().isEmpty();
        });
        Awaitility.await().until(() -> keysOfSessions().isEmpty());
        a.scavenge();
        b.scavenge();

        assertThat(ended()).containsExactly("ada");
        assertThat(client.get(a, "/user")).isEqualTo("nobody");
    }

    private List<String> ended() {
        return nodes.stream().flatMap(node -> node.ended.stream()).toList();
    }

    /** Those of living sessions, and of ended ones that were not told. */
    private List<String> keysOfSessions() {
        return redis.send("KEYS", "holdfast:" + namespace + ":{*").texts();
    }

    private Node start(String worker, Cache cache) throws Exception {
        Node node = Node.start(worker, namespace, cache);
        nodes.add(node);
        return node.page("/login", request -> {
                    HttpSession session = request.getSession();
                    session.setAttribute("user", "ada");
                    session.setAttribute("cart", new ArrayList<String>());
                    return "";
                })
                .page("/user", request -> user(request.getSession(false)))
                .page(
                        "/names",
                        request -> new TreeSet<>(Collections.list(
                                        request.getSession(false).getAttributeNames()))
                                .toString())
                .page("/cart", request -> cart(request).toString())
                .page("/add", request -> String.valueOf(cart(request).add(request.getParameter("item"))))
                .page("/logout", request -> {
                    request.getSession(false).invalidate();
                    return "";
                })
                .page("/change-id", HttpServletRequest::changeSessionId)
                .page("/end-soon", request -> {
                    request.getSession(false).setMaxInactiveInterval(1);
                    return "";
                });
    }

    private static String user(@Nullable HttpSession session) {
        return session == null ? "nobody" : String.valueOf(session.getAttribute("user"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpServletRequest request) {
        return (List<String>) request.getSession(false).getAttribute("cart");
    }
}
