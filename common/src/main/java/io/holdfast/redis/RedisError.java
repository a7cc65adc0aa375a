package io.holdfast.redis;

/**
 * An error as Redis answered it.
 *
 * @param message Redis's words, which begin with the kind of error in capitals
 */
record RedisError(String message) {
    /** Whether Redis dropped a whole transaction, cleanly, because it refused one of its commands. */
    boolean isAbort() {
        return message.startsWith("EXECABORT");
    }

    /** Whether Redis does not know the script that was named. */
    boolean isUnknownScript() {
        return message.startsWith("NOSCRIPT");
    }

    /** Whether Redis has no memory left for what it was asked. Up to Redis 6, a script's error has that of its command in it. */
    boolean isMemoryFull() {
        return message.startsWith("OOM ") || message.contains("-OOM ");
    }
}
