package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attributes that the application changes without telling the session, and attributes that it only reads. */
@Tag(EveryEnvironment.TAG)
class InPlaceChangesTest {
    private static final int MANY = 200;

    private final Cluster cluster = Cluster.start();
    private final Records records = Records.of(cluster);
    private final Client client = new Client();

    @AfterEach
    void stop() {
        records.close();
        cluster.close();
    }

    /** An attribute of an application's own. */
    static final class Basket implements Serializable {
        private static final long serialVersionUID = 1L;

        private final HashMap<String, Line> lines = new HashMap<>();

        void add(String item) {
            lines.computeIfAbsent(item, key -> new Line()).amount++;
        }

        int amount(String item) {
            Line line = lines.get(item);
            return line == null ? 0 : line.amount;
        }
    }

    /** A bean inside the bean. */
    static final class Line implements Serializable {
        private static final long serialVersionUID = 1L;

        private int amount;
    }

    /** Collections whose encoding depends on how they came to be. */
    @SuppressWarnings({"ImmutableEnumChecker", "JdkObsolete"}) // the lambdas hold no state; sessions do hold Hashtables
    enum Kind {
        HASH_MAP(() -> numbered().collect(Collectors.toMap(i -> "k" + i, i -> i, (a, b) -> a, HashMap::new))),
        CONCURRENT_HASH_MAP(
                () -> numbered().collect(Collectors.toMap(i -> "k" + i, i -> i, (a, b) -> a, ConcurrentHashMap::new))),
        HASHTABLE(() -> numbered().collect(Collectors.toMap(i -> "k" + i, i -> i, (a, b) -> a, Hashtable::new))),
        IMMUTABLE_MAP(() -> Map.copyOf(numbered().collect(Collectors.toMap(i -> "k" + i, i -> i)))),
        HASH_SET(() -> numbered().map(i -> "k" + i).collect(Collectors.toCollection(HashSet::new)));

        private final Supplier<Object> values;

        Kind(Supplier<Object> values) {
            this.values = values;
        }

        private static Stream<Integer> numbered() {
            return IntStream.range(0, MANY).boxed();
        }
    }

    @Test
    void mapChangedInPlace_isKept() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("prefs", new HashMap<>()))
                .on("/put", (request, response) -> {
                    @SuppressWarnings("unchecked")
                    Map<String, String> prefs =
                            (Map<String, String>) request.getSession().getAttribute("prefs");
                    prefs.put(request.getParameter("key"), request.getParameter("value"));
                });
        client.text(cluster.a(), "/create");
        client.text(cluster.b(), "/put?key=color&value=red");
        client.text(cluster.a(), "/put?key=size&value=xl");
        client.text(cluster.b(), "/put?key=color&value=blue");

        assertThat(client.text(cluster.a(), "/get?name=prefs")).contains("color=blue", "size=xl");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void beanInsideABeanChangedInPlace_isKept() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("basket", new Basket()))
                .on(
                        "/add",
                        (request, response) -> basket(request.getSession().getAttribute("basket"))
                                .add("bread"))
                .on(
                        "/amount",
                        (request, response) -> response.getWriter()
                                .print(basket(request.getSession().getAttribute("basket"))
                                        .amount("bread")));
        client.text(cluster.a(), "/create");
        client.text(cluster.a(), "/add");
        client.text(cluster.b(), "/add");
        client.text(cluster.a(), "/add");

        assertThat(client.text(cluster.b(), "/amount")).isEqualTo("3");
        assertThat(client.text(cluster.a(), "/amount")).isEqualTo("3");
    }

    @Test
    void listThatWasPutAndThenChangedInTheSameRequest_isStoredWithTheChange() {
        cluster.on("/create", (request, response) -> {
            List<String> list = new ArrayList<>();
            request.getSession().setAttribute("list", list);
            list.add("added after setAttribute");
        });
        client.text(cluster.a(), "/create");

        assertThat(client.text(cluster.b(), "/get?name=list")).isEqualTo("[added after setAttribute]");
    }

    @Test
    void listChangedAfterItWasRemoved_isNoChangeOfTheSession() {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("list", new ArrayList<>()))
                .on("/take-out", (request, response) -> {
                    Object list = request.getSession().getAttribute("list");
                    request.getSession().removeAttribute("list");
                    list(list).add("too late");
                });
        client.text(cluster.a(), "/create");
        client.text(cluster.b(), "/take-out");

        assertThat(client.text(cluster.a(), "/names")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readingNeverWrites(Kind kind) {
        cluster.on("/create", (request, response) -> request.getSession().setAttribute("many", kind.values.get()))
                .on(
                        "/read",
                        (request, response) -> response.getWriter()
                                .print(sizeOf(request.getSession().getAttribute("many"))));
        client.text(cluster.a(), "/create");
        long version = records.version(client.requireSessionId());
        long commits = cluster.commits();

        for (int i = 0; i < 3; i++) {
            assertThat(client.text(cluster.b(), "/read")).isEqualTo(String.valueOf(MANY));
            assertThat(client.text(cluster.a(), "/read")).isEqualTo(String.valueOf(MANY));
        }

        assertThat(records.version(client.requireSessionId())).isEqualTo(version);
        assertThat(cluster.commits()).isEqualTo(commits);
    }

    private static int sizeOf(Object attribute) {
        return attribute instanceof Map<?, ?> map ? map.size() : ((Collection<?>) attribute).size();
    }

    private static Basket basket(Object attribute) {
        return (Basket) attribute;
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(Object attribute) {
        return (List<String>) attribute;
    }
}
