package io.holdfast.session;

import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of sessions: finds sessions whose time is over, and gives each to one of all nodes. What is found by an index, which
 * is divided into {@link #BUCKETS}. Operations throw {@link StoreException} when the store cannot be asked.
 */
public interface SessionEnds {
    /** Number of parts of the index. */
    int BUCKETS = 16;

    /** Learns the store's time, by which the index goes; nodes' clocks do not matter. One round trip. */
    void readClock();

    /**
     * Looks at all sessions of one bucket that may have ended. Those that live are put off to the time at which they may end;
     * those that have ended are leased one after the other. Also takes over what a node that died has not told.
     *
     * @param bucket from 0
     * @param onEnd told each session this node has leased, before the next one is
     * @param goesOn asked before each session whether to go on
     */
    void sweep(int bucket, Consumer<EndLease> onEnd, BooleanSupplier goesOn);

    /** Leases the session of this record if its time is over. */
    EndResult lease(String record);

    /** Holds the lease for its full time from now. Does not wait. */
    void renew(EndLease lease);

    /** The listeners have been told: nothing is left of the session. Does not wait; fails when that could not be done. */
    CompletionStage<@Nullable Void> forget(EndLease lease);

    /** The listeners have not been told here: another node takes over at once, unless one has already. */
    void giveBack(EndLease lease);
}
