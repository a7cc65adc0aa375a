package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tomcat refuses by itself what is not serializable, in a context that is declared distributable. */
class DistributableTest extends ConfiguredNodes {
    @Test
    void local_tomcatRefusesWhatIsNotSerializable_andNestedCulpritsStayLocal() {
        use(Cluster.start(node -> {
            node.set("nonSerializableAttribute", "local");
            node.application().distributable(true);
        }));
        cluster.on("/handle", (request, response) -> {
            try {
                request.getSession().setAttribute("handle", new Object());
            } catch (IllegalArgumentException e) {
                response.getWriter().print(e);
            }
        });
        cluster.on(
                "/nested",
                (request, response) ->
                        request.getSession().setAttribute("nested", new ArrayList<>(List.of(new Object()))));

        assertThat(client.text(cluster.a(), "/handle")).contains("IllegalArgumentException", "handle");
        client.text(cluster.a(), "/nested");

        assertThat(client.text(cluster.a(), "/names")).isEqualTo("nested");
        assertThat(client.text(cluster.b(), "/names")).isEmpty();
    }
}
