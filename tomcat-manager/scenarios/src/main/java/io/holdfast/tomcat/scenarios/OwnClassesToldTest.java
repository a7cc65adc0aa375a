package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.TestRedis;
import io.holdfast.scenarios.Client;
import io.holdfast.scenarios.Cluster;
import io.holdfast.scenarios.CompiledApplication;
import io.holdfast.scenarios.ConfiguredNodes;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that are told of a session's end by the background thread of a node see the application's own classes. */
class OwnClassesToldTest extends ConfiguredNodes {
    @Test
    void nodeThatNeverSawTheSession_showsListenersValuesOfTheApplicationsOwnClasses(@TempDir Path folder)
            throws IOException {
        CompiledApplication.compile(folder, "Note.java", """
                package com.example;

                public class Note implements java.io.Serializable, java.util.function.Supplier<String> {
                    private static final long serialVersionUID = 1L;
                    private final String text = "remember";
                    @Override public String get() { return text; }
                }
                """);
        use(Cluster.start());
        cluster.a().close(); // another application: it has not those classes
        cluster.b().close();
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Cluster own = Cluster.start(node -> {
            TomcatApplication application = TomcatNode.of(node).deploy("/notes", folder);
            application.set("redisUri", TestRedis.shared().uri());
            application.set("namespace", cluster.namespace());
            application.set("reaperIntervalSeconds", "1");
            application.on("/note", (request, response) -> request.getSession().setAttribute("note", newNote()));
            ClassLoader[] loader = new ClassLoader[1];
            application.context().addLifecycleListener(event -> {
                if (application.context().getLoader() != null) {
                    loader[0] = application.context().getLoader().getClassLoader();
                }
            });
            application.listen(new HttpSessionListener() {
                @Override
                public void sessionDestroyed(HttpSessionEvent event) {
                    Object note = event.getSession().getAttribute("note");
                    boolean bound = Thread.currentThread().getContextClassLoader() == loader[0];
                    boolean ours = note != null && note.getClass().getClassLoader() == loader[0];
                    heard.add(((Supplier<?>) note).get() + " " + bound + " " + ours);
                }
            });
        })) {
            Client noted = Client.of("/notes");
            noted.get(own.a(), "/note");
            String id = noted.requireSessionId();
            own.a().close();
            records.letExpire(id);
            records.makeDue(id);

            await().until(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("remember true true");
        }
    }

    private static Object newNote() {
        try {
            return Thread.currentThread()
                    .getContextClassLoader()
                    .loadClass("com.example.Note")
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
