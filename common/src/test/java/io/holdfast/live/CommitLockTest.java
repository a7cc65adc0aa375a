package io.holdfast.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.session.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Commits of one session on one node wait for each other, but not for ever. */
class CommitLockTest {
    private final CommitLock lock = new CommitLock("0123456789abcdef", Duration.ofMillis(50));

    @Test
    void wait_endsAfterFourCommandTimeouts_andSaysWhatItWaitedFor() throws Exception {
        lock.acquire();

        Throwable failure = inAnotherThread(() -> lock.acquire());

        assertThat(failure)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("0123456789abcdef")
                .hasMessageContaining("200 ms");
    }

    @Test
    void interruptedWait_staysInterrupted() throws Exception {
        lock.acquire();

        Throwable failure = inAnotherThread(() -> {
            Thread.currentThread().interrupt();
            try {
                lock.acquire();
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        });

        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
    }

    private static Throwable inAnotherThread(Runnable work) throws Exception {
        return CompletableFuture.supplyAsync(() -> catchThrowable(work::run), task -> new Thread(task, "other").start())
                .get(10, SECONDS);
    }
}
