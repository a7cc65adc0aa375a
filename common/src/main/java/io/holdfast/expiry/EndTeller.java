package io.holdfast.expiry;

import io.holdfast.session.EndLease;

/** The container's side of the end of a session. Called by the reaper's thread only. */
public interface EndTeller {
    /** Whether the application has started and not begun to stop; until then nothing is told. */
    boolean isReady();

    /**
     * Tells the listeners that the session has ended, and shows them its last state, whether or not this node has ever seen
     * it. Takes as long as they do. Nobody else will tell them, unless this node dies meanwhile.
     */
    void tell(EndLease lease);

    /**
     * A {@linkplain Reaper#lookAt look} at one record is over, and this node has nothing to tell.
     *
     * @param alive whether the session lives; false: its end is told elsewhere
     */
    void looked(String record, boolean alive);

    /** A look at all ended sessions is over. The time for the container to look after its own copies, if it has no other. */
    default void swept() {}
}
