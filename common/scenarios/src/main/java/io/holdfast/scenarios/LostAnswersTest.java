package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.FaultProxy;
import io.holdfast.localredis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of Redis that get lost or do not come. */
class LostAnswersTest {
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);

    private final FaultProxy proxy = FaultProxy.before(TestRedis.shared().uri());
    private final Cluster cluster = Cluster.startOn(proxy.uri());
    private final Client client = new Client();

    @AfterEach
    void stop() {
        cluster.close();
        proxy.close();
    }

    @Test
    void redisThatDoesNotAnswer_costsARequestAboutTheCommandTimeout() {
        try (Cluster impatient = Cluster.startOn(
                proxy.uri(), node -> node.set("commandTimeoutMillis", String.valueOf(SHORT_TIMEOUT.toMillis())))) {
            await().until(() ->
                    client.get(impatient.a(), "/set?name=user&value=ada").status() == 200);
            proxy.freeze();
            long begun = System.nanoTime();
            assertThat(client.get(impatient.a(), "/get?name=user").status()).isEqualTo(503);
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(client.text(impatient.a(), "/nothing")).isEqualTo("ok");
            proxy.thaw();

            assertThat(waited).isBetween(SHORT_TIMEOUT.minusMillis(50), SHORT_TIMEOUT.multipliedBy(4));
            await().untilAsserted(() -> assertThat(
                            client.get(impatient.a(), "/get?name=user").body())
                    .isEqualTo("ada"));
        }
    }

    @Test
    void connectionLostAfterExecWasSent_isWrittenOnce() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        try (Records records = Records.of(cluster)) {
            long version = records.version(client.requireSessionId());
            proxy.cutAfterSending("EXEC");

            client.text(cluster.a(), "/set?name=user&value=bob");

            assertThat(records.version(client.requireSessionId())).isEqualTo(version + 1);
        }
        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
        assertThat(cluster.conflicts()).isZero();
    }

    @Test
    void connectionLostBeforeExecWasSent_isWrittenOnceToo() {
        client.text(cluster.a(), "/set?name=user&value=ada");
        proxy.cutInsteadOfSending("EXEC");

        client.text(cluster.a(), "/set?name=user&value=bob");

        assertThat(client.text(cluster.b(), "/get?name=user")).isEqualTo("bob");
        assertThat(cluster.conflicts()).isZero();
    }
}
