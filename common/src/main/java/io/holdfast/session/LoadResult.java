package io.holdfast.session;

/**
 * How a load can end. An unreachable store is none of these but a {@link StoreException}, so that nobody can read it as
 * "no such session".
 */
public sealed interface LoadResult {
    /** The record as it is now. */
    record Found(SessionSnapshot snapshot) implements LoadResult {}

    /**
     * The caller's copy is the record as it is now.
     *
     * @param idleMillis how long ago the session was last accessed, on any node; at least 0
     */
    record Current(long idleMillis) implements LoadResult {}

    /**
     * The caller's copy is an earlier state of the record; only what is newer was fetched.
     *
     * @param update what is
     */
    record Newer(SessionUpdate update) implements LoadResult {}

    /** The session has ended, and waits for a node that tells the listeners. */
    record Ended() implements LoadResult {}

    /** There is no such record. */
    record Absent() implements LoadResult {}
}
