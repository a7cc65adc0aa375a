package io.holdfast.tracking;

import static java.util.Objects.requireNonNull;

import io.holdfast.session.EncodedValue;
import io.holdfast.session.LeaseToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One request's use of one session, from its first look at the session until it has ended: what it was handed and what it
 * put and removed. A commit writes what one use changed and nothing of the uses that are still running, so that two
 * attributes set by one request are never seen half.
 *
 * <p>An object that a use was handed stays tracked until the use ends, even when a refresh replaced it in the map.
 *
 * <p>Safe for use by many threads: an asynchronous request works in several.
 */
public final class Use {
    /**
     * A put or a removal that is not committed.
     *
     * @param order number among all puts and removals of the session on this node
     * @param live what was put; null: removed
     * @param by who has made it what it is: the first to put it, even if others put it again, or commit it
     * @param madeOf what that one was handed last before, and what that was made of
     * @param bases what that one was handed, as the record held it then: who commits a change of it later does not change what this was
     *     made of
     */
    record Write(long order, @Nullable LiveValue live, Use by, Set<LiveValue> madeOf, List<Base> bases) {}

    /**
     * A value that some record has held.
     *
     * @param live the object that it was on this node
     * @param version of that record
     * @param baseline its plain encoding; null: it is not known, or the object cannot change in place
     */
    record Base(LiveValue live, long version, @Nullable EncodedValue baseline) {
        Base(LiveValue live) {
            this(live, live.version(), live.baseline());
        }
    }

    /**
     * An object that somebody else has put, and not committed, when this use was handed it.
     *
     * @param asItWas then; empty: that is not known
     * @param by who has put it
     */
    record NewObject(Optional<EncodedValue> asItWas, Use by) {}

    private record Guard(LeaseToken token, Runnable whenEnded) {}

    /** What is noted of objects and attributes. A session has a use for threads that nearly never notes anything. */
    private static final class Notes {
        /** Those of whoever has noted nothing. Nothing is ever added. */
        static final Notes NONE = new Notes();

        final HandedOut handedOut = new HandedOut();
        final Map<String, LiveValue> lastHandedOut = new ConcurrentHashMap<>();
        final Map<String, Write> writes = new ConcurrentHashMap<>();
        final Set<LiveValue> suspects = ConcurrentHashMap.newKeySet();

        /** New objects this use has put, others were handed, and it has replaced or removed itself before they were committed. */
        final Map<LiveValue, Write> withdrawn = new ConcurrentHashMap<>();

        /** Names of values that this use was handed and has forgotten. */
        final Set<String> forgotten = ConcurrentHashMap.newKeySet();

        final Map<LiveValue, NewObject> newOfOthers = new ConcurrentHashMap<>();
    }

    private static final Collection<Use> NOBODY = List.of();

    private final AtomicReference<@Nullable Guard> guard = new AtomicReference<>();
    private volatile Notes notes = Notes.NONE;
    private volatile Collection<Use> worksFor = NOBODY;
    private volatile boolean validated;
    private volatile boolean incomplete;
    private volatile boolean inDoubt;
    private volatile boolean refused;
    private volatile boolean outsideApplication;
    private volatile @Nullable Use heir;
    private volatile String requestUri = "";

    /** Whether this use has seen the record, so that the local copy may be used without asking again. */
    public boolean isValidated() {
        return validated;
    }

    /** This use has seen the record. */
    public void markValidated() {
        validated = true;
    }

    /** What may have been changed for this use was dropped: it must not be stored without that. */
    void markIncomplete() {
        incomplete = true;
    }

    /** Whether {@link #markIncomplete} was called. */
    public boolean isIncomplete() {
        return incomplete;
    }

    /**
     * Nobody knows what the record holds of what this use was handed: it is incomplete, as is any other that is handed a new object which
     * this one puts. Of threads that work for no request, so are all requests that they may work for.
     */
    void markInDoubt() {
        if (worksFor == NOBODY) {
            inDoubt = true;
            markIncomplete();
        } else {
            worksFor.forEach(Use::markInDoubt);
        }
    }

    /** Nothing of this use is stored from now on; what it is handed may be changed all the same. */
    void markRefused() {
        refused = true;
    }

    /** Whether {@link #markRefused} was called. */
    public boolean isRefused() {
        return refused;
    }

    /** Nobody watches these objects any more, and they may have been changed for this use. */
    void suspect(Collection<LiveValue> dropped) {
        if (!dropped.isEmpty()) {
            ownNotes().suspects.addAll(dropped);
        }
    }

    /** Objects that make this use incomplete if they are changed. */
    Set<LiveValue> suspects() {
        return notes.suspects;
    }

    /** Path of the request this use is for; empty: of none. */
    public String requestUri() {
        return requestUri;
    }

    /** Tells for which request this use is, in reports of conflicts. */
    public void setRequestUri(String path) {
        requestUri = path;
    }

    /**
     * Ties this use to a lease of the session.
     *
     * @param token without which nothing that this use changed may be written
     * @param whenEnded told once, when this use has ended
     */
    public void guard(LeaseToken token, Runnable whenEnded) {
        guard.set(new Guard(token, whenEnded));
    }

    /** The lease this use is tied to; null: none. */
    public @Nullable LeaseToken lease() {
        Guard known = guard.get();
        return known == null ? null : known.token();
    }

    /** What this use does, it does for one of these requests, or for none: whatever they were handed, it may have got from them. */
    void mayWorkFor(Collection<Use> requests) {
        worksFor = requests;
    }

    /**
     * Tells that the thread which commits this use has left the application, and holds none of its locks: while it waits, another thread
     * may encode what the application has changed, which may take these.
     */
    public void setOutsideApplication(boolean outside) {
        outsideApplication = outside;
    }

    /** What {@link #setOutsideApplication} was told last; false: nothing. */
    public boolean isOutsideApplication() {
        return outsideApplication;
    }

    /** This use has ended; its lease is not needed any more. */
    public void end() {
        Guard known = guard.getAndSet(null);
        if (known != null) {
            known.whenEnded().run();
        }
    }

    /** This use ends: what threads still do for it, though they should have been done with it, they do for {@code other}. */
    void endInFavourOf(Use other) {
        heir = other;
    }

    /** This use, or the one whose is what threads still do for this one since it has ended. */
    public Use orHeir() {
        Use other = heir;
        return other == null ? this : other;
    }

    void handOut(LiveValue live) {
        Notes own = ownNotes();
        own.lastHandedOut.put(live.name, live);
        own.handedOut.add(live);
        if (live.isInDoubt()) {
            markInDoubt();
        }
        Use owner = orHeir(); // behind the note, which whoever ends this use either sees or leaves to us
        if (owner != this) {
            owner.handOut(live);
        }
    }

    /** This use may change the object, though it was not handed it by the map. */
    void watch(LiveValue live) {
        ownNotes().handedOut.add(live);
        Use owner = orHeir(); // as above
        if (owner != this) {
            owner.watch(live);
        }
    }

    /** Nobody watches these objects for this use any more. */
    void forgetHandedOut(Predicate<LiveValue> which) {
        notes.handedOut.removeIf(which);
        notes.lastHandedOut.values().removeIf(which);
    }

    /** The object that this use was handed last under that name; null: none, or it is forgotten. */
    @Nullable
    LiveValue lastHandedOut(String name) {
        return notes.lastHandedOut.get(name);
    }

    /** What happens to objects this use was handed is no change of the session from now on. */
    public void forgetHandedOut() {
        forgetHandedOut(live -> true);
    }

    void wrote(String name, Write write) {
        ownNotes().writes.merge(name, write, this::later);
        if (write.live() != null) {
            watch(write.live());
            // behind the note, which whoever has just said so either sees or leaves to us
            if (write.by() == this && write.live().isNew() && isMadeInDoubt(write)) {
                write.live().markInDoubt();
            }
        }
        Use owner = orHeir(); // behind the note, as above
        if (owner != this && notes.writes.remove(name, write)) {
            owner.wrote(name, write);
        }
    }

    private boolean isMadeInDoubt(Write write) {
        return inDoubt || write.madeOf().stream().anyMatch(LiveValue::isInDoubt);
    }

    private Write later(Write known, Write added) {
        boolean isLater = added.order() > known.order();
        Write later = isLater ? added : known;
        Write earlier = isLater ? known : added;
        LiveValue replaced = earlier.live();
        if (replaced != null && replaced.version() == 0 && !replaced.equals(later.live())) {
            // only what others were handed: a request that sets an attribute all the time must not keep all its values
            if (replaced.isNew() && replaced.isShared()) {
                notes.withdrawn.put(replaced, earlier);
            } else {
                notes.handedOut.remove(replaced);
            }
        }
        return later;
    }

    /** New objects that were put and are not committed, also those which this use has replaced or removed itself. */
    Set<LiveValue> newlyPut() {
        Set<LiveValue> put = new HashSet<>();
        notes.withdrawn.keySet().stream()
                .filter(LiveValue::isNew)
                .forEach(put::add); // another request may have committed it
        for (Write write : notes.writes.values()) {
            if (write.live() != null && write.live().isNew()) {
                put.add(write.live());
            }
        }
        return put;
    }

    /** Whether it has put this object, and the put is neither committed nor replaced by another write of this use. */
    boolean hasPut(LiveValue live) {
        Write write = notes.writes.get(live.name);
        return write != null && live.equals(write.live());
    }

    /** Whether it has replaced or removed itself what it had put, and others were handed. */
    boolean hasWithdrawn() {
        return !notes.withdrawn.isEmpty();
    }

    /** The put of this object that is not committed, also if this use has replaced or removed it itself; null: there is none. */
    @Nullable
    Write putOf(LiveValue live) {
        Write write = notes.writes.get(live.name);
        return write != null && live.equals(write.live()) ? write : notes.withdrawn.get(live);
    }

    /** This use is about to be handed an object that somebody else has put; whether that was not noted yet. */
    boolean noteNewOfOther(LiveValue live, NewObject asItWas) {
        return ownNotes().newOfOthers.putIfAbsent(live, asItWas) == null;
    }

    /** Objects that others had put, and not committed, when this use was handed them. */
    Map<LiveValue, NewObject> newOfOthers() {
        return notes.newOfOthers;
    }

    /** Requests this use may work for. */
    Collection<Use> worksFor() {
        return worksFor;
    }

    /** Whether it was handed a value of that name, or has put or removed it. */
    public boolean knows(String name) {
        return notes.writes.containsKey(name) || !notes.handedOut.of(name).isEmpty();
    }

    /** Whether there is anything a commit would look at. */
    public boolean isEmpty() {
        return notes.handedOut.isEmpty() && notes.writes.isEmpty();
    }

    /** Whether it has put or removed something that is not committed. */
    public boolean hasWrites() {
        return !notes.writes.isEmpty();
    }

    /** Forgets a write that was committed, or that a later one of any use, which was committed, covers. */
    void forgetWrite(String name, long upToOrder) {
        forgetWithdrawn(name, upToOrder);
        notes.writes.computeIfPresent(name, (key, write) -> write.order() <= upToOrder ? null : write);
    }

    private void forgetWithdrawn(String name, long upToOrder) {
        if (!notes.withdrawn.isEmpty()) {
            notes.withdrawn
                    .values()
                    .removeIf(put -> put.order() <= upToOrder
                            && requireNonNull(put.live()).name.equals(name));
        }
    }

    /** Takes back a write that is not committed, and what it has replaced; whether no later one has taken its place. */
    boolean takeBack(String name, Write write) {
        forgetWithdrawn(name, write.order());
        return notes.writes.remove(name, write);
    }

    /**
     * The tracked object that this use, or a request it may work for, was handed under that name, if it is this very object and still
     * tracked.
     */
    @Nullable
    LiveValue handedOut(String name, Object object) {
        LiveValue own = ownHandedOut(name, object);
        Iterator<Use> requests = worksFor.iterator();
        while (own == null && requests.hasNext()) {
            own = requests.next().ownHandedOut(name, object);
        }
        return own;
    }

    private @Nullable LiveValue ownHandedOut(String name, Object object) {
        for (LiveValue live : notes.handedOut.of(name)) {
            if (live.isOf(object) && !live.isReplaced()) {
                return live;
            }
        }
        return null;
    }

    /** Forgets what this use was handed and has been replaced since for good; not that it was handed something of that name. */
    void forgetReplaced(String name, Predicate<LiveValue> isReplaced) {
        for (LiveValue live : notes.handedOut.of(name)) {
            if (isReplaced.test(live) && notes.handedOut.remove(live)) {
                notes.forgotten.add(name);
            }
        }
    }

    /** Forgets whose new objects this use was handed: or uses would keep each other, back to the first. */
    void forgetNewOfOthers() {
        notes.newOfOthers.keySet().forEach(live -> notes.forgotten.add(live.name));
        notes.newOfOthers.clear();
    }

    /** Whether this use was handed a value of that name which some record has held. Threads are many, and forget. */
    boolean wasHanded(String name) {
        boolean was = worksFor.isEmpty() && notes.forgotten.contains(name);
        for (LiveValue live : notes.handedOut.of(name)) {
            was |= live.version() > 0;
        }
        return was;
    }

    /** Such values that the application has not replaced, as the record holds them now. */
    List<Base> basesHandedOut(String name) {
        List<Base> bases = new ArrayList<>(1);
        for (LiveValue live : notes.handedOut.of(name)) {
            if (live.version() > 0 && !live.isReplaced()) {
                bases.add(new Base(live));
            }
        }
        return bases;
    }

    private Notes ownNotes() {
        Notes known = notes;
        return known == Notes.NONE ? beginNotes() : known;
    }

    /** The monitor is a leaf. */
    private synchronized Notes beginNotes() {
        if (notes == Notes.NONE) {
            notes = new Notes();
        }
        return notes;
    }

    HandedOut handedOut() {
        return notes.handedOut;
    }

    Map<String, Write> writes() {
        return notes.writes;
    }
}
