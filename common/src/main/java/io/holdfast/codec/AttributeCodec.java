package io.holdfast.codec;

import io.holdfast.session.EncodedValue;
import java.util.List;
import java.util.function.Predicate;

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
    default Object decode(EncodedValue value) {
        return decode(value, className -> true);
    }

    /**
     * Like {@link #decode(EncodedValue)}, but only values of classes that are wanted.
     *
     * @param wantedClasses asked for the name of the value's own class, before anything is created if its bytes tell it
     * @throws UnreadableAttributeException also when the class is not wanted
     */
    Object decode(EncodedValue value, Predicate<String> wantedClasses);

    /**
     * True for values that can never be changed in place, so that nobody needs to look for changes: strings, boxed
     * values, enums, {@code java.time}, {@code UUID}, {@code BigDecimal} and the like, and records and optionals made
     * of those. False when in doubt.
     */
    boolean isImmutable(Object value);

    /**
     * The objects at the top of {@code value} that can be changed in place: itself, and what it directly holds as far as that
     * can be seen without running the application's code. For hints, not complete.
     */
    List<Object> changeableParts(Object value);

    /** True when the value wanted to hear that it is bound or unbound, as noted when it was encoded. Decodes nothing. */
    boolean isBindingListener(EncodedValue value);
}
