package io.holdfast.redis;

import java.time.Duration;
import java.util.List;

/** What a transaction does after a look at its watched record. */
sealed interface Decision<R> {
    /** Ends with this result and writes nothing. */
    record Answer<R>(R result) implements Decision<R> {}

    /** Looks again after this pause, in which it watches nothing. */
    record Later<R>(Duration pause) implements Decision<R> {}

    /**
     * Reads more of the record, still watched, and decides again.
     *
     * @param overtaken whether the record has changed since an earlier look
     */
    record LookCloser<R>(List<RedisCall> calls, boolean overtaken) implements Decision<R> {}

    /** Executes commands as one transaction; ends with this result if nobody wrote to what is watched since before the first look. */
    record Write<R>(List<RedisCall> calls, R result) implements Decision<R> {}
}
