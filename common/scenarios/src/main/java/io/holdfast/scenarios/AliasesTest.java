package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two attributes that share an object are two objects on another node; the log says so, once for each pair of names. */
class AliasesTest {
    private static final String SHARED = "share an object";

    private final Cluster cluster = Cluster.start();

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void objectThatAnotherAttributeHolds_isReportedOnceHoweverManySessionsDoIt() {
        try (CapturedLog log = CapturedLog.open()) {
            inNewSessions(5, session -> {
                Line line = new Line();
                session.setAttribute("cart", new ArrayList<>(List.of(new Line(), line)));
                session.setAttribute("current", line);
            });

            assertThat(log.warnings(SHARED))
                    .singleElement()
                    .asString()
                    .contains("\"cart\" and \"current\"", Line.class.getName(), "Keep the object in one of them");
        }
    }

    @Test
    void elementThatTwoAttributesHold_isReportedOnce_alsoIfTheyAreSetByDifferentRequests() {
        cluster.on(
                        "/first",
                        (request, response) ->
                                request.getSession().setAttribute("orders", new ArrayList<>(List.of(new Line()))))
                .on("/second", (request, response) -> {
                    HttpSession session = request.getSession();
                    Map<String, Object> byName = new HashMap<>();
                    byName.put("line", ((List<?>) session.getAttribute("orders")).get(0));
                    session.setAttribute("index", byName);
                });
        try (CapturedLog log = CapturedLog.open()) {
            for (int i = 0; i < 3; i++) {
                Client client = new Client();
                client.text(cluster.a(), "/first");
                client.text(cluster.a(), "/second");
                client.text(cluster.a(), "/second");
            }

            assertThat(log.warnings(SHARED))
                    .singleElement()
                    .asString()
                    .contains("\"index\" and \"orders\"", Line.class.getName());
        }
    }

    @Test
    void eachPairOfNamesIsReportedForItself() {
        try (CapturedLog log = CapturedLog.open()) {
            inNewSessions(2, session -> {
                Line line = new Line();
                session.setAttribute("one", line);
                session.setAttribute("other", line);
            });
            inNewSessions(2, session -> {
                Line line = new Line();
                session.setAttribute("one", line);
                session.setAttribute("third", new Line[] {line});
            });

            assertThat(log.warnings(SHARED)).hasSize(2);
            assertThat(log.warnings(SHARED, "\"one\" and \"other\"")).hasSize(1);
            assertThat(log.warnings(SHARED, "\"one\" and \"third\"")).hasSize(1);
        }
    }

    @Test
    void whatNeverChanges_mayBeShared() {
        Serializable[] constants = {
            "text",
            1_000_000,
            LocalDate.EPOCH,
            Kind.BREAD,
            new Address("street"),
            Long.class,
            List.of("a").toString()
        };
        try (CapturedLog log = CapturedLog.open()) {
            for (Serializable constant : constants) {
                inNewSessions(1, session -> {
                    session.setAttribute("root", constant);
                    session.setAttribute("list", new ArrayList<>(List.of(constant)));
                    session.setAttribute("map", new HashMap<>(Map.of("key", constant)));
                });
            }
            inNewSessions(1, session -> {
                List<String> unmodifiable = List.of("a", "b");
                session.setAttribute("root", unmodifiable);
                session.setAttribute("list", new ArrayList<>(List.of(unmodifiable)));
            });

            assertThat(log.warnings(SHARED)).isEmpty();
        }
    }

    @Test
    void whatCanChange_isReportedWhateverItIs() {
        try (CapturedLog log = CapturedLog.open()) {
            inNewSessions(1, session -> {
                BitSet bits = new BitSet();
                session.setAttribute("bits", bits);
                session.setAttribute("list", new ArrayList<>(List.of(bits)));
            });

            assertThat(log.warnings(SHARED, "java.util.BitSet")).hasSize(1);
        }
    }

    private void inNewSessions(int count, Consumer<HttpSession> work) {
        cluster.on("/work", (request, response) -> work.accept(request.getSession()));
        for (int i = 0; i < count; i++) {
            new Client().text(cluster.a(), "/work");
        }
    }

    private static final class Line implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused") // something to store
        private int count;
    }

    private enum Kind {
        BREAD
    }

    private record Address(String street) implements Serializable {}
}
