package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.RespConnection;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.Handler;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Meeting;
import io.holdfast.scenarios.Pages;
import io.holdfast.scenarios.SessionLog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that work on one session, with each cache there is. */
class LostUpdatesTest {
    private final String namespace = "jetty-" + UUID.randomUUID();
    private final RespConnection redis = RespConnection.open(TestRedis.shared().uri());
    private final Client client = new Client();
    private final List<JettyNode> nodes = new ArrayList<>();
    private final SessionLog log = new SessionLog();
    private final Hold hold = new Hold();
    private final Meeting together = new Meeting(2);

    @AfterEach
    void stop() {
        nodes.forEach(JettyNode::close);
        log.close();
        redis.close();
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatOverlap_setDifferentAttributes_bothAreKept(Cache cache) {
        start(cache);
        on("/put", (request, response) -> {
            String name = request.getParameter("name");
            assertThat(request.getSession(false).getAttribute(name)).isNull();
            together.await();
            request.getSession(false).setAttribute(name, "set");
            together.await();
        });

        CompletableFuture<Answer> onA = client.start(a(), "/put?name=x");
        client.text(b(), "/put?name=y");
        Client.await(onA).text();

        assertThat(client.text(a(), "/names")).isEqualTo("cart,user,x,y");
        assertThat(client.text(b(), "/names")).isEqualTo("cart,user,x,y");
    }

    @ParameterizedTest
    @EnumSource
    void requestsThatOverlap_changeOneListInPlace_bothChangesAreKept(Cache cache) {
        start(cache);
        on("/add-together", (request, response) -> {
            List<String> cart = cart(request);
            together.await();
            cart.add(request.getParameter("item"));
        });

        CompletableFuture<Answer> onA = client.start(a(), "/add-together?item=x");
        client.text(b(), "/add-together?item=y");
        Client.await(onA).text();

        assertThat(client.text(a(), "/get?name=cart")).isIn("[x, y]", "[y, x]");
    }

    @ParameterizedTest
    @EnumSource
    void logout_whileAnotherNodeWrites_staysDead(Cache cache) {
        start(cache);
        CompletableFuture<Answer> late = writeLate();
        client.text(a(), "/invalidate");
        hold.release();
        Client.await(late);

        assertThat(client.text(a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(b(), "/id")).isEqualTo(Pages.NO_SESSION);
        await().until(() -> keysOfSessions().isEmpty());
        assertThat(ends()).containsExactly("destroyed with user=ada");
    }

    @ParameterizedTest
    @EnumSource
    void changeInPlace_withoutSetAttribute_isSeenOnTheOtherNode(Cache cache) {
        start(cache);

        client.text(a(), "/add?item=x");
        assertThat(client.text(b(), "/get?name=cart")).isEqualTo("[x]");
        client.text(b(), "/add?item=y");

        assertThat(client.text(a(), "/get?name=cart")).isEqualTo("[x, y]");
    }

    @ParameterizedTest
    @EnumSource
    void changeOfTheId_whileAnotherNodeWrites_keepsTheWriteAndEndsTheOldId(Cache cache) {
        start(cache);
        Client stranger = new Client(client.requireSessionId());
        CompletableFuture<Answer> late = writeLate();
        client.text(a(), "/rotate");
        hold.release();
        Client.await(late).text();

        assertThat(client.text(a(), "/names")).isEqualTo("cart,late,user");
        assertThat(client.text(b(), "/names")).isEqualTo("cart,late,user");
        assertThat(stranger.text(a(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(stranger.text(b(), "/id")).isEqualTo(Pages.NO_SESSION);
        assertThat(keysOfSessions()).hasSize(1);
        assertThat(ends()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void requestThatOnlyReads_writesNothing(Cache cache) {
        start(cache);
        String key = keysOfSessions().get(0);
        String version = redis.send("HGET", key, "v").text();

        assertThat(client.text(a(), "/get?name=cart")).isEqualTo("[]");
        assertThat(client.text(b(), "/get?name=cart")).isEqualTo("[]");

        assertThat(redis.send("HGET", key, "v").text()).isEqualTo(version);
    }

    /** Not with {@link Cache#NONE}: with Jetty's NullSessionCache, listeners never hear of an end by time. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void endOfASession_isToldOnOneNode_withItsAttributes(Cache cache) throws Exception {
        start(cache);
        client.text(b(), "/end-soon");

        List<String> told = new ArrayList<>();
        await().until(() -> {
            CompletableFuture<Void> onA = CompletableFuture.runAsync(a()::sweep);
            b().sweep();
            onA.get(10, TimeUnit.SECONDS);
            told.addAll(ends());
            return !told.isEmpty();
        });
        await().until(() -> keysOfSessions().isEmpty());
        nodes.forEach(JettyNode::sweep);
        told.addAll(ends());

        assertThat(told).containsExactly("destroyed with user=ada");
        assertThat(client.text(a(), "/id")).isEqualTo(Pages.NO_SESSION);
    }

    private JettyNode a() {
        return nodes.get(0);
    }

    private JettyNode b() {
        return nodes.get(1);
    }

    /** Starts two nodes; the client is given a session on the first. */
    private void start(Cache cache) {
        for (String worker : List.of("a", "b")) {
            nodes.add(JettyNode.start(cache, node -> {
                node.route(worker)
                        .set("redisUri", TestRedis.shared().uri())
                        .set("namespace", namespace)
                        .set("reaperIntervalSeconds", "1");
                log.listenOn(node);
                Pages.deploy(node::on);
            }));
        }
        on("/login", (request, response) -> {
            request.getSession().setAttribute("user", "ada");
            request.getSession().setAttribute("cart", new ArrayList<String>());
        });
        on("/add", (request, response) -> cart(request).add(request.getParameter("item")));
        on("/end-soon", (request, response) -> request.getSession(false).setMaxInactiveInterval(1));
        client.text(a(), "/login");
    }

    private void on(String path, Handler handler) {
        nodes.forEach(node -> node.on(path, handler));
    }

    /** A request on the second node that has the session and writes when it is let go on. */
    private CompletableFuture<Answer> writeLate() {
        on("/write-late", (request, response) -> {
            assertThat(request.getSession(false).getAttribute("user")).isEqualTo("ada");
            hold.here();
            request.getSession(false).setAttribute("late", "1");
        });
        CompletableFuture<Answer> late = new Client(client.requireSessionId()).start(b(), "/write-late");
        hold.awaitReached();
        return late;
    }

    private List<String> ends() {
        return log.drain().stream().filter(line -> line.startsWith("destroyed")).toList();
    }

    /** Those of living sessions, and of ended ones that were not told. */
    private List<String> keysOfSessions() {
        return redis.send("KEYS", "holdfast:" + namespace + ":{*").texts();
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(HttpServletRequest request) {
        return (List<String>) request.getSession(false).getAttribute("cart");
    }
}
