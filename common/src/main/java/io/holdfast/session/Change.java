package io.holdfast.session;

/** What one commit does to one attribute. */
public sealed interface Change {
    /** Version of the attribute when this node last saw it; 0 when there was none. Anything newer in Redis is a conflict. */
    long baseVersion();

    /** Writes the attribute. */
    record Put(EncodedValue value, long baseVersion) implements Change {}

    /** Removes the attribute. */
    record Remove(long baseVersion) implements Change {}
}
