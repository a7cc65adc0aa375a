package io.holdfast.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.config.Setting;
import io.holdfast.session.SessionId;
import io.holdfast.tracking.AttributeChecks;
import io.holdfast.tracking.AttributeGate;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of attributes on their way to Redis: encrypted, compressed, kept out, and told when they share objects. */
class AttributeFormTest {
    private static final String KEY = "one=" + "A".repeat(43) + "=";

    @SuppressWarnings({"serial", "unused"}) // only has to be stored
    static final class Order implements Serializable {
        private static final long serialVersionUID = 1;
        private final List<String> lines;

        Order(List<String> lines) {
            this.lines = lines;
        }
    }

    /** Can be stored only while it is connected, and is not after it was read. */
    static final class Connected implements Serializable {
        private static final long serialVersionUID = 1;
        private transient boolean connected = true;

        private void writeObject(ObjectOutputStream output) throws IOException {
            if (!connected) {
                throw new IOException("not connected");
            }
            output.defaultWriteObject();
        }
    }

    /** Holds, after it was read, something that the application's threads change all the time. */
    static final class Joined implements Serializable {
        private static final long serialVersionUID = 1;
        private transient boolean joined;

        private void writeObject(ObjectOutputStream output) throws IOException {
            if (joined) {
                throw new ConcurrentModificationException();
            }
            output.defaultWriteObject();
        }

        private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
            input.defaultReadObject();
            joined = true;
        }
    }

    @TempDir
    Path directory;

    private final String namespace = "form-" + UUID.randomUUID();
    private final List<TestNode> nodes = new ArrayList<>();

    private TestNode node(Map<Setting, String> settings, AttributeGate gate) {
        TestNode node = new TestNode(namespace, settings, gate);
        nodes.add(node);
        return node;
    }

    private TestNode node(Map<Setting, String> settings) {
        return node(settings, AttributeGate.OPEN);
    }

    private Map<Setting, String> encrypted() throws Exception {
        return Map.of(
                Setting.ENCRYPTION_KEYS,
                "file:" + Files.writeString(directory.resolve("keys"), KEY),
                Setting.COMPRESSION_THRESHOLD_BYTES,
                "1000");
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(TestNode::close);
    }

    @Test
    void encryptedAttributes_areTrackedOnPlainBytes() throws Exception {
        TestNode one = node(encrypted());
        TestNode other = node(encrypted());
        SessionId id = TestNode.newId();
        LiveSession here = one.create(id, attributes -> {
            attributes.put("name", "ada");
            attributes.put("cart", new ArrayList<>(List.of("bread ".repeat(1_000))));
        });
        LiveSession there = other.load(id);

        other.request(there, attributes -> {
            assertThat(attributes.get("cart")).isEqualTo(List.of("bread ".repeat(1_000)));
            attributes.put("name", "ada");
            attributes.put("cart", attributes.get("cart"));
        });
        one.request(here, attributes -> {
            attributes.get("cart");
            attributes.put("name", "ada");
        });
        assertThat(other.commits).as("nothing changed").hasValue(0);
        assertThat(one.commits).as("only the creation").hasValue(1);

        other.request(there, attributes -> cart(attributes).add("butter"));
        one.request(here, attributes -> assertThat(cart(attributes)).contains("butter"));
        assertThat(one.unreadable).isEmpty();
        assertThat(other.unreadable).isEmpty();
    }

    @Test
    void nodeWithoutTheKey_readsNull_andDestroysNothing() throws Exception {
        TestNode withKey = node(encrypted());
        TestNode without = node(Map.of());
        SessionId id = TestNode.newId();
        LiveSession here = withKey.create(id, attributes -> attributes.put("name", "ada"));
        LiveSession there = without.load(id);

        without.request(there, attributes -> {
            assertThat(attributes.get("name")).isNull();
            assertThat(attributes.keySet()).containsExactly("name");
            attributes.put("other", "plain");
        });

        assertThat(without.unreadable).containsExactly("name");
        assertThatThrownBy(() -> AttributeChecks.requireReadable(there.attributes(), "name"))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining("encryptionKeys")
                .hasMessageContaining("attribute \"name\" of session " + id.record());
        AttributeChecks.requireReadable(there.attributes(), "other");
        withKey.request(here, attributes -> assertThat(attributes.get("name")).isEqualTo("ada"));
    }

    @Test
    void attributeTheContainerKeepsOut_isNeitherWrittenNorRead() {
        TestNode open = node(Map.of());
        TestNode gated = node(Map.of(), new AttributeGate() {
            @Override
            public boolean shares(String name) {
                return !name.startsWith("local.");
            }

            @Override
            public boolean shares(String name, String className) {
                return !className.equals(Order.class.getName());
            }
        });
        SessionId id = TestNode.newId();
        LiveSession here = gated.create(id, attributes -> {
            attributes.put("name", "ada");
            attributes.put("local.cache", "x");
            attributes.put("order", new Order(List.of()));
        });
        LiveSession there = open.load(id);
        gated.request(here, attributes -> assertThat(attributes).containsKeys("name", "local.cache", "order"));
        open.request(there, attributes -> {
            assertThat(attributes.keySet()).containsExactly("name");
            attributes.put("local.cache", "y");
            attributes.put("order", new Order(List.of("b")));
        });

        LiveSession again = gated.load(id);
        gated.request(again, attributes -> {
            assertThat(attributes.get("local.cache")).isNull();
            assertThat(attributes.get("order")).isNull();
            assertThat(attributes.get("name")).isEqualTo("ada");
        });
        AttributeChecks.requireReadable(again.attributes(), "order");
        assertThat(gated.unreadable).isEmpty();
        assertThat(gated.notStored).isEmpty();
        open.request(
                there, attributes -> assertThat(attributes.get("local.cache")).isEqualTo("y"));
    }

    @Test
    void valueThatCannotBeStoredAgain_afterItWasRead_isReported() {
        SessionId id = TestNode.newId();
        node(Map.of()).create(id, attributes -> attributes.put("link", new Connected()));
        TestNode other = node(Map.of());
        LiveSession there = other.load(id);

        other.request(there, attributes -> assertThat(attributes.get("link")).isInstanceOf(Connected.class));

        assertThat(other.notStored).containsExactly("link");
        assertThat(other.commits).hasValue(0);
    }

    @Test
    void valueThatIsBeingChanged_asSoonAsItWasRead_isHandedOutAndReported() {
        SessionId id = TestNode.newId();
        node(Map.of()).create(id, attributes -> attributes.put("link", new Joined()));
        TestNode other = node(Map.of());
        LiveSession there = other.load(id);

        other.request(there, attributes -> assertThat(attributes.get("link")).isInstanceOf(Joined.class));

        assertThat(other.notStored).containsExactly("link");
        assertThat(other.commits).hasValue(0);
    }

    @Test
    void valueThatCannotBeStored_isRefusedBeforeItIsPut_withTheWayToIt() {
        LiveSession session = node(Map.of()).create(TestNode.newId(), attributes -> {});
        Map<String, Object> deep = new HashMap<>(Map.of("k", new ArrayList<>(List.of(new Object()))));
        assertThatThrownBy(() -> AttributeChecks.requireStorable(session.attributes(), "cart", deep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Attribute \"cart\"")
                .hasMessageContaining("java.lang.Object cannot be stored");
        AttributeChecks.requireStorable(session.attributes(), "cart", new ArrayList<>());
    }

    @Test
    void attributesThatShareAnObject_areToldOncePerPairOfNames() {
        TestNode node = node(Map.of());
        List<String> lines = new ArrayList<>(List.of("bread"));
        for (int i = 0; i < 2; i++) {
            node.create(TestNode.newId(), attributes -> {
                attributes.put("order", new Order(lines));
                attributes.put("lines", lines);
                attributes.put("history", new ArrayList<>(List.of(lines)));
            });
        }
        assertThat(node.shared)
                .containsExactlyInAnyOrder(
                        "history lines java.util.ArrayList",
                        "history order java.util.ArrayList",
                        "lines order java.util.ArrayList");
    }

    @Test
    void valuesThatNeverChange_andSeparateObjects_areNoMatterForReport() {
        TestNode node = node(Map.of());
        String text = "shared";
        List<String> fixed = List.of("shared");
        node.create(TestNode.newId(), attributes -> {
            attributes.put("a", new ArrayList<>(List.of(text, fixed)));
            attributes.put("b", new ArrayList<>(List.of(text, fixed)));
            attributes.put("c", text);
            attributes.put(
                    "e", new ArrayList<>(List.of(String.CASE_INSENSITIVE_ORDER, new String[0], MathContext.DECIMAL32)));
            attributes.put(
                    "f", new ArrayList<>(List.of(String.CASE_INSENSITIVE_ORDER, new String[0], MathContext.DECIMAL32)));
            attributes.put("d", fixed);
        });
        assertThat(node.shared).isEmpty();
    }

    @SuppressWarnings("unchecked") // what the test has put there
    private static List<String> cart(Map<String, Object> attributes) {
        return (List<String>) attributes.get("cart");
    }
}
