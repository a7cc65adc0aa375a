package io.holdfast.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.LocalRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Tomcat that starts before its Redis does. */
class RedisAwayTest {
    private static final String SESSION = "/examples/servlets/servlet/SessionExample";

    private final Browser browser = new Browser();

    @Test
    void redisAway_requestsWithASessionFail_untilItComes() {
        try (LocalRedis redis = LocalRedis.start()) {
            redis.stop();
            TomcatInstall install = TomcatInstall.of(TomcatLine.TOMCAT_10_1, "redis away")
                    .withOnly("examples")
                    .withHoldfast("redisUri=\"" + redis.uri() + "\"");
            try (ServerProcess node = ServerProcess.launch(install).awaitStarted()) {
                assertThat(browser.get(node, "/examples/").status()).isEqualTo(200);
                assertThat(putColour(node)).isEqualTo(503);
                assertThat(putColour(node)).isEqualTo(503);
                assertThat(node.logs().complaints())
                        .singleElement()
                        .asString()
                        .contains("requests that need their session");

                redis.startAgain();
                await().atMost(Duration.ofSeconds(20)).until(() -> putColour(node) == 200);
                assertThat(browser.get(node, SESSION).text()).contains("colour = green");
            }
        }
    }

    private int putColour(ServerProcess node) {
        return browser.post(node, SESSION, Map.of("dataname", "colour", "datavalue", "green"))
                .status();
    }
}
