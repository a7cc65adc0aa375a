package io.holdfast.codec;

import static io.holdfast.codec.Codecs.decode;
import static io.holdfast.codec.Codecs.encode;
import static io.holdfast.codec.Codecs.roundTrip;
import static io.holdfast.codec.Codecs.usesKryo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Classes that say themselves how they are serialized are serialized that way. */
@SuppressWarnings({"serial", "ClassCanBeStatic", "UnusedVariable"}) // the point of some of these classes
class OwnContractsTest implements Serializable {
    private static final long serialVersionUID = 1;

    private final String outerState = "outer";

    static final class WithHooks implements Serializable {
        private static final long serialVersionUID = 1;
        private transient ReentrantLock lock = new ReentrantLock();
        private transient String secret = "secret";

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF(secret);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            secret = in.readUTF();
            lock = new ReentrantLock();
        }
    }

    static class InheritsHooks implements Serializable {
        private static final long serialVersionUID = 1;
        private final transient List<Integer> computed = new ArrayList<>(List.of(1));

        protected Object readResolve() {
            return new SubclassOfHooks();
        }

        List<Integer> computed() {
            return computed;
        }
    }

    static final class SubclassOfHooks extends InheritsHooks {
        private static final long serialVersionUID = 1;
    }

    static final class Single implements Serializable {
        private static final long serialVersionUID = 1;
        static final Single INSTANCE = new Single();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    static final class Vanishing implements Serializable {
        private static final long serialVersionUID = 1;

        private @Nullable Object writeReplace() {
            return null;
        }
    }

    static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1;
        private final int number;

        Replaced(int number) {
            this.number = number;
        }

        private Object writeReplace() {
            return new Form(Integer.toString(number));
        }

        private record Form(String text) implements Serializable {
            private Object readResolve() {
                return new Replaced(Integer.parseInt(text));
            }
        }
    }

    public static final class External implements Externalizable {
        private String state = "";

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(state);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            state = in.readUTF();
        }
    }

    static final class ChosenFields implements Serializable {
        private static final long serialVersionUID = 1;
        private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("chosen", String.class)
        };
        private String chosen = "";
        private String other = "";
    }

    static final class Lru extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1;
        private final int limit;

        Lru(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > limit;
        }
    }

    static class NotSerializableParent {
        String parentState = "from constructor";
    }

    static final class Child extends NotSerializableParent implements Serializable {
        private static final long serialVersionUID = 1;
        String state = "";
    }

    final class Inner implements Serializable {
        private static final long serialVersionUID = 1;

        String outerState() {
            return outerState;
        }
    }

    interface Greeter {
        String greet();
    }

    record Handler(String greeting) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return greeting;
        }
    }

    @Test
    void writeObjectAndReadObject_areCalled() {
        WithHooks decoded = roundTrip(new WithHooks());
        assertThat(decoded.secret).isEqualTo("secret");
        assertThat(decoded.lock).isNotNull();
    }

    @Test
    void inheritedContract_counts() {
        assertThat(usesKryo(new SubclassOfHooks())).isFalse();
        assertThat(roundTrip(new SubclassOfHooks()).computed()).containsExactly(1);
    }

    @Test
    void readResolve_keepsSinglesSingle() {
        assertThat(roundTrip(Single.INSTANCE)).isSameAs(Single.INSTANCE);
    }

    @Test
    void writeReplace_isCalled() {
        assertThat(roundTrip(new Replaced(42)).number).isEqualTo(42);
    }

    @Test
    void writeReplaceByNull_leavesNull_butIsNoAttribute() {
        List<Object> decoded = roundTrip(new ArrayList<>(List.of("a", new Vanishing(), "b")));
        assertThat(decoded).containsExactly("a", null, "b");
        assertThatThrownBy(() -> encode(new Vanishing()))
                .isInstanceOf(NotEncodableException.class)
                .hasMessageContaining(Vanishing.class.getName())
                .hasMessageContaining("writeReplace answers null");
    }

    @Test
    void externalizable_writesItself() {
        External external = new External();
        external.state = "kept";
        assertThat(roundTrip(external).state).isEqualTo("kept");
    }

    @Test
    void serialPersistentFields_areObeyed() {
        ChosenFields fields = new ChosenFields();
        fields.chosen = "kept";
        fields.other = "dropped";
        assertThat(roundTrip(fields).chosen).isEqualTo("kept");
        assertThat(roundTrip(fields).other).isNull();
    }

    @Test
    void collectionSubclass_keepsItsOwnFieldsAndOrder() {
        Lru lru = new Lru(2);
        lru.put("a", 1);
        lru.put("b", 2);
        lru.get("a");

        Lru decoded = roundTrip(lru);
        decoded.put("c", 3);

        assertThat(decoded).containsOnlyKeys("a", "c");
    }

    @Test
    void parentThatIsNotSerializable_isConstructed_asInJavaSerialization() {
        Child child = new Child();
        child.parentState = "changed";
        child.state = "kept";
        assertThat(roundTrip(child).state).isEqualTo("kept");
        assertThat(roundTrip(child).parentState).isEqualTo("from constructor");
    }

    @Test
    void innerClass_keepsItsOuterObject() {
        assertThat(roundTrip(new Inner()).outerState()).isEqualTo("outer");
    }

    @Test
    void localAndAnonymousClasses_keepWhatTheyCapture() {
        List<String> captured = new ArrayList<>(List.of("captured"));
        class Local implements Serializable {
            private static final long serialVersionUID = 1;

            List<String> captured() {
                return captured;
            }
        }
        assertThat(roundTrip(new Local()).captured()).containsExactly("captured");
    }

    @Test
    @SuppressWarnings("unchecked")
    void serializableLambda_keepsWhatItCaptures() {
        String captured = "captured";
        Supplier<String> lambda = (Supplier<String> & Serializable) () -> captured;
        assertThat(((Supplier<String>) decode(encode(lambda))).get()).isEqualTo("captured");

        Map<String, Object> map = new HashMap<>();
        map.put("lambda", lambda);
        assertThat(((Supplier<String>) roundTrip(map).get("lambda")).get()).isEqualTo("captured");
    }

    @Test
    void proxy_keepsItsHandlerAndItsInterfaces() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Greeter.class}, new Handler("hello"));
        assertThat(((Greeter) decode(encode(proxy))).greet()).isEqualTo("hello");
        assertThat(((Greeter) roundTrip(new ArrayList<>(List.of(proxy))).get(0)).greet())
                .isEqualTo("hello");
        assertThat((Object) roundTrip(proxy.getClass())).isSameAs(proxy.getClass());
    }

    @Test
    void exception_keepsMessageCauseAndStackTrace() {
        Exception exception = new IllegalStateException("message", new IOException("cause"));
        exception.addSuppressed(new RuntimeException("suppressed"));

        Exception decoded = roundTrip(exception);

        assertThat(decoded).hasMessage("message").hasCauseExactlyInstanceOf(IOException.class);
        assertThat(decoded.getSuppressed()).hasSize(1);
        assertThat(decoded.getStackTrace()).isEqualTo(exception.getStackTrace());
    }
}
