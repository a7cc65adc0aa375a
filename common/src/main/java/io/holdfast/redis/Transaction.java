package io.holdfast.redis;

import java.util.List;

/**
 * A check-then-write on one record, apart from how it is sent. A {@link CommitLane} drives it; its methods are never called
 * concurrently, are quick, and do not wait.
 */
interface Transaction<R> {
    /** Name of the record. */
    String record();

    /** Key of the record, and of whatever else the decision rests on; the lane watches them. */
    List<byte[]> watched();

    /**
     * Commands on other keys that go between WATCH and the look, anew for each attempt; their answers do not matter unless Redis
     * refuses one. Without {@code EXEC}, which would end the watching.
     */
    default List<RedisCall> before() {
        return List.of();
    }

    /** The commands of the first look, anew for each attempt. */
    List<RedisCall> look();

    /**
     * Decides.
     *
     * @param answers the answered commands of the latest look, closer or not; Redis refused none of them
     * @throws io.holdfast.session.StoreException to end with this failure; nothing is written
     */
    Decision<R> decide(List<RedisCall> answers);

    /** Whether its first look and what it writes are so little that it may go together with others. */
    boolean isSmall();

    /**
     * Whether it ends with its first EXEC that it does not share. If that is overtaken, it ends as if it had taken effect, because
     * whoever was quicker has done the same or made it pointless. If the connection is lost, before the EXEC or behind it, it starts over once, then fails;
     * it fails at once if Redis does not answer in time. To do it twice is to do it once.
     */
    default boolean isSingleShot() {
        return false;
    }

    /** The version of the record that an EXEC has made, or may still make, to which there was no answer. May be asked by any thread. */
    default long doubtfulVersion() {
        return 0;
    }

    /**
     * The connection was lost behind the EXEC of the latest {@link Decision.Write}; whether it took effect is not known. It
     * may still do so until somebody else changes the record. A new look follows. Not called for a {@linkplain #isSingleShot
     * single shot}.
     */
    void outcomeUnknown();
}
