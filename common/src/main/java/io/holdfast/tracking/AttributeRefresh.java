package io.holdfast.tracking;

import io.holdfast.session.StoredAttribute;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        attributes.forEach((name, stored) -> {
            Slot known = map.slots().get(name);
            if (known == null || withStored(known, stored) != known) { // most are as they were
                map.slots().compute(name, (key, slot) -> withStored(slot, stored));
            }
        });
        for (String name : map.slots().keySet()) {
            if (!attributes.containsKey(name)) {
                map.slots().computeIfPresent(name, (key, slot) -> withoutStored(slot));
            }
        }
    }

    /** The attributes of the record as Redis was last seen to hold them, also where local changes hide them. */
    public static Map<String, StoredAttribute> latest(AttributeMap map) {
        Map<String, StoredAttribute> latest = new HashMap<>();
        map.slots().forEach((name, slot) -> {
            if (slot.latest != null) {
                latest.put(name, slot.latest);
            }
        });
        return latest;
    }

    /** Bytes of Redis this node holds in {@code map}. */
    public static long payloadBytes(AttributeMap map) {
        long bytes = 0;
        for (Slot slot : map.slots().values()) {
            bytes += bytesOf(slot.stored) + (slot.isOvertaken() ? bytesOf(slot.latest) : 0);
        }
        return bytes;
    }

    private static long bytesOf(@Nullable StoredAttribute attribute) {
        return attribute == null ? 0 : attribute.value().size();
    }

    private static Slot withStored(@Nullable Slot slot, StoredAttribute stored) {
        if (slot == null) {
            return new Slot.Encoded(stored);
        }
        if (slot.isPending()) {
            return stored.equals(slot.latest) ? slot : slot.hiding(stored);
        }
        return stored.equals(slot.stored) ? slot : new Slot.Encoded(stored);
    }

    private static @Nullable Slot withoutStored(Slot slot) {
        if (slot.isPending()) {
            return slot.latest == null ? slot : slot.hiding(null);
        }
        return slot.isLocal() ? slot : null;
    }
}
