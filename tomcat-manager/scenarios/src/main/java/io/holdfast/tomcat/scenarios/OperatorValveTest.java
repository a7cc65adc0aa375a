package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Node;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;

/** What asks for the session near the authenticator of an application without a login, and is not the authenticator, gets it. */
class OperatorValveTest extends ConfiguredNodes {
    private static final class Counting extends ValveBase {
        Counting() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getRequestURI().endsWith("/valve")) {
                request.getSession(true).setAttribute("counted", "1");
            }
            getNext().invoke(request, response);
        }
    }

    /** An application's listener that hears of a request first. */
    private static final class Early implements ServletRequestListener {
        @Override
        public void requestInitialized(ServletRequestEvent event) {
            HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
            HttpSession session = request.getRequestURI().endsWith("/valve") ? request.getSession(false) : null;
            if (session != null) {
                session.setAttribute("counted", "1");
            }
        }
    }

    private static void configure(Node node, String lifecycleEvent, Consumer<StandardContext> more) {
        StandardContext context = TomcatNode.of(node).context();
        context.addLifecycleListener(event -> {
            if (event.getType().equals(lifecycleEvent)) {
                more.accept(context);
            }
        });
    }

    @Test
    void valveBehindTheAuthenticator() {
        assertSessionIsFound(
                "1",
                node -> configure(
                        node,
                        Lifecycle.CONFIGURE_START_EVENT,
                        context -> context.getPipeline().addValve(new Counting())));
    }

    @Test
    void valveBeforeTheAuthenticator() {
        assertSessionIsFound(
                "1", node -> TomcatNode.of(node).context().getPipeline().addValve(new Counting()));
    }

    @Test
    void valveOfTheHost() {
        assertSessionIsFound(
                "1",
                node -> configure(
                        node,
                        Lifecycle.AFTER_START_EVENT,
                        context -> context.getParent().getPipeline().addValve(new Counting())));
    }

    @Test
    void requestListener() {
        assertSessionIsFound(
                "1",
                node -> configure(
                        node,
                        Lifecycle.CONFIGURE_START_EVENT,
                        context -> context.addApplicationEventListener(new Early())));
    }

    @Test
    void authenticatorThatDoesNotAsk() {
        assertSessionIsFound("null", node -> {
            NonLoginAuthenticator authenticator = new NonLoginAuthenticator();
            authenticator.setCache(false);
            TomcatNode.of(node).context().getPipeline().addValve(authenticator);
        });
    }

    private void assertSessionIsFound(String counted, Consumer<Node> configuration) {
        use(Cluster.start(configuration));
        cluster.on(
                "/valve",
                (request, response) ->
                        response.getWriter().print(request.getSession().getId()));
        cluster.on(
                "/counted",
                (request, response) ->
                        response.getWriter().print(request.getSession().getAttribute("counted")));
        client.text(cluster.a(), "/new");
        String id = client.requireSessionId();

        assertThat(client.text(cluster.b(), "/valve")).isEqualTo(id);
        assertThat(client.text(cluster.a(), "/counted")).isEqualTo(counted);
    }
}
