package io.holdfast.session;

import org.jspecify.annotations.Nullable;

/**
 * What a commit changes in the metadata; null leaves a value as the record has it.
 *
 * @param maxInactiveSeconds new value of the session's time-out in seconds
 * @param secretHash hash of the new id's secret
 */
public record MetadataChange(
        @Nullable Integer maxInactiveSeconds, @Nullable SecretHash secretHash) {
    /** Changes nothing. */
    public static final MetadataChange NONE = new MetadataChange(null, null);

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return maxInactiveSeconds == null && secretHash == null;
    }
}
