package io.holdfast.session;

import java.util.List;

/**
 * What this node already holds of a record when it loads it again.
 *
 * @param version version of the record in the local copy, which is complete
 * @param recentCommits the latest commits in the local copy, newest first, as the record remembered them then. With the version
 *     they tell whether the record is, or once was, as the copy is, even after Redis lost acknowledged writes
 * @param ahead commits behind that version, of which the copy holds a part; a record that does not remember them may have lost them
 * @param payloadBytes size of the local copy; a large one is validated before it is fetched again
 */
public record KnownCopy(long version, List<CommitId> recentCommits, List<CommitId> ahead, long payloadBytes) {
    public KnownCopy {
        recentCommits = List.copyOf(recentCommits);
        ahead = List.copyOf(ahead);
        if (recentCommits.isEmpty()) {
            throw new IllegalArgumentException("a record remembers at least one commit");
        }
    }

    /** A copy that holds nothing of what came behind its version. */
    public KnownCopy(long version, List<CommitId> recentCommits, long payloadBytes) {
        this(version, recentCommits, List.of(), payloadBytes);
    }

    /** Whether a record with this version and these commits is as the copy is. */
    public boolean isCurrent(long version, SessionMetadata metadata) {
        return version == this.version && isStateOf(version, metadata);
    }

    /**
     * Whether a record with this version and these commits is as the copy is, or was so before its latest commits. False also if so many
     * have come since that nobody can tell.
     */
    public boolean isStateOf(long version, SessionMetadata metadata) {
        List<CommitId> remembered = metadata.recentCommits();
        long later = version - this.version;
        if (later < 0
                || later >= remembered.size()
                || !remembered.subList(0, (int) later).containsAll(ahead)) {
            return false;
        }
        List<CommitId> then = remembered.subList((int) later, remembered.size());
        int common = Math.min(then.size(), recentCommits.size());
        return then.subList(0, common).equals(recentCommits.subList(0, common));
    }
}
