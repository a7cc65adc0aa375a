package io.holdfast.session;

import java.util.List;

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
     * @param conflicts attributes of the delta that someone else had written since our baseline, and that this commit
     *     overwrote
     */
    record Committed(long version, CommitId commit, List<Conflict> conflicts) implements CommitResult {
        public Committed {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** The session has ended or expired; nothing was written, and nothing may be. */
    record Gone() implements CommitResult {}
}
