package io.holdfast.tracking;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one session by attribute name, each of which is changed atomically. Counts as they change what Redis was last seen to hold,
 * because a request must not cost more the more attributes the session has.
 */
final class Slots {
    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger stored = new AtomicInteger();

    @Nullable
    Slot get(String name) {
        return slots.get(name);
    }

    /** All slots; a weakly consistent view. */
    Map<String, Slot> all() {
        return Collections.unmodifiableMap(slots);
    }

    /** Sets the slot if it is still {@code expected}, null for none; whether it was. */
    boolean replace(String name, @Nullable Slot expected, Slot now) {
        boolean replaced = expected == null ? slots.putIfAbsent(name, now) == null : slots.replace(name, expected, now);
        if (replaced) {
            count(expected, now);
        }
        return replaced;
    }

    /** Makes of the slot what {@code change} says, which is asked once; null for none. */
    void change(String name, UnaryOperator<@Nullable Slot> change) {
        slots.compute(name, (key, slot) -> changed(slot, change));
    }

    /** Like {@link #change} if there is a slot; {@code change} may make it none. */
    void changeIfPresent(String name, UnaryOperator<@Nullable Slot> change) {
        slots.computeIfPresent(name, (key, slot) -> changed(slot, change));
    }

    /** Bytes of values in Redis that this node holds. */
    long bytes() {
        return bytes.get();
    }

    /** How many attributes Redis was last seen to hold. */
    int stored() {
        return stored.get();
    }

    private @Nullable Slot changed(@Nullable Slot slot, UnaryOperator<@Nullable Slot> change) {
        Slot now = change.apply(slot);
        count(slot, now);
        return now;
    }

    private void count(@Nullable Slot before, @Nullable Slot now) {
        long moreBytes = (now == null ? 0 : now.bytes()) - (before == null ? 0 : before.bytes());
        if (moreBytes != 0) {
            bytes.addAndGet(moreBytes);
        }
        int moreStored = (isStored(now) ? 1 : 0) - (isStored(before) ? 1 : 0);
        if (moreStored != 0) {
            stored.addAndGet(moreStored);
        }
    }

    private static boolean isStored(@Nullable Slot slot) {
        return slot != null && slot.latest != null;
    }
}
