package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Node;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;

/** A valve of the application's operator that comes behind the authenticator and uses the session. */
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

    private static void addValve(Node node) {
        StandardContext context = TomcatNode.of(node).context();
        context.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.CONFIGURE_START_EVENT)) {
                context.getPipeline().addValve(new Counting());
            }
        });
    }

    @Test
    void valveBehindTheAuthenticator_findsTheSession() {
        use(Cluster.start(OperatorValveTest::addValve));
        cluster.on(
                "/valve",
                (request, response) ->
                        response.getWriter().print(request.getSession().getId()));
        client.text(cluster.a(), "/new");
        String id = client.requireSessionId();

        String seen = client.text(cluster.b(), "/valve");

        assertThat(seen).isEqualTo(id);
    }
}
