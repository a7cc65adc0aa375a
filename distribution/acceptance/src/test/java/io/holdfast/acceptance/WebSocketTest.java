package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The standard WebSockets of each environment of a whole Jetty, with the session of the request that became one. */
class WebSocketTest {
    /** Keeps what it is told, tells what the session has, and offers a WebSocket that keeps each message, and answers behind that. */
    private static final String PAGE = """
            <%@ page contentType="text/plain" import="java.io.*, NAMESPACE.websocket.*, NAMESPACE.websocket.server.*" %><%!
            public static final class Opening extends ServerEndpointConfig.Configurator {
                @Override
                public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
                    HttpSession session = (HttpSession) request.getHttpSession();
                    session.setAttribute("socket", "opened");
                    config.getUserProperties().put("session", session);
                }
            }

            public static final class Conversation extends Endpoint {
                @Override
                public void onOpen(Session socket, EndpointConfig config) {
                    HttpSession session = (HttpSession) config.getUserProperties().get("session");
                    socket.addMessageHandler(new MessageHandler.Whole<String>() {
                        @Override
                        public void onMessage(String message) {
                            try {
                                socket.getBasicRemote().sendText(answer(session, message));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }
                    });
                }

                private static String answer(HttpSession session, String message) {
                    try {
                        session.setAttribute("cart", message);
                        return session.getAttribute("user") + " has " + session.getAttribute("cart");
                    } catch (IllegalStateException e) {
                        return "no session";
                    }
                }
            }
            %><%@ page session="false" %><%
            synchronized (application) {
                if (application.getAttribute("socket") == null) {
                    ((ServerContainer) application.getAttribute(ServerContainer.class.getName())).addEndpoint(
                            ServerEndpointConfig.Builder.create(Conversation.class, "/socket").configurator(new Opening()).build());
                    application.setAttribute("socket", "offered");
                }
            }
            if (request.getParameter("user") != null) {
                request.getSession().setAttribute("user", request.getParameter("user"));
            }
            HttpSession session = request.getSession(false);
            if (session == null) {
                out.print("no session");
            } else if (request.getParameter("logout") != null) {
                session.invalidate();
            } else if (request.getParameter("id") != null) {
                out.print(session.getId());
            } else {
                out.print(session.getAttribute("user") + " " + session.getAttribute("socket") + " " + session.getAttribute("cart"));
            }
            %>""";

    @ParameterizedTest
    @EnumSource(names = {"JETTY_12_0_EE10", "JETTY_12_1_EE10"})
    @Timeout(300) // each node has up to four applications with a page to compile
    void whatTheHandshakeAndMessagesSet_isOnTheOtherNode_andALogoutThereIsFinal(JettyLine line) throws Exception {
        try (TwoNodes nodes = TwoNodes.start(name -> install(line, name))) {
            for (String environment : line.environments()) {
                talk(nodes, "/socket-" + environment);
            }
            assertThat(nodes.complaints()).isEmpty();
        }
    }

    private static void talk(TwoNodes nodes, String application) throws InterruptedException {
        String page = application + "/index.jsp";
        Browser browser = new Browser();
        browser.get(nodes.a(), page + "?user=ada");
        Answers answers = new Answers();
        WebSocket socket = open(
                nodes.a(), application, browser.get(nodes.a(), page + "?id").text(), answers);

        assertThat(browser.get(nodes.b(), page).text()).as(application).isEqualTo("ada opened null");
        assertThat(answers.to(socket, "bread")).as(application).isEqualTo("ada has bread");
        assertThat(browser.get(nodes.b(), page).text()).as(application).isEqualTo("ada opened bread");

        browser.get(nodes.b(), page + "?logout");
        var unused = answers.to(socket, "milk"); // the node may not have heard of the logout yet
        assertThat(browser.get(nodes.a(), page).text()).as(application).isEqualTo("no session");
        assertThat(browser.get(nodes.b(), page).text()).as(application).isEqualTo("no session");
    }

    private static WebSocket open(ServerProcess node, String application, String sessionId, Answers answers) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "JSESSIONID=" + sessionId)
                .buildAsync(URI.create(node.url(application + "/socket").replaceFirst("http", "ws")), answers)
                .join();
    }

    private static JettyInstall install(JettyLine line, String name) {
        JettyInstall install = JettyInstall.of(line, "sockets " + line + " " + name, line.environments())
                .withHoldfast(
                        "jetty.session.holdfast.redisUri=" + TestRedis.shared().uri(),
                        "jetty.session.holdfast.commandTimeoutMillis=60000");
        for (String environment : line.environments()) {
            String application = "webapps/socket-" + environment;
            String namespace = environment.equals("ee8") ? "javax" : "jakarta";
            install.withFile(application + "/index.jsp", PAGE.replace("NAMESPACE", namespace));
            install.withFile(application + ".properties", "environment=" + environment + "\n");
        }
        return install;
    }

    private static final class Answers implements WebSocket.Listener {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

        String to(WebSocket socket, String message) throws InterruptedException {
            socket.sendText(message, true).join();
            String answer = received.poll(60, TimeUnit.SECONDS);
            assertThat(answer).isNotNull();
            return answer;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            received.add(text.toString());
            socket.request(1);
            return null;
        }
    }
}
