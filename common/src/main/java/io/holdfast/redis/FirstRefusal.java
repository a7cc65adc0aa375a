package io.holdfast.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Warns once that Redis refuses something that nobody waits for. An outage is no refusal: it is told by {@link StoreHealth}, and
 * does not use the warning up.
 */
final class FirstRefusal {
    private final System.Logger log;
    private final String message;
    private final AtomicBoolean told = new AtomicBoolean();

    /** {@code message} comes before what Redis has answered. */
    FirstRefusal(System.Logger log, String message) {
        this.log = log;
        this.message = message;
    }

    /** Warns if {@code failure}, or a cause of it, is a refusal, and none was told. */
    void hear(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean refused = cause instanceof RefusedException || cause instanceof RedisCommandExecutionException;
            if (refused && told.compareAndSet(false, true)) {
                log.log(System.Logger.Level.WARNING, message + " Told once. " + cause.getMessage());
            }
        }
    }
}
