package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An application of Jetty without servlets, on two nodes: a handler behind a session handler. */
class CoreHandlerTest {
    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final String namespace = "core-" + UUID.randomUUID();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CoreNode a = start();
    private final CoreNode b = start();
    private final Client client = new Client();
    private final Hold hold = new Hold();

    @AfterEach
    void stop() {
        a.close();
        b.close();
        proxy.close();
    }

    @Test
    void attributesOfEitherNode_areReadOnTheOther() {
        assertThat(client.text(a, "/set?name=user&value=ada")).isEqualTo("null");
        assertThat(client.text(b, "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(b, "/set?name=user&value=bob")).isEqualTo("ada");
        assertThat(client.text(a, "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void attributeChangedInPlace_isReadOnTheOtherNode() {
        client.text(a, "/add?value=bread");
        client.text(b, "/add?value=milk");

        assertThat(client.text(a, "/add?value=wine")).isEqualTo("[bread, milk, wine]");
    }

    @Test
    void overlappingRequestsOnBothNodes_loseNothing() {
        client.text(a, "/set?name=user&value=ada");
        a.page("/slow", (request, response) -> {
            session(request).setAttribute("slow", "done");
            hold.here();
            return "ok";
        });
        CompletableFuture<Client.Answer> slow = client.start(a, "/slow");
        hold.awaitReached();
        client.text(b, "/set?name=quick&value=done");
        hold.release();

        assertThat(Client.await(slow).text()).isEqualTo("ok");
        assertThat(client.text(a, "/get?name=quick")).isEqualTo("done");
        assertThat(client.text(b, "/get?name=slow")).isEqualTo("done");
    }

    @Test
    void invalidatedSession_isGoneOnBothNodes_andItsEndIsToldOnce() {
        client.text(a, "/set?name=user&value=ada");
        client.text(b, "/invalidate");

        assertThat(client.text(a, "/get?name=user")).isEqualTo(Pages.NO_SESSION);
        assertThat(client.text(b, "/get?name=user")).isEqualTo(Pages.NO_SESSION);
        assertThat(heard).containsExactly("created", "destroyed with user=ada");
    }

    @Test
    void clientOfASessionThatHasEnded_getsANewOne() {
        client.text(a, "/set?name=user&value=ada");
        String before = client.requireSessionId();
        client.text(b, "/invalidate");

        assertThat(client.text(a, "/set?name=user&value=bob")).isEqualTo("null");
        assertThat(client.requireSessionId()).isNotEqualTo(before);
        assertThat(client.text(b, "/get?name=user")).isEqualTo("bob");
    }

    @Test
    void renewedId_isTheOnlyOneOnBothNodes() {
        client.text(a, "/set?name=user&value=ada");
        String before = client.requireSessionId();
        client.text(a, "/renew");

        assertThat(client.requireSessionId()).isNotEqualTo(before);
        assertThat(client.text(b, "/get?name=user")).isEqualTo("ada");
        assertThat(new Client(before).text(b, "/get?name=user")).isEqualTo(Pages.NO_SESSION);
        assertThat(new Client(before).text(a, "/get?name=user")).isEqualTo(Pages.NO_SESSION);
    }

    @Test
    void outageOfRedis_endsRequestsWith503_andNotTheSession() {
        client.text(a, "/set?name=user&value=ada");
        proxy.down();
        assertThat(client.get(a, "/get?name=user").status()).isEqualTo(503);
        assertThat(client.get(b, "/set?name=user&value=bob").status()).isEqualTo(503);
        Client.Answer fresh = new Client().get(b, "/set?name=user&value=bob");
        assertThat(fresh.status()).isEqualTo(503);
        assertThat(fresh.newSessionId()).isNull();

        proxy.up();
        await().until(() -> client.get(b, "/get?name=user").status() == 200);
        await().until(() -> client.get(a, "/get?name=user").status() == 200); // each connects anew in its own time
        assertThat(client.text(b, "/get?name=user")).isEqualTo("ada");
        assertThat(client.text(a, "/get?name=user")).isEqualTo("ada");
    }

    private CoreNode start() {
        return CoreNode.start(proxy.uri(), namespace, new Listener())
                .page(
                        "/set",
                        (request, response) -> String.valueOf(
                                session(request).setAttribute(parameter(request, "name"), parameter(request, "value"))))
                .page("/get", (request, response) -> {
                    Session session = request.getSession(false);
                    return session == null
                            ? Pages.NO_SESSION
                            : String.valueOf(session.getAttribute(parameter(request, "name")));
                })
                .page("/add", (request, response) -> {
                    Session session = session(request);
                    if (session.getAttribute("cart") == null) {
                        session.setAttribute("cart", new ArrayList<String>());
                    }
                    List<String> cart = cart(session);
                    cart.add(parameter(request, "value"));
                    return cart.toString();
                })
                .page("/invalidate", (request, response) -> {
                    session(request).invalidate();
                    return "ok";
                })
                .page("/renew", (request, response) -> {
                    session(request).renewId(request, response);
                    return "ok";
                });
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(Session session) {
        return (List<String>) session.getAttribute("cart");
    }

    private static Session session(Request request) {
        return request.getSession(true);
    }

    private static String parameter(Request request, String name) {
        return Request.extractQueryParameters(request).getValue(name);
    }

    private final class Listener implements Session.LifeCycleListener {
        @Override
        public void onSessionCreated(Session session) {
            heard.add("created");
        }

        @Override
        public void onSessionDestroyed(Session session) {
            heard.add("destroyed with user=" + session.getAttribute("user"));
        }
    }
}
