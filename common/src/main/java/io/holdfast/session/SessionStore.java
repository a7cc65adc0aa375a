package io.holdfast.session;

/**
 * Where records live. All operations are safe for use by many threads, block no longer than the command time-out allows
 * and throw {@link StoreException} when the outcome is not one of the listed ones.
 */
public interface SessionStore extends AutoCloseable {
    /**
     * Reads a record that this node holds no copy of. One round trip.
     *
     * @return never {@link LoadResult.Current} or {@link LoadResult.Newer}
     */
    LoadResult load(String record);

    /**
     * Reads a record that this node holds a copy of. One round trip. If the copy is large, only what was written since is fetched; if the
     * record does not tell what that is, everything, with a second one. One more when the store has to be told how to look for that.
     */
    LoadResult load(String record, KnownCopy known);

    /**
     * Creates the record of a new session, only if there is none of that name. Atomic. After a lost connection the record
     * tells whether it was created.
     */
    CreateResult create(NewSession session);

    /**
     * Applies a delta to an existing record. Atomic: all of it or nothing. Overtaken by another commit, it starts over with
     * a jittered pause, at most the configured number of times. An attribute that someone else wrote since the delta's
     * baseline is overwritten and reported as a conflict, unless the delta leaves it undecided: then nothing is written, and
     * the caller decides with what was found. If the delta needs a lease that is lost, nothing is written. Never creates a record. A lost connection leads to a second look at the record,
     * never to a second application.
     */
    CommitResult commit(SessionDelta delta);

    /**
     * Notes an access now: gives the record its full time to live again, by the time-out that the record has. Does nothing when it
     * is gone or its session's time is over. Does not wait for the answer; a failure is reported as an event and costs at most
     * the early end of an idle session.
     */
    void touch(String record);

    /**
     * Ends a session, whatever time it has left. Atomic: of all nodes that try, one is given the lease, and that tells the
     * listeners. A lost connection leads to a second look. From then on the session is not found and commits are dropped, and
     * if this node dies before it has told the listeners, another one does.
     *
     * @param createdBy the commit that created the record; a later session of the same name is left alone
     * @param payloadBytes of the caller's copy, which the record may have too; if it has more, others may wait longer for their commits
     * @return never {@link EndResult.Alive}
     */
    EndResult end(String record, CommitId createdBy, long payloadBytes);

    /** Closes all connections; operations under way fail. */
    @Override
    void close();
}
