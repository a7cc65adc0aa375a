package io.holdfast.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.session.EncodedValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes come from the application's class loader, and may have changed since their objects were stored. */
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
    private static final String POINT =
            "package app; public record Point(int x, String label) implements java.io.Serializable {}";
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
    private static final Map<String, String> APPLICATION = new TreeMap<>(Map.of(
            "Order", ORDER, "Color", COLOR, "Point", POINT, "Listener", LISTENER, "Handler", HANDLER, "Bag", BAG));

    @TempDir
    Path directory;

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

    private ClassLoader application(Map<String, String> sources) throws Exception {
        return CompiledClasses.loader(Files.createTempDirectory(directory, "version"), sources);
    }

    private static Object create(ClassLoader loader, String className, Object... arguments) throws Exception {
        Class<?> type = loader.loadClass(className);
        return type.getConstructors()[0].newInstance(arguments);
    }

    private static EncodedValue encode(ClassLoader loader, Object value) {
        return Codecs.codec(loader).encode(value);
    }

    private static Object decode(ClassLoader loader, EncodedValue value) {
        return Codecs.codec(loader).decode(value);
    }

    @Test
    void objects_areMadeOfTheClassesOfTheReadingApplication() throws Exception {
        ClassLoader writer = application(APPLICATION);
        ClassLoader reader = application(APPLICATION);
        for (String className : List.of("app.Order", "app.Bag")) {
            Object value = create(writer, className);

            Object decoded = decode(reader, encode(writer, value));

            assertThat(decoded.getClass()).isSameAs(reader.loadClass(className));
            assertThat(decoded).hasToString(value.toString());
        }
    }

    @Test
    void proxies_ofInterfacesThatAreNotPublic_workInTheReadingApplication() throws Exception {
        ClassLoader writer = application(APPLICATION);
        ClassLoader reader = application(APPLICATION);
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

    @Test
    void fieldAdded_hasItsDefault() throws Exception {
        ClassLoader older = application(Map.of("Order", ORDER));
        ClassLoader newer = application(Map.of(
                "Order",
                ORDER.replace(
                        "private int number",
                        "private long added = 5; private Object another = \"x\"; private int number")));
        Object decoded = decode(newer, encode(older, create(older, "app.Order")));
        assertThat(decoded).hasToString("7text[shared]true");
        assertThat(decoded).hasFieldOrPropertyWithValue("added", 0L);
        assertThat(decoded).hasFieldOrPropertyWithValue("another", null);
    }

    @Test
    void fieldRemoved_isForgotten_butWhatItSharedIsNot() throws Exception {
        ClassLoader older = application(Map.of("Order", ORDER));
        ClassLoader newer = application(Map.of(
                "Order",
                ORDER.replace("private int number = 7;", "")
                        .replace("private Object same = shared;", "")
                        .replace("private Object shared", "private Object zShared")
                        .replace("number + text + shared + (shared == same)", "text + zShared")));
        assertThat(decode(newer, encode(older, create(older, "app.Order")))).hasToString("textnull");
    }

    @Test
    void fieldWidened_takesTheOldValue() throws Exception {
        ClassLoader older = application(Map.of("Order", ORDER));
        ClassLoader newer = application(Map.of("Order", ORDER.replace("int number", "long number")));
        assertThat(decode(newer, encode(older, create(older, "app.Order")))).hasToString("7text[shared]true");
    }

    @Test
    void fieldOfAnotherType_makesTheAttributeUnreadable() throws Exception {
        ClassLoader older = application(Map.of("Order", ORDER));
        ClassLoader newer = application(Map.of("Order", ORDER.replace("String text = \"text\"", "Integer text = 1")));
        EncodedValue value = encode(older, create(older, "app.Order"));
        assertThatThrownBy(() -> decode(newer, value))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessage("The stored value of app.Order is unreadable: "
                        + "the stored Order.text no longer fits the field");
    }

    @Test
    void recordComponents_mayComeAndGo() throws Exception {
        ClassLoader older = application(Map.of("Point", POINT));
        ClassLoader newer = application(
                Map.of("Point", POINT.replace("int x, String label", "String label, double added, Object another")));
        assertThat(decode(newer, encode(older, create(older, "app.Point", 3, "here"))))
                .hasToString("Point[label=here, added=0.0, another=null]");
    }

    @Test
    void enumConstants_mayMoveButNotGo() throws Exception {
        ClassLoader older = application(Map.of("Color", COLOR));
        Object green = older.loadClass("app.Color").getEnumConstants()[1];
        EncodedValue value = encode(older, green);

        ClassLoader reordered = application(Map.of("Color", "package app; public enum Color { BLUE, RED, GREEN }"));
        assertThat(decode(reordered, value)).hasToString("GREEN");

        ClassLoader without = application(Map.of("Color", "package app; public enum Color { RED, BLUE }"));
        assertThatThrownBy(() -> decode(without, value))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessage("The stored value of app.Color is unreadable: it does not have the stored constant");
    }

    @Test
    void classGone_isNamed() throws Exception {
        ClassLoader older = application(APPLICATION);
        ClassLoader newer = application(Map.of("Color", COLOR));
        for (String className : List.of("app.Order", "app.Bag")) {
            EncodedValue value = encode(older, List.of(create(older, className)));
            assertThatThrownBy(() -> decode(newer, value))
                    .isInstanceOfSatisfying(
                            UnreadableAttributeException.class,
                            e -> assertThat(e.className()).isEqualTo(className))
                    .hasMessageContaining("the application has no such class");
        }
    }

    @Test
    void classNoLongerSerializable_isNamed() throws Exception {
        ClassLoader older = application(Map.of("Order", ORDER));
        ClassLoader newer = application(Map.of("Order", ORDER.replace("implements java.io.Serializable", "")));
        EncodedValue value = encode(older, create(older, "app.Order"));
        assertThatThrownBy(() -> decode(newer, value))
                .isInstanceOf(UnreadableAttributeException.class)
                .hasMessage("The stored value of app.Order is unreadable: it does not implement java.io.Serializable");
    }
}
