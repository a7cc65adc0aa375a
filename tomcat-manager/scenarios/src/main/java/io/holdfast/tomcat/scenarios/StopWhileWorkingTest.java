package io.holdfast.tomcat.scenarios;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Client.Answer;
import io.holdfast.scenarios.CompiledApplication;
import io.holdfast.scenarios.Hold;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is stopped while a thread with a large stack works for one of its requests. */
class StopWhileWorkingTest {
    private static final String CONTEXT_PATH = "/shop";
    private static final int MAX_COLLECTIONS = 50;
    private static final int WAIT_MILLIS = 200;

    /** More than a request's own thread can bear, and less than the setting maxAttributeDepth. */
    private static final int LINKS = 9_000;

    private static final String SOURCE = """
            package com.example.shop;

            import java.io.*;

            public class Link implements Serializable {
                private static final long serialVersionUID = 1L;
                public static Runnable passed;
                private Link next;

                public static Object list(int length) {
                    Link first = null;
                    for (int i = 0; i < length; i++) {
                        Link link = new Link();
                        link.next = first;
                        first = link;
                    }
                    return first;
                }

                private void writeObject(ObjectOutputStream output) throws IOException {
                    passed.run();
                    output.defaultWriteObject();
                }

                private void readObject(ObjectInputStream input) throws IOException, ClassNotFoundException {
                    passed.run();
                    input.defaultReadObject();
                }

                @Override public String toString() { return "a list"; }
            }
            """;

    @TempDir
    private Path folder;

    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    private final Client client = Client.of(CONTEXT_PATH);
    private volatile Hold deepWork = new Hold();
    private TomcatNode node;
    private TomcatApplication application;

    @BeforeEach
    void deploy() throws IOException {
        CompiledApplication.compile(folder, "Link.java", SOURCE);
        List<TomcatApplication> deployed = new ArrayList<>();
        node = TomcatNode.start(starting -> {
            starting.manager().setRedisUri(TestRedis.shared().uri());
            deployed.add(starting.deploy(CONTEXT_PATH, folder));
            deployed.get(0).set("redisUri", TestRedis.shared().uri());
            deployed.get(0).set("namespace", "scenario-" + UUID.randomUUID());
        });
        application = deployed.get(0)
                .on("/fill", (request, response) -> fill(request.getSession()))
                .on("/read", (request, response) -> {
                    link();
                    response.getWriter().print(request.getSession().getAttribute("list"));
                });
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void removalOfTheApplication_doesNotWaitForAValueThatIsWritten_andItsRequestFails() throws Exception {
        WeakReference<ClassLoader> loader = loader();
        CompletableFuture<Answer> answer = client.start(node, "/fill");
        deepWork.awaitReached();

        whileWorking(() -> application.context().getParent().removeChild(application.context()));
        deepWork.release();

        assertThat(Client.await(answer).status()).isEqualTo(503);
        assertThat(client.sessionId()).isNull();
        requireCollected(loader);
    }

    @Test
    void reload_doesNotWaitForAValueThatIsRead_andItsRequestGetsIt_asThoseOfTheNewApplicationDo() throws Exception {
        deepWork.release();
        client.text(node, "/fill");
        application.context().reload();
        WeakReference<ClassLoader> loader = loader();
        deepWork = new Hold();
        CompletableFuture<Answer> answer = client.start(node, "/read");
        deepWork.awaitReached();

        whileWorking(application.context()::reload);
        deepWork.release();

        assertThat(Client.await(answer).text()).isEqualTo("a list");
        assertThat(client.text(node, "/read")).isEqualTo("a list");
        requireCollected(loader);
    }

    /** The work is held for ten seconds. */
    private static void whileWorking(Runnable stop) throws Exception {
        CompletableFuture.runAsync(stop).get(8, SECONDS);
    }

    private WeakReference<ClassLoader> loader() {
        return new WeakReference<>(application.context().getLoader().getClassLoader(), collected);
    }

    private void requireCollected(WeakReference<ClassLoader> loader) throws InterruptedException {
        for (int i = 0; i < MAX_COLLECTIONS && !loader.refersTo(null); i++) {
            System.gc();
            collected.remove(WAIT_MILLIS);
        }
        assertThat(loader.refersTo(null))
                .as("the class loader of an application that is gone, collected")
                .isTrue();
    }

    private void fill(HttpSession session) throws ReflectiveOperationException {
        Object list = link().getMethod("list", int.class).invoke(null, LINKS);
        session.setAttribute("list", list);
    }

    private Class<?> link() throws ReflectiveOperationException {
        Class<?> link = Class.forName(
                "com.example.shop.Link", true, Thread.currentThread().getContextClassLoader());
        link.getField("passed").set(null, (Runnable) this::passed);
        return link;
    }

    private void passed() {
        if (Thread.currentThread().getName().equals("holdfast-deep-stack")) {
            deepWork.here();
        }
    }
}
