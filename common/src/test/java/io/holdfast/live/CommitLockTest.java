package io.holdfast.live;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.session.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Commits of one session on one node wait for each other, but not for ever. */
class CommitLockTest {
    private final List<StoreUnavailableException> told = new CopyOnWriteArrayList<>();
    private final CommitLock lock = new CommitLock("0123456789abcdef", Duration.ofMillis(50), failure -> {
        told.add(failure);
        return failure;
    });

    @Test
    void wait_endsAfterFourCommandTimeouts_andSaysWhatItWaitedFor() throws Exception {
        lock.acquire();

        Throwable failure = inAnotherThread(() -> lock.acquire());

        assertThat(failure)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("0123456789abcdef")
                .hasMessageContaining("200 ms");
        assertThat(told).containsExactly((StoreUnavailableException) failure);
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
        assertThat(told).isEmpty();
    }

    private static Throwable inAnotherThread(Runnable work) throws Exception {
        return CompletableFuture.supplyAsync(() -> catchThrowable(work::run), task -> new Thread(task, "other").start())
                .get(10, SECONDS);
    }
}
