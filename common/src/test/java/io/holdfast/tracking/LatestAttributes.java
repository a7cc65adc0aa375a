package io.holdfast.tracking;

import io.holdfast.session.StoredAttribute;
import java.util.HashMap;
import java.util.Map;

/** What a map knows of Redis. */
public final class LatestAttributes {
    private LatestAttributes() {}

    /** The attributes of the record as Redis was last seen to hold them, also where local changes hide them. */
    public static Map<String, StoredAttribute> of(AttributeMap map) {
        Map<String, StoredAttribute> latest = new HashMap<>();
        map.slots().all().forEach((name, slot) -> {
            if (slot.latest != null) {
                latest.put(name, slot.latest);
            }
        });
        return latest;
    }

    /** Bytes of values that the map holds of Redis, counted one by one. */
    public static long bytes(AttributeMap map) {
        return map.slots().all().values().stream().mapToLong(Slot::bytes).sum();
    }

    /** How many attributes hold something Redis does not know, counted one by one. */
    public static long local(AttributeMap map) {
        return map.slots().all().values().stream().filter(Slot::isLocal).count();
    }

    /** How many the map counts. */
    public static int countedLocal(AttributeMap map) {
        return map.slots().local();
    }

    /** How many attributes the map counts as known to Redis. */
    public static int counted(AttributeMap map) {
        return map.slots().stored();
    }
}
