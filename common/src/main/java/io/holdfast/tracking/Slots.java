package io.holdfast.tracking;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one session by attribute name, each of which is changed atomically. Counts as they change, because a request must not cost
 * more the more attributes the session has.
 */
final class Slots {
    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();
    private final Map<String, Slot> all = Collections.unmodifiableMap(slots);
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger local = new AtomicInteger();

    @Nullable
    Slot get(String name) {
        return slots.get(name);
    }

    /** All slots; a weakly consistent view. */
    Map<String, Slot> all() {
        return all;
    }

    /** Sets the slot if it is still {@code expected}, null for none; whether it was. */
    boolean replace(String name, @Nullable Slot expected, Slot now) {
        return slots.compute(name, (key, slot) -> slot == expected ? counted(slot, now) : slot) == now;
    }

    /** Makes of the slot what {@code change} says, which is asked once; null for none. */
    void change(String name, UnaryOperator<@Nullable Slot> change) {
        slots.compute(name, (key, slot) -> counted(slot, change.apply(slot)));
    }

    /** Like {@link #change} if there is a slot; {@code change} may make it none. */
    void changeIfPresent(String name, UnaryOperator<@Nullable Slot> change) {
        slots.computeIfPresent(name, (key, slot) -> counted(slot, change.apply(slot)));
    }

    /** Bytes of values in Redis that this node holds. */
    long bytes() {
        return bytes.get();
    }

    /** How many attributes Redis was last seen to hold. */
    int stored() {
        return stored.get();
    }

    /** How many slots hold something Redis does not know. Such a slot is counted before anybody sees it. */
    int local() {
        return local.get();
    }

    /** Returns {@code now}, which takes the place of {@code before}. */
    private @Nullable Slot counted(@Nullable Slot before, @Nullable Slot now) {
        long moreBytes = (now == null ? 0 : now.bytes()) - (before == null ? 0 : before.bytes());
        if (moreBytes != 0) {
            bytes.addAndGet(moreBytes);
        }
        count(stored, before != null && before.latest != null, now != null && now.latest != null);
        count(local, before != null && before.isLocal(), now != null && now.isLocal());
        return now;
    }

    private static void count(AtomicInteger counter, boolean before, boolean now) {
        if (before != now) {
            counter.addAndGet(now ? 1 : -1);
        }
    }
}
