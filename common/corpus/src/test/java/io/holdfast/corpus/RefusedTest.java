package io.holdfast.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.codec.KryoAttributeCodec;
import io.holdfast.codec.NotEncodableException;
import io.holdfast.corpus.OwnClassSamples.Holder;
import io.holdfast.corpus.OwnClassSamples.Pair;
import java.io.ByteArrayInputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.commons.collections4.FactoryUtils;
import org.apache.commons.collections4.functors.ConstantFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be stored is refused as a whole and before anything is stored, by an exception that names the class at fault. */
@SuppressWarnings({"serial", "unused", "ClassCanBeStatic"}) // what applications try; fields that matter by being there
class RefusedTest {
    private static final KryoAttributeCodec CODEC =
            new KryoAttributeCodec(RefusedTest.class.getClassLoader(), value -> false);

    static class NotSerializable {
        private String name = "x";
    }

    static final class SerializableBelow extends NotSerializable implements Serializable {
        private static final long serialVersionUID = 1;
        private final Object held = new NotSerializable();
    }

    record NotSerializableRecord(int number) {}

    /** Holds the test, which is not serializable. */
    final class Inner implements Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            return "of " + RefusedTest.this;
        }
    }

    private Object anonymousInHere() {
        return new Serializable() {
            private static final long serialVersionUID = 1;

            @Override
            public String toString() {
                return "of " + RefusedTest.this;
            }
        };
    }

    static Object localThatCaptures(NotSerializable captured) {
        class Local implements Serializable {
            private static final long serialVersionUID = 1;

            @Override
            public String toString() {
                return captured.name;
            }
        }
        return new Local();
    }

    static List<Arguments> refused() {
        RefusedTest surroundings = new RefusedTest();
        NotSerializable plain = new NotSerializable();
        Class<?> atFault = NotSerializable.class;
        return List.of(
                Arguments.of("object", new Object(), Object.class),
                Arguments.of("bean", plain, atFault),
                Arguments.of("record", new NotSerializableRecord(1), NotSerializableRecord.class),
                Arguments.of("bean in a list", new ArrayList<>(List.of("a", plain)), atFault),
                Arguments.of("bean as a key", new HashMap<>(Map.of(plain, 1)), atFault),
                Arguments.of("bean in a bean", new Holder(plain), atFault),
                Arguments.of("bean in a record", new Pair<>(1, plain), atFault),
                Arguments.of("bean in an array", new Object[] {plain}, atFault),
                Arguments.of("array of beans", new NotSerializable[] {plain}, atFault),
                Arguments.of("bean in an optional", Optional.of(plain), atFault),
                Arguments.of("bean in a wrapper", Collections.synchronizedList(List.of(plain)), atFault),
                Arguments.of("bean in a subclass", new SerializableBelow(), atFault),
                Arguments.of("inner class", surroundings.new Inner(), RefusedTest.class),
                Arguments.of("inner class in a list", List.of(surroundings.new Inner()), RefusedTest.class),
                Arguments.of("anonymous class", surroundings.anonymousInHere(), RefusedTest.class),
                Arguments.of("local class", localThatCaptures(plain), atFault),
                Arguments.of("serializable lambda", (Supplier<Object> & Serializable) () -> plain, atFault),
                Arguments.of("proxy", proxy(plain), atFault),
                Arguments.of("thread", new Thread(() -> {}), Thread.class),
                Arguments.of("thread-local", new ThreadLocal<>(), ThreadLocal.class),
                Arguments.of("class loader", RefusedTest.class.getClassLoader(), null),
                Arguments.of("stream", new ByteArrayInputStream(new byte[1]), ByteArrayInputStream.class),
                Arguments.of("path", Path.of("x"), null),
                Arguments.of("charset", StandardCharsets.UTF_16BE, null),
                Arguments.of("future", new CompletableFuture<>(), CompletableFuture.class),
                Arguments.of("latch", new CountDownLatch(1), CountDownLatch.class),
                Arguments.of("reference", new WeakReference<>("x"), WeakReference.class),
                Arguments.of("iterator", new ArrayList<>(List.of(1)).iterator(), null),
                Arguments.of("stream of elements", List.of(1).stream(), null),
                Arguments.of("matcher", Pattern.compile("x").matcher("x"), null),
                Arguments.of("scanner", new Scanner("x"), Scanner.class),
                Arguments.of("known gadget", FactoryUtils.constantFactory(0), ConstantFactory.class));
    }

    private static Object proxy(Object target) {
        Class<?>[] interfaces = {Runnable.class};
        return Proxy.newProxyInstance(
                RefusedTest.class.getClassLoader(), interfaces, (java.lang.reflect.InvocationHandler & Serializable)
                        (proxy, method, arguments) -> target);
    }

    /** @param atFault null where the class has no public name */
    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusal_namesTheClassAtFault(String name, Object value, Class<?> atFault) {
        NotEncodableException refusal = catchThrowableOfType(NotEncodableException.class, () -> CODEC.encode(value));

        String expected = (atFault == null ? value.getClass() : atFault).getName();
        assertThat(refusal).as(name).isNotNull();
        assertThat(refusal.className()).isEqualTo(expected);
        assertThat(refusal).hasMessageStartingWith(expected + " cannot be stored");
    }

    @Test
    void plainLambda_isRefusedByAMessageThatTellsWhy() {
        NotEncodableException refusal =
                catchThrowableOfType(NotEncodableException.class, () -> CODEC.encode(new TreeMap<>((one, other) -> 0)));

        assertThat(refusal.className()).startsWith(RefusedTest.class.getName() + "$$Lambda");
        assertThat(refusal).hasMessageContaining("has no lasting name");
    }
}
