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
 * @param recentWriters for whom the latest of them were made, newest first, at most {@link #REMEMBERED_WRITERS}
 */
public record SessionMetadata(
        long createdMillis,
        CommitId createdBy,
        int maxInactiveSeconds,
        SecretHash secretHash,
        List<CommitId> recentCommits,
        List<Writer> recentWriters) {
    /** How many commits a record remembers: an unknown outcome stays resolvable while fewer others have committed since. */
    public static final int REMEMBERED_COMMITS = 8;

    /** Of so many commits a record remembers for whom they were made. */
    public static final int REMEMBERED_WRITERS = 3;

    public SessionMetadata {
        recentCommits = List.copyOf(recentCommits);
        recentWriters = List.copyOf(latest(recentWriters, REMEMBERED_WRITERS));
        if (recentCommits.isEmpty() || recentCommits.size() > REMEMBERED_COMMITS) {
            throw new IllegalArgumentException(
                    "a record remembers 1 to " + REMEMBERED_COMMITS + " commits, not " + recentCommits.size());
        }
    }

    /** The commit that wrote the record last. */
    public CommitId lastCommit() {
        return recentCommits.get(0);
    }

    /** Whether these are the latest commits, newest first, as far as both go back. */
    public boolean remembers(List<CommitId> latest) {
        int common = Math.min(latest.size(), recentCommits.size());
        return latest.subList(0, common).equals(recentCommits.subList(0, common));
    }

    /**
     * For whom the commit was made that was {@code later} commits before the last.
     *
     * @return {@link Writer#UNKNOWN} when that is too long ago
     */
    public Writer writer(long later) {
        return later >= 0 && later < recentWriters.size() ? recentWriters.get((int) later) : Writer.UNKNOWN;
    }

    /** This metadata as {@code commit} leaves it behind. */
    public SessionMetadata after(CommitId commit, Writer writer, MetadataChange change) {
        List<CommitId> commits = new ArrayList<>(REMEMBERED_COMMITS);
        commits.add(commit);
        commits.addAll(latest(recentCommits, REMEMBERED_COMMITS - 1));
        List<Writer> writers = new ArrayList<>(REMEMBERED_WRITERS);
        writers.add(writer);
        writers.addAll(latest(recentWriters, REMEMBERED_WRITERS - 1));
        Integer newMaxInactive = change.maxInactiveSeconds();
        SecretHash newSecret = change.secretHash();
        return new SessionMetadata(
                createdMillis,
                createdBy,
                newMaxInactive == null ? maxInactiveSeconds : newMaxInactive,
                newSecret == null ? secretHash : newSecret,
                commits,
                writers);
    }

    private static <T> List<T> latest(List<T> newestFirst, int most) {
        return newestFirst.subList(0, Math.min(most, newestFirst.size()));
    }
}
