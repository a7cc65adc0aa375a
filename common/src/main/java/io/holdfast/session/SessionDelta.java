package io.holdfast.session;

import java.util.Map;

/**
 * All changes of one commit; applied as a whole or not at all.
 *
 * @param record the record to change
 * @param createdBy the commit that created the record, as this node knows it; another value in Redis means that the
 *     session this node knew is gone
 * @param baseVersion version of the record this node last saw
 * @param attributes changes of the application's attributes by name
 * @param containerState changes of the container's state by name; the last commit wins
 * @param metadata changes of the metadata
 */
public record SessionDelta(
        String record,
        CommitId createdBy,
        long baseVersion,
        Map<String, Change> attributes,
        Map<String, Change> containerState,
        MetadataChange metadata) {
    public SessionDelta {
        attributes = Map.copyOf(attributes);
        containerState = Map.copyOf(containerState);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return attributes.isEmpty() && containerState.isEmpty() && metadata.isEmpty();
    }
}
