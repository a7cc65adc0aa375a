package io.holdfast.localredis;

/** A {@code redis-server} did not start; the message ends with what it printed. */
final class RedisStartException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    RedisStartException(String message) {
        super(message);
    }

    /** Whether another process had the port, so that the next attempt on another port may succeed. */
    boolean portWasTaken() {
        return String.valueOf(getMessage()).contains("Failed listening on port");
    }
}
