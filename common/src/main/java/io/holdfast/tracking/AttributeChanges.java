package io.holdfast.tracking;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.session.Change;
import io.holdfast.session.Conflict;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.Use.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one commit writes of a session's attributes: the puts and removals of a use, and the objects it was handed and
 * mutated in place. Captured before the commit; after it, {@link #applied} makes what was written the new baseline.
 *
 * <p>Guarded by the session's commit lock from capture to {@code applied}; the application goes on using the map meanwhile.
 * What it does then is not part of this commit and stays pending.
 */
public final class AttributeChanges {
    /**
     * One attribute of this commit.
     *
     * @param order of the put or removal; 0: mutated in place
     * @param live what the value is; null: removed
     * @param value its plain encoding; null: removed, or not stored
     * @param change what Redis is told; null: nothing, it has this value
     */
    private record Item(
            long order,
            @Nullable LiveValue live,
            @Nullable EncodedValue value,
            @Nullable Change change) {}

    private final AttributeMap map;
    private final List<Use> sources;
    private final Use unattributed;
    private final Collection<Use> running;
    private final Map<String, Write> writes = new HashMap<>();
    private final Map<String, Item> items = new HashMap<>();
    private final List<Conflict> superseded = new ArrayList<>();

    /** Objects that another thread was changing at every try, with the put that is left for the next commit, if any. */
    private final Map<LiveValue, @Nullable Write> busy = new HashMap<>();

    private AttributeChanges(AttributeMap map, Use use, Use unattributed, Collection<Use> running) {
        this.map = map;
        this.sources = List.of(use, unattributed);
        this.unattributed = unattributed;
        this.running = running;
    }

    /**
     * Looks at everything the uses wrote or were handed and encodes what may have changed. Runs the application's own
     * serialization methods, if it has any.
     *
     * @param use the committing use
     * @param unattributed what threads did that work for no request
     * @param running all uses of requests that have not ended
     */
    public static AttributeChanges capture(AttributeMap map, Use use, Use unattributed, Collection<Use> running) {
        AttributeChanges changes = new AttributeChanges(map, use, unattributed, running);
        for (Use source : changes.sources) {
            source.writes()
                    .forEach((name, write) -> changes.writes.merge(
                            name, write, (known, added) -> added.order() > known.order() ? added : known));
        }
        changes.writes.forEach(changes::captureWrite);
        for (Use source : changes.sources) {
            source.handedOut().forEach(changes::captureMutation);
        }
        return changes;
    }

    /** The changes by attribute name; empty when Redis already has everything. */
    public Map<String, Change> changes() {
        Map<String, Change> changes = new HashMap<>();
        items.forEach((name, item) -> {
            if (item.change() != null) {
                changes.put(name, item.change());
            }
        });
        return changes;
    }

    /**
     * The version of the record that all changes are based on: the one this node holds, or an older one when a request
     * changed something it was handed before a refresh. Commits between that and the record's version may conflict.
     */
    public long baseVersion(long heldVersion) {
        long base = heldVersion;
        for (Map.Entry<String, Item> entry : items.entrySet()) {
            Change change = entry.getValue().change();
            Slot slot = map.slots().get(entry.getKey());
            boolean outdated = slot != null && slot.overtaken;
            if (change != null && (outdated || change.baseVersion() != (slot == null ? 0 : slot.baseVersion()))) {
                base = Math.min(base, change.baseVersion());
            }
        }
        return base;
    }

    /** The values by attribute name, for a record that does not exist yet. */
    public Map<String, EncodedValue> initialValues() {
        Map<String, EncodedValue> values = new HashMap<>();
        items.forEach((name, item) -> {
            if (item.change() instanceof Change.Put put) {
                values.put(name, put.value());
            }
        });
        return values;
    }

    /** Objects that were mutated, but had lost their place in the session to another object that this commit writes. */
    public List<Conflict> supersededMutations() {
        return superseded;
    }

    /**
     * The record holds what was captured. What could not be captured is left to the next commit.
     *
     * @param version the version of the record that this commit made
     */
    public void applied(long version) {
        items.forEach((name, item) -> {
            StoredAttribute stored =
                    item.change() instanceof Change.Put put ? new StoredAttribute(put.value(), version) : null;
            map.slots()
                    .compute(
                            name,
                            (key, slot) -> item.live() == null
                                    ? afterRemoval(item, slot)
                                    : afterPut(item, item.live(), stored, slot));
            if (item.order() > 0) {
                sources.forEach(use -> use.forgetHandedOutBut(name, item.live()));
                sources.forEach(use -> use.forgetWrite(name, item.order()));
                running.forEach(use -> use.forgetWrite(name, item.order()));
            }
        });
        busy.forEach(this::leaveToNextCommit);
    }

    private void leaveToNextCommit(LiveValue live, @Nullable Write write) {
        if (write == null) {
            unattributed.handOut(live);
        } else {
            sources.forEach(use -> use.forgetWrite(live.name, write.order()));
            unattributed.wrote(live.name, write);
        }
    }

    private void captureWrite(String name, Write write) {
        Slot slot = map.slots().get(name);
        long base = baseOf(name, slot);
        LiveValue live = write.live();
        if (live == null) {
            items.put(name, new Item(write.order(), null, null, removalOf(slot, base)));
            return;
        }
        if (!map.form().shares(name, live.object)) {
            items.put(name, new Item(write.order(), live, null, removalOf(slot, base)));
            return;
        }
        try {
            EncodedValue value = PatientEncoder.encode(map.form().codec(), live.object);
            if (value == null) {
                busy(live, write);
                return;
            }
            boolean known = slot != null && base == slot.baseVersion() && value.equals(knownValue(live, slot));
            items.put(name, new Item(write.order(), live, value, known ? null : put(name, value, base)));
        } catch (NotEncodableException e) {
            map.events()
                    .attributeNotStored(
                            map.record(), name, live.object.getClass().getName(), e);
            items.put(name, new Item(write.order(), live, null, removalOf(slot, base)));
        }
    }

    /** An object that was taken out of the session and put back is followed in its new place. */
    private void captureMutation(LiveValue handedOut) {
        LiveValue live = handedOut.isReplaced() ? map.liveWith(handedOut.name, handedOut.object) : handedOut;
        EncodedValue baseline = live == null ? null : live.baseline();
        if (live == null || baseline == null || writes.containsKey(live.name)) {
            return;
        }
        try {
            EncodedValue value = PatientEncoder.encode(map.form().codec(), live.object);
            if (value == null) {
                busy(live, null);
            } else if (!value.equals(baseline)) {
                Item mutated = new Item(0, live, value, put(live.name, value, live.version()));
                items.merge(live.name, mutated, this::choose);
            }
        } catch (NotEncodableException e) {
            map.events()
                    .attributeNotStored(
                            map.record(), live.name, live.object.getClass().getName(), e);
        }
    }

    /** Of two mutated objects of one attribute the one that requests get now is written; the other's change is reported. */
    private Item choose(Item one, Item other) {
        LiveValue first = requireLive(one);
        LiveValue second = requireLive(other);
        if (first == second) {
            return one;
        }
        boolean firstWins = holds(map.slots().get(first.name), first)
                || (!holds(map.slots().get(second.name), second) && first.version() >= second.version());
        LiveValue loser = firstWins ? second : first;
        LiveValue winner = firstWins ? first : second;
        loser.markReplaced();
        superseded.add(new Conflict(loser.name, loser.version(), winner.version()));
        return firstWins ? one : other;
    }

    /**
     * The version a write is based on: what this node last saw in Redis, or something older if that is what the request was
     * handed before another request of this node brought a newer value.
     */
    private long baseOf(String name, @Nullable Slot slot) {
        long base = slot == null ? 0 : slot.baseVersion();
        for (Use source : sources) {
            for (LiveValue live : source.handedOut()) {
                if (live.name.equals(name) && !live.isReplaced() && live.version() > 0) {
                    base = Math.min(base, live.version());
                }
            }
        }
        return base;
    }

    /** What Redis has, as this node would encode it; null: nothing, not known, or sealed with a key that is on its way out. */
    private @Nullable EncodedValue knownValue(LiveValue live, Slot slot) {
        if (slot.stored == null || !map.form().seal().isCurrent(slot.stored.value())) {
            return null;
        }
        EncodedValue baseline = live.baseline();
        return baseline != null && live.version() == slot.baseVersion()
                ? baseline
                : map.form().plain(map.place(live.name), slot.stored.value());
    }

    private Change put(String name, EncodedValue plain, long base) {
        return new Change.Put(map.form().seal().seal(map.place(name), plain), base);
    }

    /** Nothing where Redis holds nothing. */
    private static @Nullable Change removalOf(@Nullable Slot slot, long base) {
        return slot != null && slot.stored != null ? new Change.Remove(base) : null;
    }

    /** Left to the request that is changing the object, which will commit it; reported if nobody is. */
    private void busy(LiveValue live, @Nullable Write write) {
        busy.put(live, write);
        if (running.stream()
                .anyMatch(use -> !sources.contains(use) && use.handedOut().contains(live))) {
            return;
        }
        map.events()
                .attributeBusy(map.record(), live.name, live.object.getClass().getName());
    }

    private static Slot afterPut(Item item, LiveValue live, @Nullable StoredAttribute written, @Nullable Slot slot) {
        boolean encoded = item.value() != null;
        StoredAttribute stored = written != null || slot == null || !encoded ? written : slot.stored;
        if (stored != null) {
            live.committed(item.value(), stored.version());
        }
        if (slot != null && isLaterWrite(slot, item.order())) {
            return slot.on(stored);
        }
        return stored == null ? Slot.Live.localOnly(live) : Slot.Live.clean(live, stored);
    }

    private static @Nullable Slot afterRemoval(Item item, @Nullable Slot slot) {
        return slot != null && isLaterWrite(slot, item.order()) ? slot.on(null) : null;
    }

    private static boolean isLaterWrite(Slot slot, long order) {
        return (slot instanceof Slot.Live live && live.pendingOrder > order)
                || (slot instanceof Slot.Removed removed && removed.order > order);
    }

    private static boolean holds(@Nullable Slot slot, LiveValue live) {
        return slot instanceof Slot.Live current && current.live == live;
    }

    private static LiveValue requireLive(Item item) {
        LiveValue live = item.live();
        if (live == null) {
            throw new IllegalStateException("a mutation has an object");
        }
        return live;
    }
}
