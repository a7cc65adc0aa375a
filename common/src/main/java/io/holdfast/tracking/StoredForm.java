package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.sealing.AttributeSeal;
import io.holdfast.sealing.Place;
import io.holdfast.session.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one application are turned into what Redis holds, and back.
 *
 * @param codec objects to plain bytes, on which changes are found
 * @param seal plain bytes to stored bytes
 * @param gate which attributes are stored at all
 */
public record StoredForm(AttributeCodec codec, AttributeSeal seal, AttributeGate gate) {
    /**
     * The object a stored value stands for.
     *
     * @throws UnreadableAttributeException when it cannot be had
     */
    public Object read(Place place, EncodedValue stored) {
        return codec.decode(seal.open(place, stored));
    }

    /** The object an attribute stands for, or null: the gate keeps it out. */
    @Nullable
    Object readShared(Place place, EncodedValue stored) {
        if (!gate.shares(place.name())) {
            return null;
        }
        GateAtClass classes = new GateAtClass(gate, place.name());
        try {
            return codec.decode(seal.open(place, stored), classes::wants);
        } catch (UnreadableAttributeException e) {
            if (classes.refused) {
                return null;
            }
            throw e;
        }
    }

    /** The plain form of a stored value; null: it cannot be opened. */
    public @Nullable EncodedValue plain(Place place, EncodedValue stored) {
        try {
            return seal.open(place, stored);
        } catch (UnreadableAttributeException e) {
            return null;
        }
    }

    boolean shares(String name, Object value) {
        return gate.shares(name) && gate.shares(name, value.getClass().getName());
    }

    private static final class GateAtClass {
        private final AttributeGate gate;
        private final String name;
        private boolean refused;

        GateAtClass(AttributeGate gate, String name) {
            this.gate = gate;
            this.name = name;
        }

        boolean wants(String className) {
            refused = !gate.shares(name, className);
            return !refused;
        }
    }
}
