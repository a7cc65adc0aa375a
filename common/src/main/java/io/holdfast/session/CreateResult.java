package io.holdfast.session;

/** How the first commit of a session can end. */
public sealed interface CreateResult {
    /**
     * The record exists now, with version 1.
     *
     * @param metadata the record's metadata
     */
    record Created(SessionMetadata metadata) implements CreateResult {}

    /** There already was a record of this name; nothing was written. */
    record Exists() implements CreateResult {}
}
