package io.holdfast.tracking;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.events.SessionEvents;
import io.holdfast.sealing.Place;
import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.tracking.Use.Write;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private final Slots slots = new Slots();
    private final KnownObjects objects = new KnownObjects();
    private final SlotWriter writer;
    private final NewObjects newObjects = new NewObjects(this);

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
        this.writer = new SlotWriter(slots, objects, form.codec());
    }

    @Override
    public @Nullable Object get(Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        Use use = currentUse.get();
        while (true) {
            LiveValue live = liveValue(name);
            if (live == null) {
                return null;
            }
            if (live.isNew() && !use.hasPut(live)) {
                live.markShared(); // before the look whether it is still shown: whoever replaces it then sees this
            }
            newObjects.noteFor(use, live);
            use.handOut(live);
            boolean takenBack = live.isNew() && !isShown(live); // perhaps by somebody who has missed this use
            if (!takenBack) {
                if (use.isRefused()) {
                    decodeAgain(live); // what happens to the object is nobody else's
                }
                return live.object;
            }
        }
    }

    @Override
    public @Nullable Object put(String name, Object value) {
        Objects.requireNonNull(value, "value");
        Use use = currentUse.get();
        return write(name, slot -> writer.putIfUnchanged(name, slot, value, use));
    }

    @Override
    public @Nullable Object remove(Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        Use use = currentUse.get();
        return write(name, slot -> slot == null || writer.removeIfUnchanged(name, slot, use));
    }

    @Override
    public @Nullable Object putIfAbsent(String name, Object value) {
        Objects.requireNonNull(value, "value");
        Use use = currentUse.get();
        while (true) {
            Object present = get(name);
            if (present != null) {
                return present;
            }
            Slot slot = slots.get(name);
            if (!isReadable(slot) && writer.putIfUnchanged(name, slot, value, use)) {
                return null;
            }
        }
    }

    @Override
    public boolean remove(Object key, @Nullable Object expected) {
        return key instanceof String name
                && writeIf(name, expected, slot -> writer.removeIfUnchanged(name, slot, currentUse.get()));
    }

    @Override
    public boolean replace(String name, Object expected, Object value) {
        Objects.requireNonNull(value, "value");
        return writeIf(name, expected, slot -> writer.putIfUnchanged(name, slot, value, currentUse.get()));
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
        return (int) slots.all().values().stream().filter(Slot::isVisible).count();
    }

    @Override
    public boolean isEmpty() {
        return slots.all().values().stream().noneMatch(Slot::isVisible);
    }

    @Override
    public void clear() {
        keySet().forEach(this::remove);
    }

    @Override
    public Set<String> keySet() {
        return new AttributeNames(this, slots.all());
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AttributeEntries(this);
    }

    /** Stops tracking, for {@code use}, the objects that are no values of this map any more. */
    public void forgetSuperseded(Use use) {
        use.forgetHandedOut(live -> !isShown(live));
    }

    /**
     * Takes back these puts and removals of {@code use}, which has not committed them, and will not: the map shows what one of
     * {@code others} has written, which may still commit it, or what Redis was last seen to hold. Those that were committed, or
     * replaced by {@code use}, meanwhile are left alone.
     */
    void rollBack(Use use, Map<String, Write> writes, Collection<Use> others) {
        writes.forEach((name, write) -> {
            // first, so that somebody else's rollback does not bring this write back
            if (use.takeBack(name, write)) {
                writer.takeBack(name, write, others);
            }
        });
    }

    /** Whoever asks for the attribute next gets another object than this one, with what Redis was last seen to hold. */
    void decodeAgain(LiveValue live) {
        slots.changeIfPresent(
                live.name,
                slot -> slot instanceof Slot.Live shown
                                && shown.live.equals(live)
                                && !shown.isPending()
                                && shown.stored != null
                        ? new Slot.Encoded(shown.stored)
                        : slot);
    }

    /** What threads that work for no request have done with this object is not stored, because it is in doubt. */
    void tellInDoubt(LiveValue live) {
        String className = live.object.getClass().getName();
        NotEncodableException reason = new NotEncodableException(
                className,
                "the answer to a commit that was to write it was lost, so nobody knows whether Redis holds what is in it already."
                        + " Read the attribute again, or set a new object.",
                null);
        events.attributeNotStored(record, live.name, className, reason);
    }

    /** Names of values that only this node has, since they cannot be stored. */
    public List<String> localNames() {
        return slots.all().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Slot.Live live && live.localOnly)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Bytes of values in Redis that this node holds. */
    public long payloadBytes() {
        return slots.bytes();
    }

    /** As {@link #payloadBytes}, once these changes are in Redis. */
    public long payloadBytesBehind(Map<String, Change> changes) {
        long bytes = slots.bytes();
        for (Map.Entry<String, Change> entry : changes.entrySet()) {
            Slot slot = slots.get(entry.getKey());
            bytes += entry.getValue() instanceof Change.Put put ? put.value().size() : 0;
            bytes -= slot == null ? 0 : slot.bytes();
        }
        return bytes;
    }

    /** Whether there are values, or removals, that Redis does not know. */
    public boolean isLocal() {
        return slots.local() > 0;
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

    Slots slots() {
        return slots;
    }

    KnownObjects objects() {
        return objects;
    }

    NewObjects newObjects() {
        return newObjects;
    }

    StoredForm form() {
        return form;
    }

    Place place(String name) {
        return Place.ofAttribute(record, name);
    }

    /** Writes a value, given in its plain encoding, over what this node saw in version {@code base}. */
    Change.Put put(String name, EncodedValue plain, long base) {
        return new Change.Put(form.seal().seal(place(name), plain), base);
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

    /** Does {@code write} to the slot if its value equals {@code expected}; looks again when somebody got in between. */
    private boolean writeIf(String name, @Nullable Object expected, Predicate<Slot> write) {
        while (true) {
            LiveValue present = liveValue(name);
            if (present == null || !present.object.equals(expected)) {
                return false;
            }
            Slot slot = slots.get(name);
            if (slot instanceof Slot.Live live && live.live.equals(present) && write.test(slot)) {
                return true;
            }
        }
    }

    /**
     * Does {@code write} to the slot and returns the value that it replaced, to this caller alone; looks again when somebody got
     * in between.
     */
    private @Nullable Object write(String name, Predicate<@Nullable Slot> write) {
        while (true) {
            Object previous = previousOf(name);
            Slot slot = slots.get(name);
            boolean same =
                    slot instanceof Slot.Live live ? previous != null && live.live.isOf(previous) : previous == null;
            if (same && write.test(slot)) {
                return previous;
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

    boolean isShown(LiveValue live) {
        return live.equals(liveWith(live.name, live.object));
    }

    /**
     * Whether the application has taken the object out of the session. It has not, as long as what it has put in its place, or the
     * removal, is not committed: that may be refused, and then counts what was changed before.
     */
    boolean isOut(LiveValue live) {
        Slot slot = slots.get(live.name);
        return live.isReplaced() && (slot == null || !slot.displaced.contains(live));
    }

    private static boolean isReadable(@Nullable Slot slot) {
        return slot != null && slot.isReadable();
    }
}
