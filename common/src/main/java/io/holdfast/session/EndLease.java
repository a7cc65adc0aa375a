package io.holdfast.session;

/**
 * The end of a session, which this node has taken on: it tells the listeners, and then has the store forget the session. Held
 * for half a minute, and longer when it is renewed; behind that, another node takes it over.
 *
 * @param record name of the session's record
 * @param snapshot the session's last state
 * @param name tells this lease from others of the same end, before and behind it
 */
public record EndLease(String record, SessionSnapshot snapshot, CommitId name) {
    /** The commit that created the session's record; tells the session from another one of the same name. */
    public CommitId createdBy() {
        return snapshot.metadata().createdBy();
    }
}
