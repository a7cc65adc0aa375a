package io.holdfast.tomcat.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.localredis.LocalRedis;
import io.holdfast.localredis.RespConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An application whose start fails when its sessions are ready already. */
class LateStartFailureTest {
    @Test
    void startThatFailsLate_leavesNoConnection() {
        AtomicBoolean wasConnected = new AtomicBoolean();
        try (LocalRedis redis = LocalRedis.start();
                RespConnection admin = RespConnection.open(redis.uri());
                TomcatNode node = TomcatNode.start(own -> {
                    own.manager().setRedisUri(redis.uri());
                    own.context().addContainerListener(event -> {
                        if (event.getType().equals("addSecurityRole")) { // the last thing the manager does at start
                            wasConnected.set(isConnected(admin));
                            throw new IllegalStateException("a listener that fails the start");
                        }
                    });
                })) {
            assertThat(node.context().getState().isAvailable()).isFalse();
            assertThat(wasConnected).isTrue();
            await().until(() -> !isConnected(admin));
        }
    }

    private static boolean isConnected(RespConnection admin) {
        return admin.send("CLIENT", "LIST").text().contains("name=holdfast");
    }
}
