package io.holdfast.tracking;

import io.holdfast.session.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * The three values of an attribute that two commits wrote without having seen each other, in their plain encodings.
 *
 * @param baseKnown whether it is known what both started from
 * @param base what both started from; null: nothing, or not known
 * @param ours what this node would write; null: we remove it
 * @param theirsRemoved whether they removed it
 * @param theirs what the record holds; null: nothing, or it cannot be opened
 */
public record Clash(
        boolean baseKnown,
        @Nullable EncodedValue base,
        @Nullable EncodedValue ours,
        boolean theirsRemoved,
        @Nullable EncodedValue theirs) {}
