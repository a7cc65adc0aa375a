package io.holdfast.session;

/** How the attempt to end a session can end. */
public sealed interface EndResult {
    /** The session has ended; of all nodes that tried, this one tells the listeners. */
    record Leased(EndLease lease) implements EndResult {}

    /** The session's time is not over; it lives on. */
    record Alive() implements EndResult {}

    /** There is no such session: it has ended before, and another node tells the listeners or has told them. */
    record Absent() implements EndResult {}
}
