package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Figure;
import io.holdfast.scenarios.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat's own filters of attributes that nodes share: by name, and by the class of the value. */
class TomcatFiltersTest extends ConfiguredNodes {
    @Test
    void nameThatDoesNotMatch_staysOnItsNode() {
        start(TomcatFiltersTest::byName);
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/set?name=page&value=7");
        client.text(cluster.a(), "/set?name=users&value=x");

        assertThat(client.text(cluster.a(), "/names")).isEqualTo("page,user,users");
        assertThat(client.text(cluster.a(), "/get?name=page")).isEqualTo("7");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("user");
        assertThat(client.text(cluster.b(), "/get?name=page")).isEqualTo("null");
        assertThat(attributes()).containsOnlyKeys("@user");
    }

    @Test
    void classThatDoesNotMatch_staysOnItsNode_whateverIsInIt() {
        start(TomcatFiltersTest::byClass);
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(cluster.a(), "/list?name=cart");

        assertThat(client.text(cluster.a(), "/get?name=cart")).isEqualTo("[bread]");
        assertThat(client.text(cluster.b(), "/get?name=cart")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(attributes()).containsOnlyKeys("@user");
    }

    @Test
    void attributeOfThatNameInRedis_isNotGivenToTheApplication_andItsBytesStay() {
        start(TomcatFiltersTest::byName);
        writeUnfiltered("/set?name=page&value=7");

        assertIsKeptOut("page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/list", "/queue"})
    void attributeOfThatClassInRedis_isNotGivenToTheApplication_andItsBytesStay(String page) {
        start(TomcatFiltersTest::byClass);
        writeUnfiltered(page + "?name=page");

        assertIsKeptOut("page");
    }

    private void assertIsKeptOut(String name) {
        String bytes = records.field(client.requireSessionId(), "@" + name);
        assertThat(client.text(cluster.a(), "/get?name=" + name)).isEqualTo("null");
        client.text(cluster.a(), "/set?name=user&value=ada");
        assertThat(client.text(cluster.b(), "/get?name=" + name)).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("ada");
        assertThat(records.fields(client.requireSessionId())).containsEntry("@" + name, bytes);
        assertThat(cluster.a().count(Figure.UNREADABLE_ATTRIBUTES)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusals_areWarnedOfOnlyIfThatIsAskedFor(boolean warn) {
        start(node -> {
            byName(node);
            byClass(node);
            node.set("warnOnSessionAttributeFilterFailure", String.valueOf(warn));
        });
        try (CapturedLog log = CapturedLog.open()) {
            client.text(cluster.a(), "/set?name=page&value=7");
            client.text(cluster.a(), "/list?name=cart");
            writeUnfiltered("/list?name=user");
            client.text(cluster.b(), "/get?name=user");

            assertThat(log.warnings("page").isEmpty()).isEqualTo(!warn);
            assertThat(log.warnings("cart", "java.util.ArrayList").isEmpty()).isEqualTo(!warn);
            assertThat(log.warnings("user", "java.util.ArrayList").isEmpty()).isEqualTo(!warn);
            assertThat(log.warnings("cannot be")).isEmpty();
        }
    }

    @Test
    void rejectMode_doesNotRefuseWhatTheFiltersKeepOnItsNodeAnyway() {
        start(node -> {
            byName(node);
            node.set("nonSerializableAttribute", "reject");
        });
        cluster.on(
                "/object",
                (request, response) -> request.getSession().setAttribute(request.getParameter("name"), new Object()));

        assertThat(client.get(cluster.a(), "/object?name=page").status()).isEqualTo(200);
        assertThat(client.get(cluster.a(), "/object?name=user").status()).isEqualTo(500);
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("page");
    }

    private void start(Consumer<Node> filters) {
        use(Cluster.start(node -> {
            deploy(node);
            filters.accept(node);
        }));
    }

    private static void byName(Node node) {
        node.set("sessionAttributeNameFilter", "user|cart");
    }

    private static void byClass(Node node) {
        node.set("sessionAttributeValueClassNameFilter", "java\\.lang\\..*");
    }

    private static void deploy(Node node) {
        node.on(
                        "/list",
                        (request, response) -> request.getSession()
                                .setAttribute(request.getParameter("name"), new ArrayList<>(List.of("bread"))))
                .on(
                        "/queue",
                        (request, response) -> request.getSession()
                                .setAttribute(request.getParameter("name"), new PriorityQueue<>(List.of("bread"))));
    }

    /** As by a node of before the filter. */
    private void writeUnfiltered(String page) {
        try (Node unfiltered = cluster.startAnother(node ->
                node.set("sessionAttributeNameFilter", ".*").set("sessionAttributeValueClassNameFilter", ".*"))) {
            client.text(unfiltered, page);
        }
    }
}
