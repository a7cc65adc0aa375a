package io.holdfast.jetty.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.CompiledApplication;
import io.holdfast.scenarios.Hold;
import io.holdfast.scenarios.Node;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stopped application leaves nothing behind that holds its class loader. */
class UndeployTest {
    private static final String SOURCE = """
            package com.example.shop;

            import java.io.Serializable;
            import java.util.*;
            import java.util.function.Consumer;

            public class Cart implements Consumer<Object>, Serializable {
                public enum Kind { BREAD, MILK }
                private final List<Object> parts = new ArrayList<>(List.of(Kind.BREAD));
                @Override public void accept(Object part) { parts.add(part); }
                @Override public String toString() { return parts.toString(); }
            }
            """;

    @TempDir
    private Path folder;

    private final List<ServletContextHandler> contexts = new ArrayList<>();
    private final List<JettyApplication> applications = new ArrayList<>();
    private final Client client = new Client();
    private Cluster cluster;

    @BeforeEach
    void deploy() throws IOException {
        CompiledApplication.compile(folder, "Cart.java", SOURCE);
        cluster = Cluster.start(this::giveLoader);
        cluster.on("/fill", (request, response) -> request.getSession().setAttribute("cart", newCart()))
                .on(
                        "/add",
                        (request, response) ->
                                cart(request.getSession().getAttribute("cart")).accept("more"))
                .on(
                        "/read",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getAttribute("cart")));
    }

    @AfterEach
    void stop() {
        cluster.a().close();
        cluster.b().close();
    }

    @Test
    void classLoaderOfAStoppedApplication_isCollected() throws Exception {
        client.text(cluster.a(), "/fill");
        client.text(cluster.b(), "/add");
        assertThat(client.text(cluster.a(), "/read")).isEqualTo("[BREAD, more]");
        List<WeakReference<ClassLoader>> loaders = contexts.stream()
                .map(context -> new WeakReference<>(context.getClassLoader()))
                .toList();

        for (ServletContextHandler context : contexts) {
            context.stop();
            context.setClassLoader(null);
        }
        applications.forEach(JettyApplication::forgetFigures);

        Awaitility.await().until(() -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
    }

    @Test
    void classLoaderOfAnApplicationThatIsStoppedWhileARequestUsesIt_isCollected() throws Exception {
        Hold hold = new Hold();
        cluster.on("/slow", (request, response) -> {
            cart(request.getSession().getAttribute("cart")).accept("more");
            hold.here();
            request.getSession().setAttribute("late", "x");
        });
        client.text(cluster.a(), "/fill");
        CompletableFuture<Client.Answer> slow = client.start(cluster.a(), "/slow");
        hold.awaitReached();
        ServletContextHandler context = contexts.get(0);
        WeakReference<ClassLoader> loader = new WeakReference<>(context.getClassLoader());

        context.stop();
        hold.release();

        assertThat(Client.await(slow).status()).isGreaterThanOrEqualTo(500);
        context.setClassLoader(null);
        applications.get(0).forgetFigures();
        Awaitility.await().until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    private void giveLoader(Node node) {
        JettyApplication application = (JettyApplication) node.application();
        ServletContextHandler context = (ServletContextHandler) application.handler();
        try {
            URL classes = folder.resolve("WEB-INF/classes").toUri().toURL();
            context.setClassLoader(
                    new URLClassLoader(new URL[] {classes}, getClass().getClassLoader()));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        applications.add(application);
        contexts.add(context);
    }

    private static Object newCart() {
        try {
            return Class.forName(
                            "com.example.shop.Cart",
                            true,
                            Thread.currentThread().getContextClassLoader())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<Object> cart(Object value) {
        return (Consumer<Object>) value;
    }
}
