package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.CapturedLog;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.ConfiguredNodes;
import io.holdfast.scenarios.Handler;
import io.holdfast.scenarios.Node;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code classFilter}: what it refuses is neither stored nor read, and its class is not even loaded. */
class ClassFilterTest extends ConfiguredNodes {
    private static final String ALLOWED_ONLY = ClassFilterTest.class.getName() + "$Allowed*;!*";
    private static final List<String> GADGETS = List.of(
            "org.apache.commons.collections.functors.InvokerTransformer",
            "org.codehaus.groovy.runtime.ConvertedClosure",
            "com.mchange.v2.c3p0.PoolBackedDataSource",
            "java.rmi.server.UnicastRemoteObject",
            "javax.management.BadAttributeValueExpException");

    private static final AtomicBoolean initialized = new AtomicBoolean();

    /** Above the node that started last. */
    @SuppressWarnings("NullAway.Init") // every node sets it
    private LoaderWitness loader;

    @BeforeEach
    void start() {
        start(ALLOWED_ONLY);
    }

    private void start(String filter) {
        use(Cluster.start(node -> {
            node.set("classFilter", filter);
            loader = LoaderWitness.of(TomcatNode.of(node).context());
            deploy(node);
        }));
    }

    private static void deploy(Node node) {
        node.on("/allowed", setting(new Allowed("bread")))
                .on("/refused", setting(new Refused("rum")))
                .on("/refused-contract", setting(new RefusedContract("rum")))
                .on("/refused-inside", setting(new ArrayList<>(List.of(new Allowed("bread"), new Refused("rum")))))
                .on("/refused-array", setting(new Refused[0]))
                .on("/refused-enum", setting(RefusedKind.RUM))
                .on("/jdk", setting(new ArrayList<>(List.of("a", 1, LocalDate.EPOCH))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/refused", "/refused-contract", "/refused-inside", "/refused-array", "/refused-enum"})
    void refusedClass_staysOnItsNodeWithAWarningThatNamesItAndTheSetting_andOthersAreStored(String page) {
        try (CapturedLog log = CapturedLog.open()) {
            client.text(cluster.a(), "/allowed?name=allowed");
            client.text(cluster.a(), page + "?name=refused");
            client.text(cluster.a(), "/jdk?name=jdk");

            assertThat(log.warnings(
                            "attribute \"refused\"", ClassFilterTest.class.getName() + "$Refused", "classFilter"))
                    .hasSize(1);
            assertThat(log.warnings("attribute \"allowed\"")).isEmpty();
        }
        assertThat(client.text(cluster.a(), "/names")).isEqualTo("allowed,jdk,refused");
        assertThat(client.text(cluster.a(), "/get?name=refused")).isNotEqualTo("null");
        assertThat(client.text(cluster.b(), "/names")).isEqualTo("allowed,jdk");
        assertThat(client.text(cluster.b(), "/get?name=allowed")).isEqualTo("Allowed[text=bread]");
        assertThat(client.text(cluster.b(), "/get?name=jdk")).isEqualTo("[a, 1, 1970-01-01]");
        assertThat(records.fields(client.requireSessionId())).doesNotContainKey("@refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/refused", "/refused-contract", "/refused-inside", "/refused-array", "/refused-enum"})
    void bytesOfARefusedClass_areNotReadAndTheClassIsNotLoaded(String page) {
        client.text(cluster.a(), "/allowed?name=allowed");
        try (Node open = cluster.startAnother(node -> node.set("classFilter", ""))) {
            client.text(open, page + "?name=refused");
            assertThat(client.text(open, "/get?name=refused")).isNotEqualTo("null");
        }
        String bytes = records.field(client.requireSessionId(), "@refused");
        assertThat(bytes).contains("$Refuse");
        try (CapturedLog log = CapturedLog.open();
                Node fresh = cluster.startAnother()) {
            assertThat(client.text(fresh, "/get?name=refused")).isEqualTo("null");
            assertThat(client.text(fresh, "/get?name=allowed")).isEqualTo("Allowed[text=bread]");
            client.text(fresh, "/set?name=other&value=x");

            assertThat(log.warnings("attribute \"refused\"", "$Refused", "the class filter refuses it"))
                    .hasSize(1);
            assertThat(loader.asked()).contains(Allowed.class.getName()).noneMatch(name -> name.contains("$Refused"));
        }
        assertThat(records.fields(client.requireSessionId())).containsEntry("@refused", bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/refused", "/refused-contract"})
    void classWithAStaticInitializer_isNotInitialized(String page) {
        closeNodes();
        start("!" + ClassFilterTest.class.getName() + "$Trap");
        client.text(cluster.a(), page + "?name=x");
        String written = page.equals("/refused") ? Refused.class.getName() : RefusedContract.class.getName();

        rename("x", written, ClassFilterTest.class.getName() + "$Trap");

        assertThat(client.text(cluster.b(), "/get?name=x")).isEqualTo("null");
        assertThat(loader.asked()).noneMatch(name -> name.contains("$Trap"));
        assertThat(initialized).isFalse();
    }

    @Test
    void bytesOfAKnownGadget_areNotReadEvenWithoutAFilter_andTheClassIsNotLookedFor() {
        closeNodes();
        start("");
        client.text(cluster.a(), "/set?name=other&value=fine");
        for (String gadget : GADGETS) {
            for (String page : List.of("/refused", "/refused-contract", "/refused-inside")) {
                String name = "x" + gadget.length() + page.length();
                client.text(cluster.a(), page + "?name=" + name);
                boolean contract = page.equals("/refused-contract");
                rename(name, contract ? RefusedContract.class.getName() : Refused.class.getName(), gadget);

                try (CapturedLog log = CapturedLog.open()) {
                    assertThat(client.text(cluster.b(), "/get?name=" + name)).isEqualTo("null");
                    assertThat(log.warnings("attribute \"" + name + "\"", gadget, "the class filter refuses it"))
                            .hasSize(1);
                }
            }
        }
        assertThat(client.text(cluster.b(), "/get?name=other")).isEqualTo("fine");
        assertThat(loader.asked()).doesNotContainAnyElementsOf(GADGETS);
    }

    @Test
    void rejectMode_saysAtOnceThatTheFilterRefuses() {
        try (Node node = cluster.startAnother(starting -> starting.set("nonSerializableAttribute", "reject"))) {
            assertThat(client.text(node, "/refused-inside?name=x"))
                    .contains("IllegalArgumentException", "\"x\"", Refused.class.getName(), "classFilter");
            assertThat(client.text(node, "/names")).isEmpty();
            assertThat(client.text(node, "/allowed?name=x")).isEqualTo("accepted");
        }
    }

    private static Handler setting(Object value) {
        return (request, response) -> {
            try {
                request.getSession().setAttribute(request.getParameter("name"), value);
                response.getWriter().print("accepted");
            } catch (IllegalArgumentException e) {
                response.getWriter().print(e);
            }
        };
    }

    /** Puts another class name into the stored attribute, as each encoding writes names. */
    private void rename(String name, String from, String to) {
        String id = client.requireSessionId();
        String bytes = records.field(id, "@" + name);
        String renamed = bytes.replace(inKryo(from), inKryo(to)).replace(inJava(from), inJava(to));
        assertThat(renamed).isNotEqualTo(bytes);
        records.put(id, "@" + name, renamed);
    }

    /** Kryo marks the last character. */
    private static String inKryo(String name) {
        int last = name.length() - 1;
        return name.substring(0, last) + (char) (name.charAt(last) | 0x80);
    }

    /** Java serialization writes the length, in two bytes, first. */
    private static String inJava(String name) {
        return "" + (char) 0 + (char) name.length() + name;
    }

    private record Allowed(String text) implements Serializable {}

    private record Refused(String text) implements Serializable {}

    private enum RefusedKind {
        RUM
    }

    /** Goes through Java serialization. */
    private static final class RefusedContract implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String text;

        RefusedContract(String text) {
            this.text = text;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Must not come to life. */
    @SuppressWarnings("unused") // named in bytes only
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;

        static {
            initialized.set(true);
        }
    }
}
