package io.holdfast.exclusive;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.localredis.TestRedis;
import io.holdfast.tracking.Use;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An application stops while an exclusive request loads its session. */
class TurnAtStopTest {
    @Test
    void requestThatLoadsItsSessionWhileTheApplicationStops_cannotCommitWithoutItsLease() {
        try (ExclusiveNode node =
                ExclusiveNode.start(TestRedis.shared().uri(), "test-" + UUID.randomUUID(), 60_000, 60_000)) {
            RequestTurns turns = new RequestTurns();
            Use use = new Use();
            turns.during(node.requests, "0123456789abcdef", () -> "/path", () -> {
                node.requests.close(); // the application stops, the lease is somebody else's from now on
                turns.guard(node.requests, "0123456789abcdef", use);
                return "";
            });

            assertThat(use.lease()).isNotNull();
        }
    }
}
