package io.holdfast.expiry;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HousekeepingTest {
    private final Housekeeping housekeeping = new Housekeeping();
    private final CountDownLatch repeated = new CountDownLatch(3);

    @AfterEach
    void close() {
        housekeeping.close();
    }

    /** As where the heap is full for a while. */
    @Test
    void workThatFails_isRepeated() throws InterruptedException {
        housekeeping.workRepeatedly(this::fail, Duration.ofMillis(1));

        assertThat(repeated.await(10, SECONDS)).isTrue();
    }

    @Test
    void renewalThatFails_isRepeated() throws InterruptedException {
        housekeeping.renewRepeatedly(this::fail, Duration.ofMillis(1));

        assertThat(repeated.await(10, SECONDS)).isTrue();
    }

    private void fail() {
        repeated.countDown();
        throw new OutOfMemoryError("forced");
    }
}
