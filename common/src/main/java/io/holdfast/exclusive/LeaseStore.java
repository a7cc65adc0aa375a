package io.holdfast.exclusive;

import io.holdfast.session.LeaseToken;
import io.holdfast.session.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Where leases are: a record's lease has one holder among all nodes, until it is given back or runs out. Safe for use by many
 * threads.
 */
public interface LeaseStore extends AutoCloseable {
    /** How an attempt to take a lease ends. */
    sealed interface Attempt {
        /** It is the caller's. */
        record Taken() implements Attempt {}

        /**
         * It is somebody else's.
         *
         * @param remaining when it runs out unless it is renewed
         */
        record Held(Duration remaining) implements Attempt {}
    }

    /**
     * What came of giving back a lease.
     *
     * @param wasHeld whether it was still the caller's
     * @param heard whether anybody was listening for it
     */
    record Released(boolean wasHeld, boolean heard) {}

    /**
     * Takes the lease of a record if nobody has it. Atomic; one round trip. Taking again what the same token holds succeeds.
     *
     * @throws StoreException when it may or may not be taken
     */
    Attempt take(String record, LeaseToken token, Duration lease);

    /** Gives a lease its full time again if it is still the token's; tells whether it is. Does not wait. */
    CompletableFuture<Boolean> renew(String record, LeaseToken token, Duration lease);

    /** Gives back a lease if it is still the token's, and wakes those who listen. Atomic. Does not wait. */
    CompletableFuture<Released> release(String record, LeaseToken token);

    /** An ear for {@link #release} of a record; hears nothing before {@link WakeUp#listen}. One per record at a time. */
    WakeUp wakeUp(String record);

    /** Ends all waits for a wake-up. */
    @Override
    void close();

    /** An ear for the release of one record's lease, by any node. */
    interface WakeUp extends AutoCloseable {
        /**
         * Makes sure that no release from now on is missed, as long as this returns true.
         *
         * @return whether releases are heard now; false: the store could not be asked, the caller tries again later
         */
        boolean listen() throws InterruptedException;

        /** Waits for a release since the last wait, for the loss of what is listened with, or for {@code longest}. */
        void await(Duration longest) throws InterruptedException;

        @Override
        void close();
    }
}
