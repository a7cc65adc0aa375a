package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import io.holdfast.session.SessionIds;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a request costs, counted by a Redis that nobody else uses: its commands, and the flushes they came in. */
@Tag(EveryEnvironment.TAG)
class CommandCountsTest {
    private static LocalRedis redis;
    private static RespConnection observer;

    private Cluster cluster;
    private Node node;
    private final Client client = new Client();

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.start();
        observer = RespConnection.open(redis.uri());
    }

    @AfterAll
    static void stopRedis() {
        observer.close();
        redis.close();
    }

    /** Every lane and the connection for loads are open, and the node holds no copy, when a test begins. */
    @BeforeEach
    void start() {
        cluster = Cluster.startOn(
                redis.uri(), own -> own.set("reaperIntervalSeconds", "3600").set("expiryGraceSeconds", "7200"));
        node = cluster.b();
        for (int i = 0; i < 40; i++) {
            new Client().text(node, "/new");
        }
        new Client(SessionIds.create(bytes -> {}).value()).text(node, "/id");
        client.text(cluster.a(), "/set?name=user&value=ada");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void requestThatLeavesItsSessionAlone_costsNothing() {
        assertThat(costOf("/nothing")).isEqualTo(new Cost(Map.of(), 0));
        client.text(node, "/get?name=user");
        assertThat(costOf("/nothing")).isEqualTo(new Cost(Map.of(), 0));
    }

    @Test
    void pageThatIsNotFound_costsNothing() {
        assertThat(costOf("/no-such-page")).isEqualTo(new Cost(Map.of(), 0));
    }

    @Test
    void cookieOfAForeignShape_costsNothingThoughTheSessionIsAskedFor() {
        client.text(node, "/id");
        Cost cost = cost(() -> {
            assertThat(new Client("0123456789ABCDEF0123456789ABCDEF").text(node, "/id"))
                    .isEqualTo(Pages.NO_SESSION);
            assertThat(new Client("../../etc").text(node, "/id")).isEqualTo(Pages.NO_SESSION);
        });

        assertThat(cost).isEqualTo(new Cost(Map.of(), 0));
    }

    @Test
    void read_costsOneTrip_andReadingAgainInTheRequestCostsNothing() {
        cluster.on("/read", (request, response) -> {
            for (int i = 0; i < 5; i++) {
                request.getSession().getAttribute("user");
                request.isRequestedSessionIdValid();
            }
        });

        Cost load = new Cost(Map.of("hgetall", 1L, "pttl", 1L), 1);
        assertThat(costOf("/read")).isEqualTo(load);
        assertThat(costOf("/read")).as("with a local copy").isEqualTo(load);
    }

    @Test
    void unknownId_costsOneTripHoweverOftenItIsAskedFor() {
        cluster.on("/ask", (request, response) -> {
            for (int i = 0; i < 5; i++) {
                request.getSession(false);
                request.isRequestedSessionIdValid();
            }
        });
        String unknown = SessionIds.create(bytes -> {}).value();

        Cost cost = cost(() -> new Client(unknown).text(node, "/ask"));

        assertThat(cost).isEqualTo(new Cost(Map.of("hgetall", 1L, "pttl", 1L), 1));
    }

    @Test
    void writeOfOneAttribute_costsThreeTrips() {
        assertThat(costOf("/set?name=cart&value=bread")).isEqualTo(loadAndCommit());
    }

    @Test
    void writeOfFiveAttributes_costsThreeTripsToo() {
        cluster.on("/five", (request, response) -> {
            for (int i = 0; i < 5; i++) {
                request.getSession().setAttribute("name" + i, "value");
            }
        });

        assertThat(costOf("/five")).isEqualTo(loadAndCommit());
    }

    @Test
    void attributeSetToWhatItIs_costsTheLoadOnly() {
        client.text(node, "/get?name=user");

        assertThat(costOf("/set?name=user&value=ada")).isEqualTo(new Cost(Map.of("hgetall", 1L, "pttl", 1L), 1));
    }

    @Test
    void newSession_costsTwoTrips() {
        Cost cost = cost(() -> new Client().text(node, "/set?name=user&value=ada"));

        assertThat(cost.flushes()).isEqualTo(2);
        assertThat(cost.commands()).containsEntry("zadd", 1L).containsEntry("watch", 1L);
    }

    @Test
    void invalidation_costsThreeTrips_andOneTheClientDoesNotWaitFor() {
        long forgotten = CommandCounts.of(observer).calls("zrem");
        Cost cost = cost(() -> {
            client.text(node, "/invalidate");
            await().until(() -> CommandCounts.of(observer).calls("zrem") > forgotten);
        });

        assertThat(cost.flushes()).isEqualTo(4);
        assertThat(cost.commands())
                .containsEntry("rename", 1L)
                .containsEntry("zadd", 1L)
                .containsEntry("watch", 1L)
                .containsEntry("del", 1L);
    }

    @Test
    void exclusiveRequest_costsOneTripMore_andOneThatNobodyWaitsFor() {
        cluster.close();
        cluster = Cluster.startOn(redis.uri(), starting -> starting.set("exclusive", "session"));
        node = cluster.b();
        client.text(cluster.a(), "/set?name=user&value=ada");
        client.text(node, "/get?name=user");
        await("both to have given their turn back")
                .until(() -> observer.send("KEYS", "*:lock").texts().isEmpty());

        assertThat(costOf("/nothing")).isEqualTo(new Cost(Map.of(), 0));
        Cost cost = cost(() -> {
            CommandCounts before = CommandCounts.of(observer);
            client.text(node, "/get?name=user");
            await().until(() -> CommandCounts.of(observer).since(before).calls("eval") == 1);
        });
        assertThat(cost.commands()).containsEntry("set", 1L).containsEntry("hgetall", 1L);
        assertThat(cost.flushes()).isEqualTo(3);
    }

    @Test
    void overwritingAnAttribute_doesNotDecodeTheOldValue() {
        cluster.on("/overwrite", (request, response) -> request.getSession().setAttribute("counted", new Counted()));
        client.text(cluster.a(), "/overwrite");
        Counted.decoded.set(0);

        client.text(node, "/overwrite");
        client.text(cluster.a(), "/overwrite");

        assertThat(Counted.decoded).hasValue(0);
    }

    @Test
    void overwritingAnAttribute_decodesTheOldValueForAListenerThatMaySeeIt() {
        cluster.close();
        cluster = Cluster.startOn(redis.uri(), starting -> starting.listen(new AttributeListener()));
        cluster.on("/overwrite", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("counted", new Counted());
        });
        client.text(cluster.a(), "/overwrite");
        Counted.decoded.set(0);

        client.text(cluster.b(), "/overwrite");

        assertThat(Counted.decoded).hasValue(1);
    }

    /**
     * What happened in Redis.
     *
     * @param commands calls by command
     * @param flushes packets of commands that Redis read, each of which a node waited for
     */
    private record Cost(Map<String, Long> commands, long flushes) {}

    private static Cost loadAndCommit() {
        return new Cost(
                Map.of(
                        "hgetall", 1L, "pttl", 2L, "watch", 1L, "hmget", 1L, "multi", 1L, "hset", 1L, "pexpire", 1L,
                        "exec", 1L),
                3);
    }

    private Cost costOf(String page) {
        return cost(() -> client.get(node, page));
    }

    private static Cost cost(Runnable request) {
        CommandCounts before = CommandCounts.of(observer);
        request.run();
        CommandCounts difference = CommandCounts.of(observer).since(before);
        return new Cost(difference.calls(), difference.reads());
    }

    /** Listens, which is enough to make the old value wanted. */
    private static final class AttributeListener implements HttpSessionAttributeListener {}

    /** Counts how often it is read back. */
    static final class Counted implements Serializable {
        static final AtomicInteger decoded = new AtomicInteger();
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            decoded.incrementAndGet();
        }
    }
}
