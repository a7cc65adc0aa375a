package io.holdfast.codec;

import io.holdfast.session.EncodedValue;

/** Turns attribute values into bytes and back. Safe for many threads at once. */
public interface AttributeCodec {
    /**
     * Encodes {@code value} and everything reachable from it. The same unchanged object gives the same bytes each time
     * within one JVM; an equal object, or the same object decoded again, may give others.
     *
     * @throws NotEncodableException when something reachable cannot be stored; nothing is stored in part
     * @throws java.util.ConcurrentModificationException when another thread is changing the value
     */
    EncodedValue encode(Object value);

    /**
     * Decodes with the application's class loader, into objects nobody else holds.
     *
     * @throws UnreadableAttributeException for whatever reason the value cannot be had: its class is gone or has
     *     changed too much, its bytes are damaged, its own code fails
     */
    Object decode(EncodedValue value);

    /**
     * True for values that can never be changed in place, so that nobody needs to look for changes: strings, boxed
     * values, enums, {@code java.time}, {@code UUID}, {@code BigDecimal} and the like, and records and optionals made
     * of those. False when in doubt.
     */
    boolean isImmutable(Object value);

    /** True when the value wanted to hear that it is bound or unbound, as noted when it was encoded. Decodes nothing. */
    boolean isBindingListener(EncodedValue value);
}
