package io.holdfast.tracking;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;

/**
 * What strict settings demand of attributes: that a value which is there can be had, and that one which is put can be stored.
 * Without them the first is null, and the second stays on this node.
 */
public final class AttributeChecks {
    private AttributeChecks() {}

    /**
     * Throws what was wrong when the attribute of that name was decoded, if something was.
     *
     * @throws UnreadableAttributeException the attribute is there, but {@link AttributeMap#get} gave null
     */
    public static void requireReadable(AttributeMap map, String name) {
        if (map.slots().get(name) instanceof Slot.Encoded slot && slot.failure != null) {
            throw new UnreadableAttributeException(
                    slot.failure.className(),
                    slot.failure.reason() + "; it is attribute \"" + name + "\" of session " + map.record(),
                    slot.failure);
        }
    }

    /**
     * Checks that a value could be stored, before it is put; costs as much as storing it.
     *
     * @throws IllegalArgumentException when it, or something in it, cannot be stored
     */
    public static void requireStorable(AttributeMap map, String name, Object value) {
        if (!map.form().shares(name, value)) {
            return;
        }
        try {
            PatientEncoder.encode(map.form().codec(), value);
        } catch (NotEncodableException e) {
            throw new IllegalArgumentException(
                    "Attribute \"" + name + "\" was not set: " + e.getMessage()
                            + ". The setting nonSerializableAttribute=\"local\" would keep it on this node",
                    e);
        }
    }
}
