package io.holdfast.session;

import java.util.Map;

/**
 * A record as one load saw it, all at one moment.
 *
 * @param version number of commits the record has seen
 * @param metadata what the record says about the session
 * @param attributes the application's attributes by name
 * @param containerState the container's own state (principal, saved FORM request) by name; invisible to the application
 * @param idleMillis how long ago the session was last accessed, on any node, as far as the throttle of touches can tell;
 *     at least 0
 */
public record SessionSnapshot(
        long version,
        SessionMetadata metadata,
        Map<String, StoredAttribute> attributes,
        Map<String, StoredAttribute> containerState,
        long idleMillis) {
    public SessionSnapshot {
        attributes = Map.copyOf(attributes);
        containerState = Map.copyOf(containerState);
    }

    /** Length of all attributes as they are stored, in bytes. */
    public long payloadBytes() {
        return attributes.values().stream()
                .mapToLong(attribute -> attribute.value().size())
                .sum();
    }
}
