package io.holdfast.localredis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TestRedisTest {

    @Test
    void shared_answersAndIsAlwaysTheSame() {
        TestRedis redis = TestRedis.shared();
        assertThat(TestRedis.shared()).isSameAs(redis);
        try (RespConnection connection = RespConnection.open(redis.uri())) {
            assertThat(connection.send("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void shared_isAnnouncedOnceAtMost() {
        PrintStream original = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try {
            TestRedis.shared();
            TestRedis.shared();
        } finally {
            System.setOut(original);
        }
        assertThat(printed.toString(UTF_8).lines().filter(line -> line.startsWith("[holdfast]")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void choose_configured_usesThatRedisAndSaysSo() {
        try (LocalRedis redis = LocalRedis.start()) {
            TestRedis chosen = TestRedis.choose(redis.uri());
            assertThat(chosen.uri()).isEqualTo(redis.uri());
            assertThat(chosen.toString())
                    .matches("Redis \\d+\\.\\d+\\.\\d+ at " + redis.uri() + " \\(named by HOLDFAST_TEST_REDIS\\)");
        }
    }

    @Test
    void choose_configuredWithPassword_logsInAndDoesNotShowIt() {
        try (LocalRedis redis = LocalRedis.start();
                RespConnection admin = RespConnection.open(redis.uri())) {
            admin.send("CONFIG", "SET", "requirepass", "secret");
            String uri = "redis://:secret@127.0.0.1:" + redis.port() + "/3";
            TestRedis chosen = TestRedis.choose(uri);
            assertThat(chosen.uri()).isEqualTo(uri);
            assertThat(chosen.toString()).doesNotContain("secret");
            assertThatThrownBy(() -> TestRedis.choose(redis.uri())).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    void choose_configuredButSilent_failsAndSaysWhatToDo() {
        String uri = "redis://127.0.0.1:" + FreePort.find();
        assertThatThrownBy(() -> TestRedis.choose(uri))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HOLDFAST_TEST_REDIS", uri, "start it or unset the variable");
    }

    @Test
    void choose_configuredWithAnotherScheme_fails() {
        assertThatThrownBy(() -> TestRedis.choose("rediss://127.0.0.1:6379"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("HOLDFAST_TEST_REDIS", "rediss");
    }
}
