package io.holdfast.merge;

import io.holdfast.session.EncodedValue;
import java.util.List;

/**
 * What became of two values of an attribute. Its texts are for operators: they continue "Attribute cart was merged: …" or
 * "… cannot be merged: …", and name classes and counts, never keys or values of the application.
 */
public sealed interface MergeResult {
    /**
     * One value that has the changes of both, but for what is noted.
     *
     * @param value the value; ours or theirs itself when the other had changed nothing
     * @param notes what of theirs was not kept, and why; empty: nothing
     */
    record Merged(EncodedValue value, List<String> notes) implements MergeResult {
        public Merged {
            notes = List.copyOf(notes);
        }
    }

    /**
     * These two cannot be merged.
     *
     * @param reason why
     */
    record NotMerged(String reason) implements MergeResult {}
}
