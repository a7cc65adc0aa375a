package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRedisTest {
    @TempDir
    Path temporaryDirectory;

    private final LocalRedis redis = LocalRedis.start();

    @AfterEach
    void closeRedis() {
        redis.close();
    }

    @Test
    void start_answersAtItsUri() {
        assertThat(ping(redis.uri())).isEqualTo("PONG");
        assertThat(redis.uri()).isEqualTo("redis://127.0.0.1:" + redis.port());
    }

    @Test
    void start_persistsNothing() {
        try (RespConnection connection = RespConnection.open(redis.uri())) {
            assertThat(connection.send("CONFIG", "GET", "save").texts()).containsExactly("save", "");
            assertThat(connection.send("CONFIG", "GET", "appendonly").texts()).containsExactly("appendonly", "no");
        }
    }

    @Test
    void start_twice_runsTwoServers() {
        try (LocalRedis other = LocalRedis.start();
                RespConnection here = RespConnection.open(redis.uri());
                RespConnection there = RespConnection.open(other.uri())) {
            here.send("SET", "key", "here");
            assertThat(there.send("GET", "key").isNil()).isTrue();
        }
    }

    @Test
    void startOn_takenPort_failsWithTheServersOwnWords() {
        assertThatThrownBy(() -> LocalRedis.startOn(redis.port()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port " + redis.port())
                .hasMessageContaining("Failed listening on port");
        assertThat(ping(redis.uri())).isEqualTo("PONG");
    }

    @Test
    void stop_refusesConnections() {
        redis.stop();
        assertThatThrownBy(() -> ping(redis.uri()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(redis.uri());
    }

    @Test
    void startAgain_afterStop_isEmptyAtTheSameUri() {
        String uri = redis.uri();
        try (RespConnection connection = RespConnection.open(uri)) {
            connection.send("SET", "key", "value");
        }
        redis.stop();
        redis.startAgain();
        assertThat(redis.uri()).isEqualTo(uri);
        try (RespConnection connection = RespConnection.open(uri)) {
            assertThat(connection.send("GET", "key").isNil()).isTrue();
        }
    }

    @Test
    void close_twice_isHarmless() {
        redis.close();
        redis.close();
        assertThatThrownBy(() -> ping(redis.uri())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void jvmTerminated_endsTheServer() throws IOException {
        Process jvm = startJvmWithRedis();
        String uri = firstLine(jvm);
        jvm.destroy();
        awaitGone(uri);
    }

    @Test
    void jvmKilled_endsTheServer() throws IOException {
        Process jvm = startJvmWithRedis();
        String uri = firstLine(jvm);
        jvm.destroyForcibly();
        awaitGone(uri);
    }

    /** With a temporary directory of its own, which is removed here because a killed JVM cannot do it. */
    private Process startJvmWithRedis() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Djava.io.tmpdir=" + temporaryDirectory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsRedisAndWaits.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process jvm) throws IOException {
        String uri = new BufferedReader(new InputStreamReader(jvm.getInputStream(), UTF_8)).readLine();
        assertThat(ping(uri)).isEqualTo("PONG");
        return uri;
    }

    private static void awaitGone(String uri) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThatThrownBy(() -> ping(uri)).isInstanceOf(UncheckedIOException.class));
    }

    private static String ping(String uri) {
        try (RespConnection connection = RespConnection.open(uri)) {
            return connection.send("PING").text();
        }
    }
}
