package io.holdfast.tracking;

import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.Place;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one session as the container and the application see them: a concurrent map that decodes a value when it
 * is first asked for and notes in the current {@link Use} what was read, put and removed.
 *
 * <p>All requests of this node share the map and the objects in it. Names can be listed and looked for without decoding
 * anything. Overwriting or removing decodes the old value only if somebody wants it: otherwise these methods return null for
 * a value that was not decoded. Values found by iterating count as read.
 *
 * <p>No lock is held while a value is decoded or encoded; of several threads that decode the same value at once, one
 * publishes its object and the others take that one.
 */
public final class AttributeMap extends AbstractMap<String, Object> implements ConcurrentMap<String, Object> {
    private final String record;
    private final StoredForm form;
    private final SessionEvents events;
    private final Supplier<Use> currentUse;
    private final BooleanSupplier previousWanted;
    private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong writeOrder = new AtomicLong();

    /**
     * An empty map.
     *
     * @param record the record whose attributes these are, for reports
     * @param form what becomes of values in Redis
     * @param events hears of values that cannot be decoded
     * @param currentUse the use on whose behalf the calling thread works
     * @param previousWanted whether somebody, such as an attribute listener, wants to see values that are overwritten or
     *     removed
     */
    public AttributeMap(
            String record,
            StoredForm form,
            SessionEvents events,
            Supplier<Use> currentUse,
            BooleanSupplier previousWanted) {
        this.record = record;
        this.form = form;
        this.events = events;
        this.currentUse = currentUse;
        this.previousWanted = previousWanted;
    }

    @Override
    public @Nullable Object get(Object key) {
        LiveValue live = key instanceof String name ? liveValue(name) : null;
        if (live == null) {
            return null;
        }
        currentUse.get().handOut(live);
        return live.object;
    }

    @Override
    public @Nullable Object put(String name, Object value) {
        Objects.requireNonNull(value, "value");
        Object previous = previousOf(name);
        put(name, value, currentUse.get());
        return previous;
    }

    @Override
    public @Nullable Object remove(Object key) {
        if (!(key instanceof String name) || !containsKey(name)) {
            return null;
        }
        Object previous = previousOf(name);
        remove(name, currentUse.get());
        return previous;
    }

    @Override
    public @Nullable Object putIfAbsent(String name, Object value) {
        Objects.requireNonNull(value, "value");
        Use use = currentUse.get();
        LiveValue added = newLive(name, value);
        while (true) {
            Object present = get(name);
            if (present != null) {
                return present;
            }
            Slot slot = slots.get(name);
            Slot put = Slot.Live.put(added, slot, writeOrder.incrementAndGet());
            if (!isReadable(slot) && swap(name, slot, put)) {
                note(name, put, use);
                return null;
            }
        }
    }

    @Override
    public boolean remove(Object key, @Nullable Object expected) {
        return key instanceof String name
                && replaceIf(name, expected, slot -> new Slot.Removed(slot, writeOrder.incrementAndGet()));
    }

    @Override
    public boolean replace(String name, Object expected, Object value) {
        LiveValue added = newLive(name, Objects.requireNonNull(value, "value"));
        return replaceIf(name, expected, slot -> Slot.Live.put(added, slot, writeOrder.incrementAndGet()));
    }

    @Override
    public @Nullable Object replace(String name, Object value) {
        Objects.requireNonNull(value, "value");
        while (true) {
            Object present = get(name);
            if (present == null) {
                return null;
            }
            if (replace(name, present, value)) {
                return present;
            }
        }
    }

    @Override
    public boolean containsKey(Object key) {
        Slot slot = key instanceof String name ? slots.get(name) : null;
        return slot != null && slot.isVisible();
    }

    @Override
    public int size() {
        return (int) slots.values().stream().filter(Slot::isVisible).count();
    }

    @Override
    public boolean isEmpty() {
        return slots.values().stream().noneMatch(Slot::isVisible);
    }

    @Override
    public void clear() {
        keySet().forEach(this::remove);
    }

    @Override
    public Set<String> keySet() {
        return new AttributeNames(this, slots);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AttributeEntries(this);
    }

    /** Stops tracking, for {@code use}, the objects that are no values of this map any more. */
    public void forgetSuperseded(Use use) {
        use.handedOut().removeIf(live -> liveWith(live.name, live.object) != live);
    }

    /**
     * Takes back what {@code use} put and removed and has not committed, and will not: the map shows what Redis was last seen
     * to hold, unless another use has written the same since.
     */
    public void rollBack(Use use) {
        use.writes()
                .forEach((name, write) -> slots.computeIfPresent(name, (key, slot) -> {
                    if (slot.pendingOrder() != write.order()) {
                        return slot;
                    }
                    markReplaced(slot);
                    return slot.stored == null ? null : new Slot.Encoded(slot.stored);
                }));
        use.writes().clear();
    }

    /** The tracked value of this name if it is this very object. */
    @Nullable
    LiveValue liveWith(String name, Object object) {
        return slots.get(name) instanceof Slot.Live slot && slot.live.isOf(object) ? slot.live : null;
    }

    /** Whether a value of this name can be had: there is one and it could be decoded, if that was tried. */
    boolean isReadable(String name) {
        return isReadable(slots.get(name));
    }

    /** An object that becomes the value of that name; nothing was committed of it. */
    LiveValue newLive(String name, Object object) {
        return new LiveValue(name, object, form.codec().isImmutable(object));
    }

    ConcurrentHashMap<String, Slot> slots() {
        return slots;
    }

    StoredForm form() {
        return form;
    }

    Place place(String name) {
        return Place.ofAttribute(record, name);
    }

    SessionEvents events() {
        return events;
    }

    String record() {
        return record;
    }

    private @Nullable LiveValue liveValue(String name) {
        while (true) {
            Slot slot = slots.get(name);
            if (slot instanceof Slot.Live live) {
                return live.live;
            }
            if (!(slot instanceof Slot.Encoded encoded) || encoded.unreadable) {
                return null;
            }
            Slot decoded = SlotDecoder.decode(this, name, encoded);
            if (slots.replace(name, slot, decoded)) {
                return decoded instanceof Slot.Live live ? live.live : null;
            }
        }
    }

    private void put(String name, Object value, Use use) {
        Slot put = slots.compute(
                name, (key, old) -> Slot.Live.put(liveFor(name, value, old, use), old, writeOrder.incrementAndGet()));
        note(name, put, use);
    }

    private void remove(String name, Use use) {
        Slot removed = slots.computeIfPresent(name, (key, old) -> {
            markReplaced(old);
            return new Slot.Removed(old, writeOrder.incrementAndGet());
        });
        if (removed != null) {
            note(name, removed, use);
        }
    }

    /** Tells {@code use} of the put or removal that {@code slot} holds. */
    private static void note(String name, Slot slot, Use use) {
        use.wrote(name, new Use.Write(slot.pendingOrder(), slot instanceof Slot.Live put ? put.live : null));
    }

    /** Keeps the tracking of an object that is put again, so that putting what is already there is no change. */
    private LiveValue liveFor(String name, Object value, @Nullable Slot old, Use use) {
        if (old instanceof Slot.Live live && live.live.isOf(value)) {
            return live.live;
        }
        markReplaced(old);
        LiveValue superseded = use.handedOut(name, value);
        return superseded == null ? newLive(name, value) : superseded;
    }

    private boolean replaceIf(String name, @Nullable Object expected, UnaryOperator<Slot> replacement) {
        while (true) {
            LiveValue present = liveValue(name);
            if (present == null || !present.object.equals(expected)) {
                return false;
            }
            Slot slot = slots.get(name);
            if (slot instanceof Slot.Live live && live.live == present) {
                Slot written = replacement.apply(slot);
                if (slots.replace(name, slot, written)) {
                    present.markReplaced();
                    note(name, written, currentUse.get());
                    return true;
                }
            }
        }
    }

    private @Nullable Object previousOf(String name) {
        Slot slot = slots.get(name);
        if (slot instanceof Slot.Encoded encoded
                && !previousWanted.getAsBoolean()
                && !form.codec().isBindingListener(encoded.attribute.value())) {
            return null;
        }
        LiveValue live = liveValue(name);
        return live == null ? null : live.object;
    }

    private static boolean isReadable(@Nullable Slot slot) {
        return slot != null && slot.isReadable();
    }

    private boolean swap(String name, @Nullable Slot old, Slot replacement) {
        return old == null ? slots.putIfAbsent(name, replacement) == null : slots.replace(name, old, replacement);
    }

    private static void markReplaced(@Nullable Slot slot) {
        if (slot instanceof Slot.Live live) {
            live.live.markReplaced();
        }
    }
}
