package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.session.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * One object that is, or was, the value of one attribute on this node, with the baseline that tells whether it was mutated
 * in place. Requests that were handed the object keep its {@code LiveValue} in their {@link Use}, so it stays tracked after
 * a refresh or another node's value took its place in the map.
 *
 * <p>Several may stand for one tracked object: equal are those with the same {@link State}.
 */
final class LiveValue {
    /** What is known of an object; refers to it in no way. */
    static final class State {
        private volatile boolean replaced;
        private volatile boolean inDoubt;
        private volatile boolean shared;
        private volatile @Nullable EncodedValue baseline;
        private volatile long version;

        boolean isReplaced() {
            return replaced;
        }

        boolean isInDoubt() {
            return inDoubt;
        }
    }

    final String name;
    final Object object;

    /** Whether the object can never change in place, so that only putting it is a change. */
    final boolean immutable;

    final State state;

    /** An object that becomes the value of that name; {@code codec} knows whether it can change. */
    LiveValue(String name, Object object, AttributeCodec codec) {
        this(name, object, codec.isImmutable(object), new State());
    }

    /** An object that can change in place, and of which that much is known. */
    LiveValue(String name, Object object, State state) {
        this(name, object, false, state);
    }

    private LiveValue(String name, Object object, boolean immutable, State state) {
        this.name = name;
        this.object = object;
        this.immutable = immutable;
        this.state = state;
    }

    /** Whether it is about this very object; an equal one is another. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Object other) {
        return object == other;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // it is about this very state
    public boolean equals(@Nullable Object other) {
        return other instanceof LiveValue live && live.state == state;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(state);
    }

    /** Somebody else than who has put the object is about to be handed it. */
    void markShared() {
        state.shared = true;
    }

    /** Whether {@link #markShared} was called. */
    boolean isShared() {
        return state.shared;
    }

    /** The object in the state it has now is what the record holds. */
    void committed(@Nullable EncodedValue newBaseline, long newVersion) {
        state.baseline = immutable ? null : newBaseline;
        state.version = newVersion;
    }

    /** Whether it can change in place and no record ever held it. */
    boolean isNew() {
        return !immutable && state.version == 0;
    }

    /**
     * Whether it can change in place and some record has held it. Putting it again, after a refresh or not, is no other change than
     * changing it in place. An object that cannot change tells nothing about where the application has it from.
     */
    boolean isKnown() {
        return !immutable && state.version > 0;
    }

    /** Nobody knows what of the object the record holds. */
    void markInDoubt() {
        state.inDoubt = true;
    }

    /** Whether {@link #markInDoubt} was called. */
    boolean isInDoubt() {
        return state.inDoubt;
    }

    /** The application itself takes the object out of the session: what happens to it from then on is no change of the session. */
    void markReplaced() {
        state.replaced = true;
    }

    /** What had replaced the object was taken back. */
    void markPutBack() {
        state.replaced = false;
    }

    /** Whether the application itself took the object out of the session by putting or removing. A refresh does not count. */
    boolean isReplaced() {
        return state.replaced;
    }

    /** Whether the record does not hold the object as it is now, though it once did. */
    boolean isChanged(AttributeCodec codec) {
        EncodedValue known = state.baseline;
        return known != null && !known.equals(PatientEncoder.encodeQuietly(codec, object));
    }

    /** Encoding of the object when this node last handed it out fresh or committed it. Null: never committed, or immutable. */
    @Nullable
    EncodedValue baseline() {
        return state.baseline;
    }

    /** Version of the record in which the object was last known to be the attribute's value; 0: in none. */
    long version() {
        return state.version;
    }
}
