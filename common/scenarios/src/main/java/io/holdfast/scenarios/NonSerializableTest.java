package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nonSerializableAttribute}: an attribute that cannot be stored stays on its node, or is refused. */
class NonSerializableTest extends ConfiguredNodes {
    private static final String LOCAL = "local";
    private static final String REJECT = "reject";

    @Test
    void local_itStaysOnItsNode_andTheOtherAttributesOfTheRequestAreStored() {
        start(LOCAL, false);
        cluster.on("/three", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("before", "1");
            session.setAttribute("handle", new Handle());
            session.setAttribute("order", Order.with(new Handle()));
            session.setAttribute("after", "2");
        });

        client.text(cluster.a(), "/three");

        assertThat(client.text(cluster.a(), "/names")).isEqualTo("after,before,handle,order");
        assertThat(client.text(cluster.a(), "/get?name=handle")).isEqualTo("handle");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("after,before");
        assertThat(client.text(cluster.b(), "/get?name=handle")).isEqualTo("null");
        assertThat(client.text(cluster.b(), "/get?name=after")).isEqualTo("2");
        assertThat(attributes()).containsOnlyKeys("@before", "@after");
        assertThat(client.text(cluster.a(), "/get?name=order")).isEqualTo("order");
        assertThat(cluster.a().count(Figure.UNSTORED_ATTRIBUTES)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/handle", "/order", "/account"})
    void local_itTakesAStoredValueOutOfRedisAsAWhole(String page) {
        start(LOCAL, false);
        client.text(cluster.a(), "/set?name=x&value=old");
        client.text(cluster.b(), "/get?name=x");

        client.text(cluster.a(), page + "?name=x");

        assertThat(attributes()).isEmpty();
        assertThat(client.text(cluster.b(), "/get?name=x")).isEqualTo("null");
        assertThat(client.text(cluster.a(), "/get?name=x")).isEqualTo(page.substring(1));
        client.text(cluster.a(), "/set?name=x&value=new");
        assertThat(client.text(cluster.b(), "/get?name=x")).isEqualTo("new");
    }

    @Test
    void local_storedBeanThatGetsAHandle_keepsItsLastWholeValueInRedis() {
        start(LOCAL, false);
        cluster.on("/new-order", (request, response) -> request.getSession().setAttribute("order", Order.with(null)))
                .on("/spoil", (request, response) -> {
                    order(request.getSession()).lines().get(0).put("handle", new Handle());
                    request.getSession().setAttribute("other", "stored");
                })
                .on(
                        "/handles",
                        (request, response) -> response.getWriter()
                                .print(order(request.getSession())
                                        .lines()
                                        .get(0)
                                        .get("handle")));
        client.text(cluster.a(), "/new-order");
        String whole = attributes().get("@order");

        client.text(cluster.a(), "/spoil");

        assertThat(attributes()).containsEntry("@order", whole).containsKey("@other");
        assertThat(client.text(cluster.a(), "/handles")).isEqualTo("handle");
        assertThat(client.text(cluster.b(), "/handles")).isEqualTo("null");
    }

    @Test
    void local_warnsOnceForEachNameAndClass() {
        start(LOCAL, false);
        try (CapturedLog log = CapturedLog.open()) {
            for (int i = 0; i < 3; i++) {
                Client each = new Client();
                each.text(cluster.a(), "/handle?name=one");
                each.text(cluster.a(), "/handle?name=one");
                each.text(cluster.a(), "/order?name=one");
                each.text(cluster.a(), "/handle?name=two");
            }

            assertThat(log.warnings("stays on this node")).hasSize(3);
            assertThat(log.warnings("attribute \"one\" of " + Handle.class.getName(), "java.io.Serializable"))
                    .hasSize(1);
            assertThat(log.warnings("attribute \"one\" of " + Order.class.getName(), Handle.class.getName()))
                    .hasSize(1);
            assertThat(log.warnings("attribute \"two\" of " + Handle.class.getName()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reject_setAttributeThrowsAndSaysWhatCannotBeStored_alsoInADistributableContext(boolean distributable) {
        start(REJECT, distributable);
        client.text(cluster.a(), "/set?name=x&value=old");
        Map<String, String> before = attributes();

        assertThat(client.text(cluster.a(), "/handle?name=x"))
                .contains("IllegalArgumentException", "\"x\"", Handle.class.getName(), "java.io.Serializable");

        assertThat(attributes()).isEqualTo(before);
        assertThat(client.text(cluster.a(), "/get?name=x")).isEqualTo("old");
        assertThat(client.text(cluster.b(), "/get?name=x")).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reject_culpritDeepInASerializableBean_isNamedWithTheWayToIt(boolean distributable) {
        start(REJECT, distributable);

        assertThat(client.text(cluster.a(), "/order?name=x"))
                .contains("IllegalArgumentException", "\"x\"", Handle.class.getName(), "Order.lines")
                .doesNotContain("secret");
        assertThat(client.text(cluster.a(), "/account?name=x"))
                .contains("IllegalArgumentException", "\"x\"", Handle.class.getName(), Account.class.getName())
                .doesNotContain("secret");
        assertThat(client.text(cluster.a(), "/names")).isEmpty();
        assertThat(attributes()).isEmpty();
        assertThat(cluster.sum(Figure.UNSTORED_ATTRIBUTES)).isZero();
    }

    @Test
    void reject_theRequestGoesOn_andWhatElseItSetsIsStored() {
        start(REJECT, false);
        cluster.on("/three", (request, response) -> {
            request.getSession().setAttribute("before", "1");
            response.getWriter().print(refusal(request.getSession(), "handle", new Handle()));
            request.getSession().setAttribute("order", Order.with(null));
        });

        assertThat(client.text(cluster.a(), "/three")).contains("IllegalArgumentException");

        assertThat(client.text(cluster.b(), "/names")).isEqualTo("before,order");
        assertThat(client.text(cluster.b(), "/get?name=order")).isEqualTo("order");
    }

    private void start(String mode, boolean distributable) {
        use(Cluster.start(node -> {
            node.set("nonSerializableAttribute", mode);
            node.application().distributable(distributable);
        }));
        cluster.on("/handle", setting(new Handle()))
                .on("/order", setting(Order.with(new Handle())))
                .on("/account", setting(new Account()));
    }

    private static Handler setting(Object value) {
        return (request, response) ->
                response.getWriter().print(refusal(request.getSession(), request.getParameter("name"), value));
    }

    /** What setAttribute throws, or that it does not. */
    private static String refusal(HttpSession session, String name, Object value) {
        try {
            session.setAttribute(name, value);
            return "accepted";
        } catch (IllegalArgumentException e) {
            return e.toString();
        }
    }

    private static Order order(HttpSession session) {
        return (Order) session.getAttribute("order");
    }

    /** Cannot be stored. */
    private static final class Handle {
        @Override
        public String toString() {
            return "handle";
        }
    }

    /** Says that it can be stored; what is in it decides. */
    private record Order(List<Map<String, @Nullable Object>> lines) implements Serializable {
        static Order with(@Nullable Object handle) {
            Map<String, @Nullable Object> line = new HashMap<>(Map.of("text", "secret"));
            line.put("handle", handle);
            return new Order(new ArrayList<>(List.of(line)));
        }

        @Override
        public String toString() {
            return "order";
        }
    }

    /** Writes itself, so it goes through Java serialization. */
    private static final class Account implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial") // it is not, which is what this class is for
        private final Object handle = new Handle();

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeUTF("secret");
            out.defaultWriteObject();
        }

        @Override
        public String toString() {
            return handle == null ? "nothing" : "account";
        }
    }
}
