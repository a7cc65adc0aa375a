package io.holdfast.session;

import static java.util.Objects.requireNonNull;

/**
 * A session id taken apart: which record it names and the secret that proves the holder may use it.
 *
 * <p>The record part is no secret; logs, errors and Redis keys show it. The secret part is shown nowhere, not even by
 * {@link #toString()}.
 *
 * @param record 16 lower-case hexadecimal digits; the name of the record in Redis for the whole life of the session
 * @param secret 32 lower-case hexadecimal digits; replaced when the id changes
 */
public record SessionId(String record, String secret) {
    public SessionId {
        requireNonNull(record, "record");
        requireNonNull(secret, "secret");
    }

    /** The id as the client holds it, without a route. */
    public String value() {
        return record + secret;
    }

    @Override
    public String toString() {
        return record + "…";
    }
}
