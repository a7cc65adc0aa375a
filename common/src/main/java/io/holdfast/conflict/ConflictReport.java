package io.holdfast.conflict;

import io.holdfast.session.Conflict;
import io.holdfast.session.Writer;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attribute that two commits wrote without having seen each other. Never holds a value.
 *
 * @param conflict the attribute and its versions
 * @param className class of the value this node's request wrote; null: it removed the attribute
 * @param ours for whom this node committed
 * @param theirs for whom the other commit was made; {@link Writer#UNKNOWN} if the record does not tell any more
 * @param policy that was to be followed
 * @param outcome what was done
 * @param note what an operator should know besides, such as why nothing was merged; null: nothing
 */
public record ConflictReport(
        Conflict conflict,
        @Nullable String className,
        Writer ours,
        Writer theirs,
        ConflictPolicy policy,
        Outcome outcome,
        @Nullable String note) {
    /** What becomes of the two changes. */
    public enum Outcome {
        /** Both are in the record. */
        MERGED("merged"),

        /** Ours replaced theirs. */
        OVERWRITTEN("overwritten"),

        /** Theirs stayed, ours was dropped. */
        DROPPED("dropped"),

        /** Theirs stayed, and nothing of our commit was written. */
        FAILED("failed");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** Name of the attribute. */
    public String attribute() {
        return conflict.attribute();
    }
}
