package io.holdfast.tracking;

import io.holdfast.session.StoredAttribute;
import java.util.Map;

/**
 * Brings an {@link AttributeMap} up to a newer state of its record. Attributes whose bytes are the same keep their live
 * object, the others become encoded slots. Whatever the application put or removed and has not committed stays as it is.
 *
 * <p>An object that loses its place stays tracked by the uses it was handed to.
 */
public final class AttributeRefresh {
    private AttributeRefresh() {}

    /** Makes {@code map} show the attributes of a record, all of them and nothing else but local changes. */
    public static void refresh(AttributeMap map, Map<String, StoredAttribute> attributes) {
        attributes.forEach((name, stored) -> map.slots()
                .compute(
                        name,
                        (key, slot) -> slot == null || isOutdated(slot, stored) ? new Slot.Encoded(stored) : slot));
        map.slots()
                .keySet()
                .forEach(name -> map.slots()
                        .computeIfPresent(
                                name, (key, slot) -> slot.isLocal() || attributes.containsKey(name) ? slot : null));
    }

    /** Bytes of Redis this node holds in {@code map}. */
    public static long payloadBytes(AttributeMap map) {
        long bytes = 0;
        for (Slot slot : map.slots().values()) {
            bytes += slot.stored == null ? 0 : slot.stored.value().size();
        }
        return bytes;
    }

    private static boolean isOutdated(Slot slot, StoredAttribute stored) {
        return !slot.isLocal() && !stored.equals(slot.stored);
    }
}
