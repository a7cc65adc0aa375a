package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.session.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * One object that is, or was, the value of one attribute on this node, with the baseline that tells whether it was mutated
 * in place. Requests that were handed the object keep its {@code LiveValue} in their {@link Use}, so it stays tracked after
 * a refresh or another node's value took its place in the map.
 *
 * <p>Compared by identity.
 */
final class LiveValue {
    final String name;
    final Object object;

    /** Whether the object can never change in place, so that only putting it is a change. */
    final boolean immutable;

    /**
     * Whether the application itself took the object out of the session by putting or removing; what happens to it from
     * then on is no change of the session. A refresh does not set this.
     */
    private volatile boolean replaced;

    /** Encoding of the object when this node last handed it out fresh or committed it. Null: never committed, or immutable. */
    private volatile @Nullable EncodedValue baseline;

    /** Version of the record in which the object was last known to be the attribute's value; 0: in none. */
    private volatile long version;

    /** An object that becomes the value of that name; {@code codec} knows whether it can change. */
    LiveValue(String name, Object object, AttributeCodec codec) {
        this.name = name;
        this.object = object;
        this.immutable = codec.isImmutable(object);
    }

    /** Whether it is about this very object; an equal one is another. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Object other) {
        return object == other;
    }

    /** The object in the state it has now is what the record holds. */
    void committed(@Nullable EncodedValue newBaseline, long newVersion) {
        baseline = immutable ? null : newBaseline;
        version = newVersion;
    }

    /** Whether it can change in place and no record ever held it. */
    boolean isNew() {
        return !immutable && version == 0;
    }

    /**
     * Whether it can change in place and some record has held it. Putting it again, after a refresh or not, is no other change than
     * changing it in place. An object that cannot change tells nothing about where the application has it from.
     */
    boolean isKnown() {
        return !immutable && version > 0;
    }

    void markReplaced() {
        replaced = true;
    }

    /** What had replaced the object was taken back. */
    void markPutBack() {
        replaced = false;
    }

    boolean isReplaced() {
        return replaced;
    }

    @Nullable
    EncodedValue baseline() {
        return baseline;
    }

    long version() {
        return version;
    }
}
