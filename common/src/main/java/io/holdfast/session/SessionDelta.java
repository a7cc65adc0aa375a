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
 * @param isNoted whether the record notes which attributes this writes, so that nodes with a large copy fetch only those
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
        boolean isNoted) {
    public SessionDelta {
        attributes = Map.copyOf(attributes);
        undecided = Set.copyOf(undecided);
        containerState = Map.copyOf(containerState);
    }

    /** One that is not noted. */
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
                false);
    }

    /** One that leaves nothing undecided and is not noted, made for nobody in particular, who needs no lease. */
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
                isNoted);
    }

    /** This delta, but noted if that is so. */
    public SessionDelta noted(boolean noted) {
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
                noted);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return attributes.isEmpty() && containerState.isEmpty() && metadata.isEmpty();
    }
}
