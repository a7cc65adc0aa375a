package io.holdfast.session;

/**
 * What this node already holds of a record when it loads it again.
 *
 * @param version version of the record in the local copy
 * @param lastCommit last commit in the local copy; with the version it tells whether the record is still the same, even
 *     after Redis lost acknowledged writes
 * @param payloadBytes size of the local copy; a large one is validated before it is fetched again
 */
public record KnownCopy(long version, CommitId lastCommit, long payloadBytes) {}
