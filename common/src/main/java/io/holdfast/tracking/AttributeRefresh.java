package io.holdfast.tracking;

import io.holdfast.session.SessionUpdate;
import io.holdfast.session.StoredAttribute;
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
        attributes.forEach((name, stored) -> stored(map, name, stored));
        for (String name : map.slots().all().keySet()) {
            if (!attributes.containsKey(name)) {
                removed(map, name);
            }
        }
    }

    /** As {@link #refresh(AttributeMap, Map)}, if {@code map} knows the record as it was before that update. */
    public static void refresh(AttributeMap map, SessionUpdate update) {
        update.newer().attributes().forEach((name, stored) -> stored(map, name, stored));
        update.removedAttributes().forEach(name -> removed(map, name));
    }

    /** How many attributes the record holds behind {@code update}, if {@code map} knows it as it was before. */
    public static int sizeBehind(SessionUpdate update, AttributeMap map) {
        int size = map.slots().stored();
        for (String name : update.newer().attributes().keySet()) {
            size += isStored(map, name) ? 0 : 1;
        }
        for (String name : update.removedAttributes()) {
            size -= isStored(map, name) ? 1 : 0;
        }
        return size;
    }

    private static boolean isStored(AttributeMap map, String name) {
        Slot slot = map.slots().get(name);
        return slot != null && slot.latest != null;
    }

    private static void stored(AttributeMap map, String name, StoredAttribute stored) {
        Slot known = map.slots().get(name);
        if (known == null || withStored(known, stored) != known) { // most are as they were
            map.slots().change(name, slot -> withStored(slot, stored));
        }
    }

    private static void removed(AttributeMap map, String name) {
        map.slots().changeIfPresent(name, AttributeRefresh::withoutStored);
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
