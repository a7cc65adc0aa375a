package io.holdfast.tracking;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.codec.UnreadableAttributeException;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Makes the object of an attribute that this node has only in its stored form, and the baseline that will tell whether the
 * object was mutated. What cannot be decoded is reported and stays as it is stored.
 */
final class SlotDecoder {
    private SlotDecoder() {}

    /** What comes in place of {@code slot} when somebody wants the value: a live slot, or one that is unreadable. */
    static Slot decode(AttributeMap map, String name, Slot.Encoded slot) {
        StoredAttribute attribute = slot.attribute;
        try {
            Object decoded = map.form().readShared(map.place(name), attribute.value());
            if (decoded == null) {
                return new Slot.Encoded(attribute, true, null);
            }
            LiveValue live =
                    map.objects().add(new LiveValue(name, decoded, map.form().codec()));
            EncodedValue baseline = live.immutable ? null : baseline(map, name, decoded);
            boolean isAsStored = attribute.value().equals(baseline); // then once in memory is enough
            live.committed(isAsStored ? attribute.value() : baseline, attribute.version());
            return Slot.Live.clean(live, attribute);
        } catch (UnreadableAttributeException e) {
            map.events().attributeUnreadable(map.record(), name, e);
            return new Slot.Encoded(attribute, true, e);
        }
    }

    /**
     * Null when the object, though it was decoded, cannot be encoded: then it is not tracked, and reading never writes. It may
     * have joined objects that threads of the application are changing.
     */
    private static @Nullable EncodedValue baseline(AttributeMap map, String name, Object decoded) {
        String className = decoded.getClass().getName();
        try {
            EncodedValue baseline = PatientEncoder.encode(map.form().codec(), decoded);
            if (baseline == null) {
                throw new NotEncodableException(className, "another thread was changing it at every try", null);
            }
            return baseline;
        } catch (NotEncodableException e) {
            map.events().attributeNotStored(map.record(), name, className, e);
            return null;
        }
    }
}
