package io.holdfast.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one object. If a part is missing, because the application no longer has its class, so is the object: a
 * list that has lost an element is not the list that was stored. Its other parts are read all the same, for what follows may
 * refer to them.
 */
final class ReadParts {
    private final Kryo kryo;
    private final Input input;
    private @Nullable MissingObject missing;

    ReadParts(Kryo kryo, Input input) {
        this.kryo = kryo;
        this.input = input;
    }

    /** The next part; null also in place of a missing one. */
    @Nullable
    Object next() {
        return required(Parts.readEvenMissing(kryo, input));
    }

    /** {@code part} as it was read; null in place of a missing one. */
    @Nullable
    Object required(@Nullable Object part) {
        if (part instanceof MissingObject missingPart) {
            missing = missingPart;
            return null;
        }
        return part;
    }

    /** What makes the object missing; null: nothing so far. */
    @Nullable
    MissingObject missing() {
        return missing;
    }

    boolean areComplete() {
        return missing == null;
    }

    /** Ends the reading of {@code object}, which Kryo already knows and which is missing if one of its parts is. */
    <T> T madeInto(T object) {
        if (missing != null) {
            ((SessionKryo) kryo).sharedObjects().markMissing(object, missing);
        }
        return object;
    }
}
