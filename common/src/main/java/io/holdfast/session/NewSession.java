package io.holdfast.session;

import java.util.Map;

/**
 * The first commit of a session, which creates its record.
 *
 * @param record name of the record, unused so far
 * @param createdMillis when the session was created, in milliseconds since the epoch
 * @param maxInactiveSeconds seconds without access after which the session ends; zero or less: never
 * @param secretHash hash of the secret of the session's id
 * @param attributes the application's attributes by name
 * @param containerState the container's own state by name
 * @param writer for whom this commit is made
 */
public record NewSession(
        String record,
        long createdMillis,
        int maxInactiveSeconds,
        SecretHash secretHash,
        Map<String, EncodedValue> attributes,
        Map<String, EncodedValue> containerState,
        Writer writer) {
    public NewSession {
        attributes = Map.copyOf(attributes);
        containerState = Map.copyOf(containerState);
    }

    /** One that is made for nobody in particular. */
    public NewSession(
            String record,
            long createdMillis,
            int maxInactiveSeconds,
            SecretHash secretHash,
            Map<String, EncodedValue> attributes,
            Map<String, EncodedValue> containerState) {
        this(record, createdMillis, maxInactiveSeconds, secretHash, attributes, containerState, Writer.UNKNOWN);
    }
}
