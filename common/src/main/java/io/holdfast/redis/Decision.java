package io.holdfast.redis;

import java.util.List;

/** What a transaction does after a look at its watched record. */
sealed interface Decision<R> {
    /** Ends with this result and writes nothing. */
    record Answer<R>(R result) implements Decision<R> {}

    /** Reads more of the record, still watched, and decides again. */
    record LookCloser<R>(List<RedisCall> calls) implements Decision<R> {}

    /**
     * Executes commands as one transaction; ends with this result if nobody wrote to the record since the first look.
     *
     * @param after commands that follow the transaction in the same flush, whether or not it takes effect; their answers do
     *     not matter
     */
    record Write<R>(List<RedisCall> calls, R result, List<RedisCall> after) implements Decision<R> {
        Write(List<RedisCall> calls, R result) {
            this(calls, result, List.of());
        }
    }
}
