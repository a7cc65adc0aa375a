package io.holdfast.tracking;

import io.holdfast.session.Change;
import io.holdfast.session.CommitResult;
import io.holdfast.session.Conflict;
import io.holdfast.session.EncodedValue;
import io.holdfast.session.StoredAttribute;
import io.holdfast.tracking.Use.Base;
import io.holdfast.tracking.Use.Write;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one commit writes of a session's attributes: the puts and removals of a use, and the objects it was handed and
 * mutated in place. Captured before the commit; after it, {@link #applied} makes what was written the new baseline.
 *
 * <p>Guarded by the session's commit lock from capture to {@code applied}; the application goes on using the map meanwhile.
 * What it does then is not part of this commit and stays pending.
 */
public final class AttributeChanges {
    private final AttributeMap map;
    private final List<Use> sources;
    private final Use unattributed;
    private final Collection<Use> running;
    private final Basis basis;
    private final AttributeCapture capture;
    private final Map<String, CapturedChange> items;
    private final Map<String, Decision> decisions = new HashMap<>();

    private AttributeChanges(AttributeMap map, Collection<Use> uses, Use unattributed, Collection<Use> running) {
        this.map = map;
        this.sources = AttributeCapture.sources(uses, unattributed);
        this.unattributed = unattributed;
        this.running = running;
        this.basis = new Basis(unattributed);
        this.capture = new AttributeCapture(map, uses, unattributed, running);
        this.items = capture.captured();
    }

    /**
     * Looks at everything the uses wrote or were handed and encodes what may have changed. Runs the application's own
     * serialization methods, if it has any.
     *
     * @param committing uses, several only if they {@linkplain JointUses go together}
     * @param unattributed what threads did that work for no request
     * @param running all uses of requests that have not ended
     */
    public static AttributeChanges capture(
            AttributeMap map, Collection<Use> committing, Use unattributed, Collection<Use> running) {
        return new AttributeChanges(map, committing, unattributed, running);
    }

    /** The changes by attribute name; empty when Redis already has everything. */
    public Map<String, Change> changes() {
        Map<String, Change> changes = new HashMap<>();
        items.forEach((name, item) -> {
            Decision decision = decisions.get(name);
            Change change = decision == null ? item.change() : decision.change();
            if (change != null) {
                changes.put(name, change);
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
        for (Map.Entry<String, CapturedChange> entry : items.entrySet()) {
            Change change = entry.getValue().change();
            Slot slot = map.slots().get(entry.getKey());
            boolean outdated = slot != null && slot.isOvertaken();
            if (change != null && (outdated || change.baseVersion() != (slot == null ? 0 : slot.baseVersion()))) {
                base = Math.min(base, change.baseVersion());
            }
        }
        return base;
    }

    /** Whether a committing use has an object in doubt, so that nothing of it can be stored. */
    boolean isInDoubt() {
        return capture.isInDoubt();
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

    /** Merges changes of several objects of one attribute. */
    public interface OwnMerge {
        /**
         * Merges that of an older object into that of the newest, and of others that were merged into that before.
         *
         * @param conflict the attribute, and the versions that the older and the newest one are based on
         * @param clash ours: the older one
         * @return in its plain encoding; null: the older one is given up
         */
        @Nullable
        EncodedValue merge(Conflict conflict, Clash clash);
    }

    /** Makes one change of those of several objects of one attribute, which is based on what the newest of them is based on. */
    public void mergeOwn(OwnMerge merge) {
        items.replaceAll((name, item) -> {
            CapturedChange merged = item;
            for (CapturedChange older : item.older()) {
                EncodedValue value = merge.merge(
                        new Conflict(name, older.baseVersion(), item.baseVersion()),
                        new Clash(bases(name, older), older.written(), merged.written() == null, merged.written()));
                merged =
                        value == null ? merged : merged.holding(older, value, map.put(name, value, item.baseVersion()));
            }
            return merged;
        });
    }

    /** The object that is written; null: the attribute is removed. */
    public @Nullable Object value(String attribute) {
        CapturedChange item = requireItem(attribute);
        return item.live() == null || item.value() == null ? null : item.live().object;
    }

    /**
     * What a conflict is about, to decide on it: our changes, if it is of several objects, in the order in which they are to be merged.
     * Also when it was decided before, and another commit came in between.
     */
    public List<Clash> clashes(CommitResult.Found found) {
        String name = found.conflict().attribute();
        StoredAttribute theirs = found.theirs();
        EncodedValue plain = theirs == null ? null : map.form().plain(map.place(name), theirs.value());
        return requireItem(name).heldChanges().stream()
                .map(ours -> new Clash(bases(name, ours), ours.written(), theirs == null, plain))
                .toList();
    }

    /** Ours is written all the same. {@code version} is that of the record in which the conflict was found. */
    public void overwrite(CommitResult.Found found, long version) {
        Change ours = requireItem(found.conflict().attribute()).change();
        long base = found.theirs() == null ? 0 : version; // what is not there conflicts again only if somebody sets it
        Change rebased = ours instanceof Change.Put put ? new Change.Put(put.value(), base) : new Change.Remove(base);
        decisions.put(found.conflict().attribute(), new Decision.Overwrite(rebased));
    }

    /** Theirs stays, ours is dropped. */
    public void giveWay(CommitResult.Found found) {
        decisions.put(found.conflict().attribute(), new Decision.GiveWay(found.theirs()));
    }

    /** Whether theirs stays anywhere. */
    public boolean gaveWay() {
        return decisions.values().stream().anyMatch(Decision.GiveWay.class::isInstance);
    }

    /** A third value, in its plain encoding, is written, which holds the changes of both. */
    public void merge(CommitResult.Found found, EncodedValue merged, long version) {
        String name = found.conflict().attribute();
        decisions.put(name, new Decision.Merge(map.put(name, merged, version)));
    }

    /**
     * The record holds what was captured. What could not be captured is left to the next commit.
     *
     * @param version the version of the record that this commit made
     */
    public void applied(long version) {
        capture.inVain().forEach((name, item) -> applied(name, item, null, version));
        items.forEach((name, item) -> applied(name, item, decisions.get(name), version));
        capture.busy().forEach(this::leaveToNextCommit);
    }

    /** Whether Redis is told nothing of the attribute, because this write changes nothing there. */
    boolean isInVain(String name, Write write) {
        CapturedChange item = items.get(name);
        return item != null && item.change() == null && item.covers(write) && !decisions.containsKey(name);
    }

    /** What is captured of these attributes is not going to be {@link #applied}, whatever becomes of the commit. */
    void letGo(Set<String> names) {
        items.keySet().removeAll(names);
        capture.inVain().keySet().removeAll(names);
    }

    /** Whoever asks for one of the attributes next gets another object than those that were changed. */
    public void decodeAgain() {
        objects().forEach(map::decodeAgain);
    }

    /** Those that were put or changed. */
    Set<LiveValue> objects() {
        return items.values().stream()
                .flatMap(item -> item.objects().stream())
                .map(CapturedChange::live)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private void applied(String name, CapturedChange item, @Nullable Decision decision, long version) {
        if (item.isPutAgainInVain()) {
            takeBack(name, item.order());
            return;
        }
        if (item.write() != null) { // first, so that nobody's rollback brings back as pending what is committed
            forgetReplaced(name, item.write());
        }
        Slot before = map.slots().get(name);
        map.slots().change(name, slot -> item.committed(decision, slot, version));
        if (before != null) {
            before.displaced.stream().filter(this::isGivenUp).forEach(map.objects()::forget);
        }
    }

    /** Whether the application has taken the object out for good, and no use was handed it: nobody will want to know what it was. */
    private boolean isGivenUp(LiveValue live) {
        return map.isOut(live)
                && !map.isShown(live)
                && !live.isInDoubt()
                && !unattributed.handedOut().contains(live)
                && running.stream().noneMatch(use -> use.handedOut().contains(live));
    }

    /** Also what has replaced others before, on this node, and is replaced itself by what was committed. */
    private void forgetReplaced(String name, Write committed) {
        sources.forEach(use -> forgetReplaced(use, name, committed));
        sources.forEach(use -> forgetUpTo(use, name, committed));
        running.forEach(use -> forgetUpTo(use, name, committed));
    }

    private void forgetUpTo(Use use, String name, Write committed) {
        Write known = use.writes().get(name);
        if (known != null && known.order() <= committed.order()) {
            forgetReplaced(use, name, known);
        }
        use.forgetWrite(name, committed.order());
    }

    private void forgetReplaced(Use use, String name, Write write) {
        use.forgetReplaced(name, live -> basis.isReplaced(live, use, write));
    }

    /** As if it had never been put: what another request has put before, or Redis holds, is the value again. */
    private void takeBack(String name, long order) {
        Set<Use> others = new HashSet<>(running);
        others.add(unattributed);
        for (Use source : sources) {
            Write write = source.writes().get(name);
            if (write != null && write.order() == order) {
                map.rollBack(source, Map.of(name, write), others);
            }
        }
    }

    private void leaveToNextCommit(LiveValue live, @Nullable Write write) {
        if (write == null) {
            unattributed.watch(live);
        } else {
            sources.forEach(use -> use.forgetWrite(live.name, write.order()));
            unattributed.wrote(live.name, write);
        }
    }

    /** The oldest, and newer ones that a new object may have been made of as well. */
    private List<Optional<EncodedValue>> bases(String name, CapturedChange item) {
        EncodedValue oldest = base(name, item);
        Stream<Optional<EncodedValue>> first =
                oldest != null || isFirst(item) ? Stream.of(Optional.ofNullable(oldest)) : Stream.of();
        if (item.write() == null || item.live() == null || item.live().isKnown()) {
            return first.toList();
        }
        Stream<Optional<EncodedValue>> known = Stream.concat(
                        basis.known(name, item.write()).stream(),
                        item.write().madeOf().stream().map(Base::new))
                .filter(base -> base.version() >= item.baseVersion())
                .sorted(Comparator.comparingLong(Base::version))
                .map(Base::baseline)
                .filter(Objects::nonNull)
                .map(Optional::of);
        return Stream.concat(first, known).distinct().toList();
    }

    /** The value in its plain encoding that a change is based on; null: none, or this node does not have it any more. */
    private @Nullable EncodedValue base(String name, CapturedChange item) {
        Change change = item.change();
        LiveValue live = item.live();
        if (change == null || change.baseVersion() == 0) {
            return null;
        }
        if (live != null
                && (item.write() == null || (live.version() == change.baseVersion() && live.baseline() != null))) {
            return live.baseline();
        }
        if (item.seen() != null && item.seen().baseVersion() == change.baseVersion()) {
            StoredAttribute stored = item.seen().stored;
            return stored == null ? null : map.form().plain(map.place(name), stored.value());
        }
        Stream<Base> written = item.write() == null ? Stream.of() : item.write().bases().stream();
        Stream<Base> handedOut = Stream.concat(sources.stream(), running.stream())
                .flatMap(source -> source.handedOut().of(name).stream())
                .map(Base::new);
        return Stream.concat(written, handedOut)
                .filter(known -> known.version() == change.baseVersion())
                .map(Base::baseline)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether nobody had set the attribute when this change was made. */
    private static boolean isFirst(CapturedChange item) {
        return item.change() != null && item.change().baseVersion() == 0;
    }

    private CapturedChange requireItem(String name) {
        CapturedChange item = items.get(name);
        if (item == null) {
            throw new IllegalStateException("a conflict is about a captured attribute");
        }
        return item;
    }
}
