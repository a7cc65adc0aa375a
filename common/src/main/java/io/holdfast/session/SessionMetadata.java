package io.holdfast.session;

import java.util.ArrayList;
import java.util.List;

/**
 * What a record says about the session itself.
 *
 * @param createdMillis when the session was created, in milliseconds since the epoch, by the clock of the creating node
 * @param createdBy the commit that created the record; tells a record from an earlier one of the same name
 * @param maxInactiveSeconds seconds without access after which the session ends; zero or less: never
 * @param secretHash hash of the secret of the one id that is valid now
 * @param recentCommits the latest commits, newest first, at most {@link #REMEMBERED_COMMITS}; never empty
 */
public record SessionMetadata(
        long createdMillis,
        CommitId createdBy,
        int maxInactiveSeconds,
        SecretHash secretHash,
        List<CommitId> recentCommits) {
    /** How many commits a record remembers: an unknown outcome stays resolvable while fewer others have committed since. */
    public static final int REMEMBERED_COMMITS = 8;

    public SessionMetadata {
        recentCommits = List.copyOf(recentCommits);
        if (recentCommits.isEmpty() || recentCommits.size() > REMEMBERED_COMMITS) {
            throw new IllegalArgumentException(
                    "a record remembers 1 to " + REMEMBERED_COMMITS + " commits, not " + recentCommits.size());
        }
    }

    /** The commit that wrote the record last. */
    public CommitId lastCommit() {
        return recentCommits.get(0);
    }

    /** This metadata as {@code commit} leaves it behind. */
    public SessionMetadata after(CommitId commit, MetadataChange change) {
        List<CommitId> commits = new ArrayList<>(REMEMBERED_COMMITS);
        commits.add(commit);
        recentCommits.stream().limit(REMEMBERED_COMMITS - 1L).forEach(commits::add);
        Integer newMaxInactive = change.maxInactiveSeconds();
        SecretHash newSecret = change.secretHash();
        return new SessionMetadata(
                createdMillis,
                createdBy,
                newMaxInactive == null ? maxInactiveSeconds : newMaxInactive,
                newSecret == null ? secretHash : newSecret,
                commits);
    }
}
