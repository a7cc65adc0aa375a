package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.CompiledApplication;
import io.holdfast.scenarios.Node;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that goes leaves nothing behind: whatever it kept in sessions, its class loader can be collected. */
class UndeployTest {
    private static final String CONTEXT_PATH = "/shop";
    private static final int MAX_COLLECTIONS = 50;
    private static final int WAIT_MILLIS = 200;

    /** Everything that is stored in a way of its own. */
    private static final String SOURCE = """
            package com.example.shop;

            import java.io.*;
            import java.lang.reflect.Proxy;
            import java.util.*;
            import java.util.function.*;

            public class Shop implements Supplier<Map<String, Object>>, Consumer<Object> {
                public static class Bean implements Serializable {
                    private static final long serialVersionUID = 1L;
                    List<Object> parts = new ArrayList<>();
                    @Override public String toString() { return "bean" + parts; }
                }

                public static class Contract implements Serializable {
                    private static final long serialVersionUID = 1L;
                    String text = "contract";
                    private void writeObject(ObjectOutputStream out) throws IOException { out.defaultWriteObject(); }
                    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
                        in.defaultReadObject();
                    }
                    @Override public String toString() { return text; }
                }

                public static class Computed implements Serializable {
                    List<String> texts = new LinkedList<>(List.of("computed")) {};
                    @Override public String toString() { return texts.toString(); }
                }

                // The JDK's own toString() of records keeps the last class it met in a static field.
                public record Line(String article, Kind kind) implements Serializable {
                    @Override public String toString() { return "Line[article=" + article + ", kind=" + kind + "]"; }
                }

                public enum Kind { BREAD { @Override public String toString() { return "bread!"; } }, MILK }

                public interface Order extends Comparator<Line>, Serializable {}

                public static class Handler implements java.lang.reflect.InvocationHandler, Serializable {
                    private static final long serialVersionUID = 1L;
                    @Override public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
                        return method.getName().equals("toString") ? "proxy" : null;
                    }
                }

                public static class Failure extends RuntimeException {
                    private static final long serialVersionUID = 1L;
                    Failure() { super("failure"); }
                }

                public static class Local { }

                @Override public Map<String, Object> get() {
                    Map<String, Object> attributes = new HashMap<>();
                    Bean bean = new Bean();
                    bean.parts.add(new Line("loaf", Kind.BREAD));
                    attributes.put("bean", bean);
                    attributes.put("contract", new Contract());
                    attributes.put("computed", new Computed());
                    attributes.put("record", new Line("pint", Kind.MILK));
                    attributes.put("enum", Kind.BREAD);
                    attributes.put("enums", new EnumMap<>(Map.of(Kind.MILK, 1)));
                    attributes.put("set", EnumSet.of(Kind.BREAD));
                    Order order = (one, other) -> one.article().compareTo(other.article());
                    attributes.put("lambda", order);
                    TreeMap<Line, String> sorted = new TreeMap<>(order);
                    sorted.put(new Line("loaf", Kind.BREAD), "first");
                    attributes.put("sorted", sorted);
                    attributes.put("proxy", Proxy.newProxyInstance(
                            Shop.class.getClassLoader(), new Class<?>[] {Order.class}, new Handler()));
                    attributes.put("failure", new Failure());
                    attributes.put("array", new Line[] {new Line("loaf", Kind.BREAD)});
                    attributes.put("class", Line.class);
                    attributes.put("local", new Local());
                    return attributes;
                }

                /** Changes a bean in place. */
                @Override public void accept(Object bean) {
                    ((Bean) bean).parts.add(Kind.MILK);
                }
            }
            """;

    @TempDir
    private Path folder;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Client client = Client.of(CONTEXT_PATH);
    private final String namespace = "scenario-" + UUID.randomUUID();
    private final List<TomcatApplication> applications = new ArrayList<>();
    private Cluster cluster;

    @BeforeEach
    void deploy() throws IOException {
        CompiledApplication.compile(folder, "Shop.java", SOURCE);
        cluster = Cluster.start(node -> applications.add(deployShop(node)));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void classLoaderOfAnUndeployedApplication_isCollected() {
        useEverything();
        List<WeakReference<ClassLoader>> loaders =
                applications.stream().map(this::loaderOf).toList();

        for (TomcatApplication application : applications) {
            application.context().getParent().removeChild(application.context());
        }

        awaitCollected(loaders);
    }

    @Test
    void classLoaderOfBeforeAReload_isCollected_andTheSessionIsReadWithTheNewClasses() {
        String before = useEverything();
        WeakReference<ClassLoader> old = loaderOf(applications.get(0));

        applications.get(0).context().reload();

        assertThat(client.text(cluster.a(), "/read")).isEqualTo(before);
        awaitCollected(List.of(old));
    }

    private TomcatApplication deployShop(Node node) {
        TomcatApplication application = TomcatNode.of(node).deploy(CONTEXT_PATH, folder);
        application.set("redisUri", TestRedis.shared().uri());
        application.set("namespace", namespace);
        application.set("exclusive", "session"); // has threads and tasks of its own
        return application
                .on("/fill", (request, response) -> attributes().forEach(request.getSession()::setAttribute))
                .on("/read", (request, response) -> response.getWriter().print(read(request.getSession())))
                .on(
                        "/change",
                        (request, response) -> change(request.getSession().getAttribute("bean")));
    }

    /** What the second node reads of all that the first has stored and changed. */
    private String useEverything() {
        client.text(cluster.a(), "/fill");
        client.text(cluster.a(), "/change");
        String read = client.text(cluster.b(), "/read");
        assertThat(read)
                .contains(
                        "array=[Lcom.example.shop.Shop$Line;",
                        "bean=bean[Line[article=loaf, kind=bread!], MILK]",
                        "computed=[computed]",
                        "contract=contract",
                        "enum=bread!",
                        "enums={MILK=1}",
                        "failure=com.example.shop.Shop$Failure: failure",
                        "lambda=com.example.shop.Shop",
                        "proxy=proxy",
                        "record=Line[article=pint, kind=MILK]",
                        "set=[bread!]",
                        "sorted={Line[article=loaf, kind=bread!]=first}")
                .doesNotContain("local=");
        client.text(cluster.b(), "/change");
        return client.text(cluster.b(), "/read");
    }

    private WeakReference<ClassLoader> loaderOf(TomcatApplication application) {
        return new WeakReference<>(application.context().getLoader().getClassLoader(), collected);
    }

    private void awaitCollected(List<WeakReference<ClassLoader>> loaders) {
        Set<Reference<? extends ClassLoader>> left = new HashSet<>(loaders);
        for (int i = 0; i < MAX_COLLECTIONS && !left.isEmpty(); i++) {
            System.gc();
            try {
                left.remove(collected.remove(WAIT_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        assertThat(left).as("class loaders that somebody still holds").isEmpty();
    }

    private static String read(HttpSession session) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : Collections.list(session.getAttributeNames())) {
            Object value = session.getAttribute(name);
            String text = String.valueOf(value);
            texts.put(name, text.replaceAll("([@/]|\\$\\$Lambda).*", ""));
        }
        return texts.toString();
    }

    @SuppressWarnings("unchecked") // see the source above
    private static Map<String, Object> attributes() throws ReflectiveOperationException {
        return ((Supplier<Map<String, Object>>) shop()).get();
    }

    @SuppressWarnings("unchecked") // see the source above
    private static void change(Object bean) throws ReflectiveOperationException {
        ((Consumer<Object>) shop()).accept(bean);
    }

    private static Object shop() throws ReflectiveOperationException {
        return Class.forName(
                        "com.example.shop.Shop", true, Thread.currentThread().getContextClassLoader())
                .getDeclaredConstructor()
                .newInstance();
    }
}
