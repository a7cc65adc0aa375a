package io.holdfast.redis;

import io.holdfast.config.HoldfastSettings;
import io.holdfast.session.CommitContentionException;
import io.holdfast.session.StoreException;
import io.holdfast.session.StoreUnavailableException;
import io.holdfast.session.UnsupportedRecordException;
import org.jspecify.annotations.Nullable;

/** Words the store's failures: which Redis, what happened, the numbers, what to do. */
final class Wording {
    private final String address;
    private final long commandTimeoutMillis;

    Wording(HoldfastSettings settings) {
        address = settings.redisUri().toString();
        commandTimeoutMillis = settings.commandTimeout().toMillis();
    }

    StoreUnavailableException unreachable(Throwable cause) {
        return new StoreUnavailableException(
                "Redis at " + address + " cannot be reached: " + reason(cause)
                        + ". Check that it runs, and address, user and password in redisUri.",
                cause);
    }

    StoreUnavailableException unreachableLately(Throwable cause) {
        return StoreUnavailableException.repeated("Redis at " + address + " could not be reached a moment ago ("
                + reason(cause) + "); it was not tried again for this request.");
    }

    StoreUnavailableException noAnswer(Throwable cause) {
        return new StoreUnavailableException(
                "Redis at " + address + " did not answer within " + commandTimeoutMillis
                        + " ms (commandTimeoutMillis). Look at the load of Redis (SLOWLOG, CPU, swap) "
                        + "and at the network.",
                cause);
    }

    StoreUnavailableException connectionLost(Throwable cause) {
        return new StoreUnavailableException(
                "The connection to Redis at " + address + " was lost twice in a row (" + reason(cause)
                        + "). Look into Redis's log for why it closes connections.",
                cause);
    }

    /** For a transaction that failed on this node, through no fault of Redis. */
    StoreException broken(String record, boolean mayBeDone, Throwable cause) {
        return new StoreException(
                "The transaction on session " + record + " failed on this node: " + cause + ". "
                        + (mayBeDone
                                ? "It took effect as a whole or not at all; which of the two is not known. "
                                : "Nothing was written. ")
                        + "If the heap was full, find out what fills it, or raise -Xmx.",
                cause);
    }

    /** For a transaction that failed before its EXEC was sent. */
    StoreUnavailableException notWritten(String record, Throwable cause) {
        return new StoreUnavailableException(
                "Nothing was written to session " + record + ". " + cause.getMessage(), cause);
    }

    /** For a transaction whose connection was lost behind its EXEC and that could not look at the record again. */
    StoreUnavailableException outcomeUnknown(String record, Throwable cause) {
        return new StoreUnavailableException(
                "Redis at " + address + " did not answer the transaction on session " + record + " (" + reason(cause)
                        + "), and the record could not be looked at again in time. It took effect as a whole or not at all; "
                        + "which of the two is not known.",
                cause);
    }

    /** For a transaction whose connection was lost behind its EXEC, and with which it shall end. */
    StoreUnavailableException notAnswered(String record, Throwable cause) {
        return new StoreUnavailableException(
                "Redis at " + address + " did not answer the transaction on session " + record + " (" + reason(cause)
                        + "). It took effect as a whole or not at all; which of the two is not known.",
                cause);
    }

    StoreException refused(String record, RedisCall call) {
        RedisError error = call.error();
        return refused(record, call.verb(), error);
    }

    StoreException refused(String record, RedisVerb verb, @Nullable RedisError error) {
        String answer = error == null ? "no error" : error.message();
        String refusal = "Redis at " + address + " refused " + verb.name() + " for session " + record + ": " + answer;
        if (error != null && error.isUnknownScript()) {
            return new UnknownScriptException(refusal);
        }
        return new RefusedException(
                error != null && error.isMemoryFull()
                        ? "The memory of Redis is full. " + refusal
                                + " Raise maxmemory, or remove what else is in this "
                                + "Redis. Since sessions need maxmemory-policy noeviction, it makes no room by itself."
                        : refusal
                                + ". If it names permissions, the user needs the commands that the README names; if it "
                                + "names replication or the disk, look at the server's role and its log.");
    }

    CommitContentionException overtaken(String record, int attempts) {
        return new CommitContentionException(
                "All " + attempts + " attempts (commitAttempts) to commit session " + record
                        + " were overtaken by other nodes. Nothing was written. Find out what writes to this one session so often, "
                        + "or raise commitAttempts.");
    }

    StoreException interrupted(String record, boolean mayBeDone) {
        return new StoreException("Interrupted while waiting for Redis at " + address + ", session " + record + ". "
                + (mayBeDone ? "Whether it did what was asked is not known." : "Nothing was written."));
    }

    /** For a transaction whose EXEC was sent when the store was closed. */
    StoreException closedMeanwhile(String record) {
        return new StoreException("The session store on Redis at " + address
                + " was closed before the transaction on session " + record
                + " was answered: the application has stopped. It took effect as a whole or not at all; which of the two is"
                + " not known.");
    }

    StoreException closed() {
        return new StoreException(
                "The session store on Redis at " + address + " is closed: the application has stopped or is stopping.");
    }

    /** The failure of a lane, told by the thread that waits for it, so that the stack trace shows whose request failed. */
    static RuntimeException forCaller(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof StoreUnavailableException unavailable && unavailable.isRepeated()) {
            return unavailable;
        }
        if (failure instanceof StoreUnavailableException) {
            return new StoreUnavailableException(message, failure);
        }
        if (failure instanceof CommitContentionException) {
            return withCause(new CommitContentionException(message), failure);
        }
        if (failure instanceof UnsupportedRecordException) {
            return withCause(new UnsupportedRecordException(message), failure);
        }
        if (failure instanceof StoreException) {
            return new StoreException(message, failure);
        }
        return new StoreException("A bug in Holdfast: " + failure, failure);
    }

    private static RuntimeException withCause(RuntimeException exception, Throwable cause) {
        exception.initCause(cause);
        return exception;
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }
}
