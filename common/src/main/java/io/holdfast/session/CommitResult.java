package io.holdfast.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a commit can end. An unreachable store, and a commit that lost every one of its bounded attempts, are none of these
 * but a {@link StoreException}.
 */
public sealed interface CommitResult {
    /**
     * Every change of the delta is in the record.
     *
     * @param version version of the record that this commit made; {@code baseVersion + 1} when nobody else had written
     * @param commit id under which the record remembers this commit
     * @param before the commits that the record remembered when this one was made, newest first, as many as are known; empty: none any more
     * @param overwritten attributes of the delta that someone else had written since our baseline, and that this commit
     *     overwrote
     */
    record Committed(long version, CommitId commit, List<CommitId> before, List<Found> overwritten)
            implements CommitResult {
        public Committed {
            before = List.copyOf(before);
            overwritten = List.copyOf(overwritten);
        }

        /** Which they were. */
        public List<Conflict> conflicts() {
            return overwritten.stream().map(Found::conflict).toList();
        }
    }

    /**
     * Nothing was written: someone else had written attributes since our baseline, and at least one of them is undecided.
     *
     * @param version version of the record in which this was found
     * @param found all attributes of the delta that someone else had written
     */
    record Undecided(long version, List<Found> found) implements CommitResult {
        public Undecided {
            found = List.copyOf(found);
        }
    }

    /**
     * An attribute that someone else had written.
     *
     * @param conflict which
     * @param theirs what the record holds; null: they removed it
     * @param writer for whom they wrote it; {@link Writer#UNKNOWN} if the record does not tell
     */
    record Found(Conflict conflict, @Nullable StoredAttribute theirs, Writer writer) {}

    /** Nothing was written: the lease the delta needs is not, or no longer, its holder's. */
    record LeaseLost() implements CommitResult {}

    /** The session has ended or expired; nothing was written, and nothing may be. */
    record Gone() implements CommitResult {}
}
