package io.holdfast.request;

import io.holdfast.conflict.ConflictException;
import io.holdfast.events.SessionEvents;
import io.holdfast.live.LiveSession;
import io.holdfast.session.StoreException;
import io.holdfast.tracking.Use;

/** A container's session object on top of a live session. All requests of this node that use the session share it. */
public interface SharedSession {
    /** The session itself. */
    LiveSession live();

    /** Hears what goes wrong when no client can be told. */
    SessionEvents events();

    /** Whether this object has ended, so that there is nothing to commit any more. */
    boolean isEndedHere();

    /** Ends this object, whose session has ended; whoever ended that tells the listeners. */
    void endLocally();

    /**
     * Ends this object, whose session could not be stored when it was new, and tells the listeners, who have heard of it; once, however
     * often it is called.
     */
    void endStillborn();

    /** This object is not to be trusted any more: the next request loads the session anew. */
    void forget();

    /**
     * Commits what {@code use} changed. If the session has ended elsewhere, it ends here; if it ended here, there is nothing to
     * do.
     *
     * @throws StoreException when changes may not have been written; this node then forgets its copy
     */
    default void commit(Use use) {
        if (isEndedHere()) {
            return;
        }
        try {
            if (!live().commit(use)) {
                endLocally();
            }
        } catch (ConflictException e) {
            refuse(use);
            throw e;
        } catch (StoreException e) {
            forget();
            throw e;
        } catch (VirtualMachineError e) {
            forget();
            throw failed(e);
        }
    }

    /** As where the heap is full. Nobody knows how far the commit came, so it must not be tried again. */
    private StoreException failed(VirtualMachineError cause) {
        StoreException failure = new StoreException(
                "Session " + live().record() + ": a commit failed on this node: " + cause
                        + ". Whether it was stored is not known. If the heap was full, find out what fills it, or raise -Xmx.",
                cause);
        events().operationFailed(failure);
        return failure;
    }

    /**
     * Like {@link #commit} when nobody can be told any more: a failure is reported as an event, and nothing of the use is stored from
     * then on, also not with another one's. Of a use that was refused nothing is looked at.
     *
     * @return whether it did not fail
     */
    default boolean commitLate(Use use) {
        if (use.isRefused()) {
            return false;
        }
        try {
            commit(use);
            return true;
        } catch (StoreException e) {
            refuse(use);
            events().commitFailed(live().record(), e);
            return false;
        }
    }

    /**
     * This node's copy holds what the request of {@code use} was told is not stored: it is dropped, and the next request loads the
     * record anew.
     */
    default void refuse(Use use) {
        LiveSession live = live();
        forget();
        live.drop(use);
    }

    /**
     * The request that {@code use} is for is over. What threads without a request have put, removed or set since its last commit they
     * have left to it, so it is committed here, unless another request still runs.
     */
    default void endUse(Use use) {
        try {
            if (live().leavesStillborn(use)) {
                endStillborn();
            }
            live().touchAtEnd();
        } finally {
            live().end(use);
        }
        commitLeftBehind();
    }

    private void commitLeftBehind() {
        if (isEndedHere()) {
            return;
        }
        try {
            if (!live().commitLeftBehind()) {
                endLocally();
            }
        } catch (StoreException e) {
            forget();
            events().commitFailed(live().record(), e);
        }
    }
}
