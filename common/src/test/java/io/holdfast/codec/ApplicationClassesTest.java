package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes come from the application's class loader, and from nowhere else. */
class ApplicationClassesTest {
    private static final String ORDER = """
            package app;
            public class Order implements java.io.Serializable {
                private static final long serialVersionUID = 1;
                private int number = 7;
                private String text = "text";
                private Object shared = new java.util.ArrayList<>(java.util.List.of("shared"));
                private Object same = shared;
                public String toString() { return "" + number + text + shared + (shared == same); }
            }
            """;
    private static final String COLOR = """
            package app;
            public enum Color { RED, GREEN { public String toString() { return "green"; } }, BLUE }
            """;
    private static final String LISTENER = """
            package app;
            interface Listener { String heard(); }
            """;
    private static final String HANDLER = """
            package app;
            import java.lang.reflect.*;
            public class Handler implements InvocationHandler, java.io.Serializable {
                private static final long serialVersionUID = 1;
                public static Object proxy() {
                    return Proxy.newProxyInstance(
                        Handler.class.getClassLoader(), new Class<?>[] {Listener.class}, new Handler());
                }
                public Object invoke(Object proxy, Method method, Object[] arguments) { return "proxy"; }
            }
            """;
    private static final String BAG = """
            package app;
            public class Bag extends java.util.ArrayList<Object> {
                private static final long serialVersionUID = 1;
                public Object[] kinds = {int.class, Bag.class, int[].class, Order.class, Color.GREEN, new Order()};
                public String toString() { return java.util.Arrays.toString(kinds); }
            }
            """;
    private static final CompiledClasses APPLICATION =
            CompiledClasses.of(List.of(ORDER, COLOR, LISTENER, HANDLER, BAG));

    private final ClassLoader writer = APPLICATION.loader();
    private final ClassLoader reader = APPLICATION.loader();
    private ClassLoader original;

    @BeforeEach
    void misleadContextClassLoader() {
        original = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    @AfterEach
    void restoreContextClassLoader() {
        Thread.currentThread().setContextClassLoader(original);
    }

    private static Object create(ClassLoader loader, String className) throws Exception {
        return loader.loadClass(className).getConstructor().newInstance();
    }

    private static EncodedValue encode(ClassLoader loader, Object value) {
        return Codecs.codec(loader).encode(value);
    }

    private static Object decode(ClassLoader loader, EncodedValue value) {
        return Codecs.codec(loader).decode(value);
    }

    @Test
    void objects_areMadeOfTheClassesOfTheReadingApplication() throws Exception {
        for (String className : List.of("app.Order", "app.Bag")) {
            Object value = create(writer, className);

            Object decoded = decode(reader, encode(writer, value));

            assertThat(decoded.getClass()).isSameAs(reader.loadClass(className));
            assertThat(decoded).hasToString(value.toString());
        }
    }

    @Test
    void proxies_ofInterfacesThatAreNotPublic_workInTheReadingApplication() throws Exception {
        Object proxy = writer.loadClass("app.Handler").getMethod("proxy").invoke(null);

        Object decoded = decode(reader, encode(writer, proxy));

        assertThat(reader.loadClass("app.Listener")).isAssignableFrom(decoded.getClass());
        assertThat(decoded).hasToString("proxy");
    }

    @Test
    void containersOwnClasses_areNotReachable() {
        EncodedValue value = Codecs.encode(new Mine());
        ClassLoader application = ClassLoader.getPlatformClassLoader();
        assertThatThrownBy(() -> decode(application, value))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessageContaining(Mine.class.getName());
    }

    private record Mine() implements java.io.Serializable {}
}
