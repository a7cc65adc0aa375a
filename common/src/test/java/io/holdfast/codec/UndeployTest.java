package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.session.EncodedValue;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an application goes and its codec with it, nothing holds its classes. */
class UndeployTest {
    private static final int MOST_COLLECTIONS = 50;

    private static final String APPLICATION = """
            package app;
            import java.io.Serializable;
            import java.lang.reflect.*;
            import java.util.*;
            import java.util.function.Supplier;
            public class Everything implements Serializable {
                enum Color { RED, GREEN { } }
                record Point(int x, Object held) implements Serializable {}
                static class Bean implements Serializable { int number = 1; Color color = Color.GREEN; Object self = this; }
                static class Resolving implements Serializable { private Object readResolve() { return this; } }
                static class Failure extends RuntimeException { Failure() { super("x"); } }
                static class Handler implements InvocationHandler, Serializable {
                    public Object invoke(Object proxy, Method method, Object[] arguments) { return "proxy"; }
                }
                interface Named { String name(); }
                public static Object[] values() {
                    Supplier<String> lambda = (Supplier<String> & Serializable) () -> "lambda";
                    Object proxy = Proxy.newProxyInstance(
                        Everything.class.getClassLoader(), new Class<?>[] {Named.class}, new Handler());
                    return new Object[] {
                        new Bean(), new Point(1, new Bean()), Color.RED, new Bean[] {new Bean()}, Bean.class,
                        new HashMap<>(Map.of("k", new Bean())), EnumSet.of(Color.RED),
                        new EnumMap<>(Map.of(Color.RED, 1)), new Resolving(), new Failure(), lambda, proxy,
                        new HashMap<>(Map.of(new Point(2, null), 3)).keySet(), new WeakHashMap<>(Map.of("k", new Bean()))
                    };
                }
            }
            """;

    @Test
    void classLoader_isCollected() throws Exception {
        WeakReference<ClassLoader> loader = useApplication();
        for (int i = 0; i < MOST_COLLECTIONS && loader.get() != null; i++) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(loader.get())
                .as("the class loader of an application that is gone")
                .isNull();
    }

    private static WeakReference<ClassLoader> useApplication() throws Exception {
        ClassLoader loader = CompiledClasses.of(List.of(APPLICATION)).loader();
        AttributeCodec codec = Codecs.codec(loader);
        for (Object value : (Object[])
                loader.loadClass("app.Everything").getMethod("values").invoke(null)) {
            EncodedValue stored = codec.encode(value);
            assertThat(codec.decode(stored)).isNotNull();
            codec.isImmutable(value);
            codec.changeableParts(value);
            codec.encode(Collections.unmodifiableList(List.of(value)));
        }
        return new WeakReference<>(loader);
    }
}
