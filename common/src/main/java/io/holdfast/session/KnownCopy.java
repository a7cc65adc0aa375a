package io.holdfast.session;

import java.util.List;

/**
 * What this node already holds of a record when it loads it again.
 *
 * @param version version of the record in the local copy, which is complete
 * @param metadata of the record in that version. With the commits that it remembers, the version tells whether a record is, or once was, as
 *     the copy is, even after Redis lost acknowledged writes
 * @param ahead commits behind that version, of which the copy holds a part; a record that does not remember them may have lost them
 * @param payloadBytes size of the local copy; of a large one only what is newer is fetched
 */
public record KnownCopy(long version, SessionMetadata metadata, List<CommitId> ahead, long payloadBytes) {
    public KnownCopy {
        ahead = List.copyOf(ahead);
    }

    /** A copy that holds nothing of what came behind its version. */
    public KnownCopy(long version, SessionMetadata metadata, long payloadBytes) {
        this(version, metadata, List.of(), payloadBytes);
    }

    /** Whether it holds nothing of what came behind its version. Then a record with this version and these commits is as the copy is. */
    public boolean isWhole() {
        return ahead.isEmpty();
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
        return this.metadata.remembers(remembered.subList((int) later, remembered.size()));
    }
}
