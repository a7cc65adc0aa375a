package io.holdfast.exclusive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.exclusive.WaitingLines.Line;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class WaitingLinesTest {
    private static final String RECORD = "0123456789abcdef";

    private final WaitingLines lines = new WaitingLines();

    @RepeatedTest(20)
    void whoComesWhenTheHeadLeaves_doesNotOvertakeWhoWaits() throws Exception {
        Line head = Objects.requireNonNull(lines.join(RECORD, 0));
        CompletableFuture<Line> waiter = CompletableFuture.supplyAsync(this::joinPatiently);
        await().pollInterval(Duration.ofMillis(1)).until(() -> lines.waiting(RECORD) == 1);

        lines.leave(head);
        Line overtaking = lines.join(RECORD, 0);

        assertThat(overtaking).isNull();
        lines.leave(waiter.get(10, SECONDS));
        assertThat(lines.size()).isZero();
    }

    @Test
    void lineThatWasClosed_letsEverybodyThrough() throws Exception {
        Line head = Objects.requireNonNull(lines.join(RECORD, 0));
        CompletableFuture<Line> waiter = CompletableFuture.supplyAsync(this::joinPatiently);
        await().pollInterval(Duration.ofMillis(1)).until(() -> lines.waiting(RECORD) == 1);

        lines.close();

        lines.leave(waiter.get(10, SECONDS));
        lines.leave(Objects.requireNonNull(lines.join(RECORD, 0)));
        lines.leave(head);
        assertThat(lines.size()).isZero();
    }

    private Line joinPatiently() {
        try {
            return Objects.requireNonNull(lines.join(RECORD, SECONDS.toNanos(10)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
