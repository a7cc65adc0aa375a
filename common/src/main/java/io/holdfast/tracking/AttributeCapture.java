package io.holdfast.tracking;

import static java.util.Objects.requireNonNull;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.session.Change;
import io.holdfast.session.EncodedValue;
import io.holdfast.tracking.Use.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that some uses wrote or were handed and encodes what may have changed. Runs the application's own
 * serialization methods, if it has any. Guarded by the session's commit lock.
 */
final class AttributeCapture {
    private final AttributeMap map;
    private final List<Use> sources;
    private final Use threads;
    private final Basis basis;
    private final Collection<Use> running;
    private final Map<String, Write> writes = new HashMap<>();
    private final Map<String, CapturedChange> captured = new HashMap<>();

    /** Puts and removals that change nothing in Redis, where an object of the attribute was changed besides. */
    private final Map<String, CapturedChange> inVain = new HashMap<>();

    /** Objects that another thread was changing at every try, with the put that is left for the next commit, if any. */
    private final Map<LiveValue, @Nullable Write> busy = new HashMap<>();

    private boolean inDoubt;

    AttributeCapture(AttributeMap map, Collection<Use> uses, Use threads, Collection<Use> running) {
        this.map = map;
        this.sources = sources(uses, threads);
        this.threads = threads;
        this.basis = new Basis(threads);
        this.running = running;
        List<Use> all = new ArrayList<>(List.of(threads));
        all.addAll(running);
        sources.forEach(source -> map.newObjects().adopt(source, all));
        for (Use source : sources) {
            source.writes().forEach((name, write) -> {
                if (!isLeftOut(source, name, write)) {
                    writes.merge(name, write, (known, added) -> added.order() > known.order() ? added : known);
                }
            });
        }
        writes.forEach(this::captureWrite);
        for (Use source : sources) {
            source.handedOut().forEach(live -> captureMutation(live, source));
        }
    }

    /** By attribute name. */
    Map<String, CapturedChange> captured() {
        return captured;
    }

    /** Puts and removals that come before what is captured of these attributes, and that Redis is told nothing of. */
    Map<String, CapturedChange> inVain() {
        return inVain;
    }

    /** What could not be captured, with the put that is left for the next commit, if any. */
    Map<LiveValue, @Nullable Write> busy() {
        return busy;
    }

    /** Whether a use has an object in doubt, so that nothing of it can be stored. What threads do with such objects is given up. */
    boolean isInDoubt() {
        return inDoubt;
    }

    /** First of all, so that what threads have put, and is given up, does not hide what the use has put. */
    private boolean isLeftOut(Use source, String name, Write write) {
        if (write.live() == null || !isLeftOut(write.live(), source)) {
            return false;
        }
        if (source == threads) {
            giveUp(name, write);
        }
        return true;
    }

    /** Changes may be in it that the record holds already. */
    private boolean isLeftOut(LiveValue live, Use holder) {
        if (!live.isInDoubt()) {
            return false;
        }
        inDoubt |= holder != threads;
        return true;
    }

    private void captureWrite(String name, Write write) {
        Slot slot = map.slots().get(name);
        LiveValue live = write.live();
        long base = live != null && live.isKnown() ? live.version() : baseOf(name, write, slot);
        if (live == null) {
            captured.put(name, new CapturedChange(write, null, null, removalOf(slot, base), slot));
            return;
        }
        if (!map.form().shares(name, live.object)) {
            captured.put(name, new CapturedChange(write, live, null, removalOf(slot, base), slot));
            return;
        }
        try {
            EncodedValue value = PatientEncoder.encode(map.form().codec(), live.object);
            if (value == null) {
                busy(live, write);
                return;
            }
            boolean known =
                    slot != null && (isKnownAsIs(live, value, base, slot) || isPutAgainAsItWas(live, value, slot));
            captured.put(name, new CapturedChange(write, live, value, known ? null : map.put(name, value, base), slot));
        } catch (NotEncodableException e) {
            map.events()
                    .attributeNotStored(
                            map.record(), name, live.object.getClass().getName(), e);
            captured.put(name, new CapturedChange(write, live, null, removalOf(slot, base), slot));
        }
    }

    private void giveUp(String name, Write write) {
        map.rollBack(threads, Map.of(name, write), running);
        map.tellInDoubt(requireNonNull(write.live()));
    }

    /** An object that was taken out of the session and put back is followed in its new place. */
    private void captureMutation(LiveValue handedOut, Use holder) {
        if (isLeftOut(handedOut, holder)) {
            return;
        }
        LiveValue live = map.isOut(handedOut) ? map.liveWith(handedOut.name, handedOut.object) : handedOut;
        EncodedValue baseline = live == null ? null : live.baseline();
        if (live == null || baseline == null || isLeftOut(live, holder) || isCoveredByWrite(live, holder)) {
            return;
        }
        try {
            EncodedValue value = PatientEncoder.encode(map.form().codec(), live.object);
            if (value == null) {
                busy(live, null);
            } else if (!value.equals(baseline)) {
                CapturedChange mutated = new CapturedChange(
                        null,
                        live,
                        value,
                        map.put(live.name, value, live.version()),
                        map.slots().get(live.name));
                captured.merge(live.name, mutated, (known, added) -> both(live.name, known, added));
            }
        } catch (NotEncodableException e) {
            map.events()
                    .attributeNotStored(
                            map.record(), live.name, live.object.getClass().getName(), e);
        }
    }

    private boolean isCoveredByWrite(LiveValue mutated, Use holder) {
        Write write = writes.get(mutated.name);
        return write != null && (mutated.equals(write.live()) || basis.isReplaced(mutated, holder, write));
    }

    private CapturedChange both(String name, CapturedChange known, CapturedChange mutated) {
        if (known.change() == null) {
            inVain.put(name, known);
            return mutated;
        }
        return known.objects().stream().anyMatch(object -> Objects.equals(object.live(), mutated.live()))
                ? known
                : known.and(mutated);
    }

    /**
     * The version that a removal, or a put of another object, is based on: that of the slot, or something older if that is what
     * was handed out to who has written it, before another request of this node brought a newer value. To a request that was handed
     * none, a thread that works for it may have told what it was handed.
     */
    private long baseOf(String name, Write write, @Nullable Slot slot) {
        return Math.min(slot == null ? 0 : slot.baseVersion(), basis.oldestVersion(name, write));
    }

    private boolean isKnownAsIs(LiveValue live, EncodedValue value, long base, Slot slot) {
        return !slot.isOvertaken() && base == slot.baseVersion() && value.equals(knownValue(live, slot));
    }

    /** Who puts an object again without having changed it does not overwrite what others have made of the attribute meanwhile. */
    private static boolean isPutAgainAsItWas(LiveValue live, EncodedValue value, Slot slot) {
        return live.isKnown() && slot.latest != null && value.equals(live.baseline());
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

    /** These, and what threads did that work for no request. */
    static List<Use> sources(Collection<Use> uses, Use threads) {
        List<Use> sources = new ArrayList<>(uses);
        sources.add(threads);
        return sources;
    }
}
