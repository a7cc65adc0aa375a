package io.holdfast.session;

/** How the attempt to end an expired session can end. */
public sealed interface ReapResult {
    /**
     * The session had expired; its record is deleted, and of all nodes that tried, this one may tell the listeners.
     *
     * @param snapshot the record's last state
     */
    record Reaped(SessionSnapshot snapshot) implements ReapResult {}

    /** The session was accessed lately, maybe on another node; it lives on. */
    record Alive() implements ReapResult {}

    /** There is no such record: another node ended the session. */
    record Absent() implements ReapResult {}
}
