package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.CommandCounts;
import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long attributes are small in Redis, and are tracked like all others; its commands are counted by a Redis nobody else uses. */
class CompressionTest extends ConfiguredNodes {
    private static final int LONG = 200_000;
    private static final String LINE = "an article of the catalogue, number ";
    private static final int LINES = LONG / LINE.length();

    private static LocalRedis redis;
    private static RespConnection observer;

    @TempDir
    private Path directory;

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

    @Test
    void longAttribute_takesMuchLessInRedis_andComesBackEqual() {
        start(Map.of());

        client.text(cluster.a(), "/fill");

        assertThat(storedLength()).isLessThan(LONG / 4);
        assertThat(client.text(cluster.b(), "/hash")).isEqualTo(expectedHash(LINES));
        assertThat(client.text(cluster.a(), "/hash")).isEqualTo(expectedHash(LINES));
    }

    @Test
    void changeInPlace_isWritten_andReadingWritesNothing() {
        start(Map.of());
        client.text(cluster.a(), "/fill");
        for (Node node : List.of(cluster.b(), cluster.a(), cluster.b())) {
            assertThat(writesOf(() -> client.text(node, "/hash"))).isZero();
        }

        assertThat(writesOf(() -> client.text(cluster.b(), "/change"))).isEqualTo(1);

        assertThat(storedLength()).isLessThan(LONG / 4);
        assertThat(client.text(cluster.a(), "/hash")).isEqualTo(expectedHash(LINES + 1));
        assertThat(writesOf(() -> client.text(cluster.a(), "/fill-again"))).isZero();
    }

    @Test
    void thresholdOfZero_switchesItOff_andTheOtherNodesReadIt() {
        start(Map.of("compressionThresholdBytes", "0"));
        client.text(cluster.a(), "/fill");

        assertThat(storedLength()).isGreaterThan(LONG);
        assertThat(client.text(cluster.b(), "/hash")).isEqualTo(expectedHash(LINES));
    }

    @Test
    void nodesWithDifferentThresholds_readEachOther_andReadingWritesNothing() {
        start(Map.of());
        try (Node plain = startAnother("0");
                Node eager = startAnother("10")) {
            List<Node> nodes = List.of(cluster.a(), plain, eager);
            for (Node writer : nodes) {
                client.text(writer, "/fill");
                int lines = LINES;
                for (Node reader : nodes) {
                    assertThat(writesOf(() -> client.text(reader, "/hash"))).isZero();
                    assertThat(client.text(reader, "/hash")).isEqualTo(expectedHash(lines));
                    client.text(reader, "/change");
                    lines++;
                }
            }
        }
    }

    @Test
    void shortAttribute_isStoredAsItIs() {
        start(Map.of());
        client.text(cluster.a(), "/set?name=list&value=short.");

        assertThat(records.field(client.requireSessionId(), "@list")).contains("short");
    }

    @Test
    void withEncryption_itIsCompressedFirst() {
        start(Map.of("encryptionKeys", new KeyFile(directory, KeyFile.OLD).setting()));
        client.text(cluster.a(), "/fill");

        assertThat(storedLength()).isLessThan(LONG / 4);
        assertThat(client.text(cluster.b(), "/hash")).isEqualTo(expectedHash(LINES));
        assertThat(writesOf(() -> client.text(cluster.b(), "/hash"))).isZero();
        assertThat(writesOf(() -> client.text(cluster.b(), "/change"))).isEqualTo(1);
        assertThat(client.text(cluster.a(), "/hash")).isEqualTo(expectedHash(LINES + 1));
    }

    private void start(Map<String, String> settings) {
        use(Cluster.startOn(redis.uri(), node -> {
            settings.forEach(node::set);
            node.on("/fill", (request, response) -> request.getSession().setAttribute("list", lines(LINES)))
                    .on(
                            "/fill-again",
                            (request, response) -> request.getSession().setAttribute("list", lines(LINES + 1)))
                    .on("/change", (request, response) -> {
                        List<String> list = list(request.getSession().getAttribute("list"));
                        list.add(line(list.size()));
                    })
                    .on("/hash", (request, response) -> {
                        List<String> list = list(request.getSession().getAttribute("list"));
                        response.getWriter().print(list.size() + " " + list.hashCode());
                    });
        }));
    }

    private Node startAnother(String threshold) {
        return cluster.startAnother(node -> node.set("compressionThresholdBytes", threshold));
    }

    private int storedLength() {
        return records.field(client.requireSessionId(), "@list").length();
    }

    /** How many commands changed a record meanwhile. */
    private static long writesOf(Runnable request) {
        CommandCounts before = CommandCounts.of(observer);
        request.run();
        return CommandCounts.of(observer).since(before).calls().getOrDefault("hset", 0L);
    }

    private static String expectedHash(int count) {
        return count + " " + lines(count).hashCode();
    }

    private static List<String> lines(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(CompressionTest::line).toList());
    }

    private static String line(int number) {
        return LINE + number;
    }

    @SuppressWarnings("unchecked") // set above
    private static List<String> list(Object attribute) {
        return (List<String>) attribute;
    }
}
