package io.holdfast.tracking;

import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of an attribute that two commits wrote without having seen each other, in their plain encodings.
 *
 * @param bases what both may have started from, the likeliest to lose nothing first; an empty one: from nothing; none: it is not
 *     known
 * @param ours what this node would write; null: we remove it
 * @param theirsRemoved whether they removed it
 * @param theirs what the record holds; null: nothing, or it cannot be opened
 */
public record Clash(
        List<Optional<EncodedValue>> bases,
        @Nullable EncodedValue ours,
        boolean theirsRemoved,
        @Nullable EncodedValue theirs) {
    /** Ours as well, but over what it is to be merged with instead of theirs. */
    public Clash over(EncodedValue other) {
        return new Clash(bases, ours, false, other);
    }
}
