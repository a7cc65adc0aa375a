package io.holdfast.session;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All changes of one commit; applied as a whole or not at all.
 *
 * @param record the record to change
 * @param createdBy the commit that created the record, as this node knows it; another value in Redis means that the
 *     session this node knew is gone
 * @param baseVersion version of the record this node last saw
 * @param attributes changes of the application's attributes by name
 * @param undecided names of attributes the caller decides on itself if someone else wrote them; the others are overwritten
 * @param containerState changes of the container's state by name; the last commit wins
 * @param metadata changes of the metadata
 * @param writer for whom this commit is made
 * @param lease the lease without which nothing may be written; null: it needs none
 * @param asksForTurn whether other nodes shall let it go first for a moment once it was answered
 *     {@link CommitResult.Undecided}
 * @param largeCopy what this node holds of the record if it is large: then the record notes which attributes this writes, so that nodes
 *     with a large copy fetch only those, and its metadata is not read if it is as in this copy; null: it is not large
 */
public record SessionDelta(
        String record,
        CommitId createdBy,
        long baseVersion,
        Map<String, Change> attributes,
        Set<String> undecided,
        Map<String, Change> containerState,
        MetadataChange metadata,
        Writer writer,
        @Nullable LeaseToken lease,
        boolean asksForTurn,
        @Nullable KnownCopy largeCopy) {
    public SessionDelta {
        attributes = Map.copyOf(attributes);
        undecided = Set.copyOf(undecided);
        containerState = Map.copyOf(containerState);
    }

    /** Of a record that is not large. */
    public SessionDelta(
            String record,
            CommitId createdBy,
            long baseVersion,
            Map<String, Change> attributes,
            Set<String> undecided,
            Map<String, Change> containerState,
            MetadataChange metadata,
            Writer writer,
            @Nullable LeaseToken lease,
            boolean asksForTurn) {
        this(
                record,
                createdBy,
                baseVersion,
                attributes,
                undecided,
                containerState,
                metadata,
                writer,
                lease,
                asksForTurn,
                null);
    }

    /** One that leaves nothing undecided, of a record that is not large, made for nobody in particular, who needs no lease. */
    public SessionDelta(
            String record,
            CommitId createdBy,
            long baseVersion,
            Map<String, Change> attributes,
            Map<String, Change> containerState,
            MetadataChange metadata) {
        this(
                record,
                createdBy,
                baseVersion,
                attributes,
                Set.of(),
                containerState,
                metadata,
                Writer.UNKNOWN,
                null,
                false);
    }

    /** This delta with these changes of the container's state in place of its own. */
    public SessionDelta withContainerState(Map<String, Change> changes) {
        return new SessionDelta(
                record,
                createdBy,
                baseVersion,
                attributes,
                undecided,
                changes,
                metadata,
                writer,
                lease,
                asksForTurn,
                largeCopy);
    }

    /** This delta, of a record that is large. */
    public SessionDelta withLargeCopy(KnownCopy copy) {
        return new SessionDelta(
                record,
                createdBy,
                baseVersion,
                attributes,
                undecided,
                containerState,
                metadata,
                writer,
                lease,
                asksForTurn,
                copy);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return attributes.isEmpty() && containerState.isEmpty() && metadata.isEmpty();
    }
}
