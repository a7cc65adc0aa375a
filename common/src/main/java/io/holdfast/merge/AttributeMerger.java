package io.holdfast.merge;

import org.jspecify.annotations.Nullable;

/**
 * Merges values of an application's own type that two requests changed at the same time. For applications to implement:
 * attributes of that type, and values of that type in maps, are then merged under the policy {@code merge}.
 *
 * <p>Implementations are public, have a public constructor without parameters, and are named in the application's {@code
 * META-INF/services/io.holdfast.merge.AttributeMerger} or in the setting {@code attributeMergers}. One instance serves all
 * threads. It is called while a request waits for its commit and other requests of the session may wait for that one, so it
 * should neither block nor use the session.
 *
 * @param <T> type of the values
 */
public interface AttributeMerger<T> {
    /**
     * The type it merges: values of exactly this class, and of its subtypes where no merger knows them better. Asked once.
     */
    Class<T> type();

    /**
     * Merges two values that came from the same one. All are copies that nobody else uses: they may be changed, and returned.
     * An exception counts as null, and is logged at level DEBUG.
     *
     * @param base what both have seen; null: there was nothing, and both set a value of their own
     * @param ours what the request made of it that is being committed
     * @param theirs what somebody else made of it meanwhile, which is in Redis
     * @return what has both changes; null when these two cannot be merged: then ours replaces theirs, and that is reported
     */
    @Nullable
    T merge(@Nullable T base, T ours, T theirs);
}
