package io.holdfast.live;

import io.holdfast.live.Uncommitted.Setting;
import io.holdfast.tracking.AttributeChanges;
import org.jspecify.annotations.Nullable;

/**
 * What one commit writes of a session. Guarded by the session's commit lock, from the capture until it is {@link #applied}.
 *
 * @param maxInactive time-out to be written; null: none
 */
record Captured(
        RecordCopy copy,
        AttributeChanges attributes,
        ContainerState.Capture state,
        @Nullable Setting<Integer> maxInactive) {
    /** Whether Redis has all of it already. */
    boolean isEmpty() {
        return maxInactive == null
                && state.changes().isEmpty()
                && attributes.changes().isEmpty();
    }

    /** The record holds it, in the version that this commit made. */
    void applied(long version) {
        attributes.applied(version);
        state.applied(version);
        if (attributes.gaveWay()) {
            copy.tookPart();
        }
        if (maxInactive != null) {
            copy.uncommittedMaxInactive().committed(maxInactive);
        }
    }
}
