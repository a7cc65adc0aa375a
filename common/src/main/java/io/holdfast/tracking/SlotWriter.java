package io.holdfast.tracking;

import io.holdfast.codec.AttributeCodec;
import io.holdfast.tracking.Use.Write;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts and removes attributes of one session on behalf of a {@link Use}, one slot at a time and atomically: numbers each
 * write, notes it in the use, and marks the object that lost its place by it.
 */
final class SlotWriter {
    private final Slots slots;
    private final KnownObjects objects;
    private final AttributeCodec codec;
    private final AtomicLong lastOrder = new AtomicLong();

    SlotWriter(Slots slots, KnownObjects objects, AttributeCodec codec) {
        this.slots = slots;
        this.objects = objects;
        this.codec = codec;
    }

    /** Puts if the slot is still {@code expected}, null for none; whether it was. */
    boolean putIfUnchanged(String name, @Nullable Slot expected, Object value, Use use) {
        LiveValue live = liveFor(name, value, expected, use);
        Write pending = expected == null ? null : expected.pending();
        Write write = pending != null && live.equals(pending.live()) // putting it again does not make it another one's
                ? new Write(lastOrder.incrementAndGet(), live, pending.by(), pending.madeOf(), pending.bases())
                : new Write(
                        lastOrder.incrementAndGet(), live, use, madeOf(name, pending, use), use.basesHandedOut(name));
        return swap(name, expected, Slot.Live.put(live, expected, write), write, use);
    }

    /** Removes if the slot is still {@code expected}; whether it was. */
    boolean removeIfUnchanged(String name, Slot expected, Use use) {
        Write write = new Write(
                lastOrder.incrementAndGet(),
                null,
                use,
                madeOf(name, expected.pending(), use),
                use.basesHandedOut(name));
        return swap(name, expected, new Slot.Removed(expected, write), write, use);
    }

    /**
     * Brings back the latest of what {@code others} have written and not committed, or else what Redis was last seen to hold;
     * unless something else was written since.
     */
    void takeBack(String name, Write write, Collection<Use> others) {
        slots.changeIfPresent(name, slot -> {
            if (slot.pendingOrder() != write.order()) {
                return slot;
            }
            if (!isOfKnownObject(slot)) {
                markReplaced(slot);
            }
            Write left = latest(name, others);
            if (left != null) {
                return pending(left, slot);
            }
            slot.displaced.forEach(LiveValue::markPutBack); // others may have been handed them, and change them
            return slot.withoutLocal();
        });
    }

    private static @Nullable Write latest(String name, Collection<Use> uses) {
        return uses.stream()
                .map(use -> use.writes().get(name))
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(Write::order))
                .orElse(null);
    }

    private static Slot pending(Write write, Slot over) {
        LiveValue live = write.live();
        if (live == null) {
            return new Slot.Removed(over, write);
        }
        live.markPutBack();
        return Slot.Live.put(live, over, write);
    }

    private static Set<LiveValue> madeOf(String name, @Nullable Write pending, Use use) {
        LiveValue last = use.lastHandedOut(name);
        if (last == null || pending == null || !last.equals(pending.live())) {
            return last == null ? Set.of() : Set.of(last);
        }
        return Stream.concat(Stream.of(last), pending.madeOf().stream().filter(live -> !live.isNew()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Keeps the tracking of an object that is put again, so that putting what is already there is no change. An object that somebody
     * else was handed, some time ago, counts as put again only if it was changed since: it may as well be a constant of the application.
     */
    private LiveValue liveFor(String name, Object value, @Nullable Slot old, Use use) {
        if (old instanceof Slot.Live live && live.live.isOf(value)) {
            return live.live;
        }
        LiveValue superseded = use.handedOut(name, value);
        if (superseded != null) {
            return superseded;
        }
        LiveValue known = objects.find(name, value);
        if (known != null && (known.isInDoubt() || known.isChanged(codec))) {
            return objects.add(known);
        }
        return objects.add(new LiveValue(name, value, codec));
    }

    private boolean swap(String name, @Nullable Slot expected, Slot written, Write write, Use use) {
        boolean swapped = slots.replace(name, expected, written);
        if (swapped) {
            if (!isPutAgain(written, expected)) {
                markReplaced(expected);
            }
            use.wrote(name, write);
        }
        return swapped;
    }

    /**
     * An application that gets an object, changes it and puts it again replaces nothing, also not an object that a refresh has made of
     * the attribute meanwhile, and that another request of this node changes.
     */
    private static boolean isPutAgain(Slot written, @Nullable Slot expected) {
        return isOfKnownObject(written)
                || (written instanceof Slot.Live put && expected instanceof Slot.Live old && put.live.equals(old.live));
    }

    private static boolean isOfKnownObject(Slot slot) {
        return slot instanceof Slot.Live put && put.live.isKnown();
    }

    private static void markReplaced(@Nullable Slot slot) {
        if (slot instanceof Slot.Live live) {
            live.live.markReplaced();
        }
    }
}
