package io.holdfast.tracking;

import io.holdfast.tracking.Use.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The uses of one session on this node: those of its requests that run, and that of threads that work for no request.
 *
 * <p>They share the session's objects. So when a request is refused, of which nothing is stored, some of the others must not be
 * stored either: those that may have changed something that goes with it. They are {@linkplain Use#isIncomplete() incomplete}.
 */
public final class Uses {
    /** So many objects of one attribute that lost their place by refreshes are watched for one use. */
    private static final int MOST_SUPERSEDED = 32;

    private final AttributeMap attributes;
    private final Set<Use> running = new SmallSet<>();
    private final Set<Use> leaving = new SmallSet<>();
    private final Use unattributed;

    /** Held while writes are taken back, until those that are incomplete without them are told so. A leaf. */
    private final Object takingBack = new Object();

    /** Counted before, and after, something is taken back. */
    private final AtomicLong dropsBegun = new AtomicLong();

    private final AtomicLong dropsEnded = new AtomicLong();

    /** {@code unattributed}: what threads do that work for no request; every commit takes it along. */
    public Uses(AttributeMap attributes, Use unattributed) {
        this.attributes = attributes;
        this.unattributed = unattributed;
        unattributed.mayWorkFor(running);
    }

    /** A request begins to use the session. */
    public Use begin() {
        Use use = new Use();
        running.add(use);
        return use;
    }

    /** A request has ended; what it put or removed and did not commit is taken back. */
    public void end(Use use) {
        running.remove(use);
        leaving.remove(use);
        use.endInFavourOf(unattributed);
        takeBack(use);
        use.forgetNewOfOthers();
    }

    /**
     * The request of {@code use} is about to end.
     *
     * @return whether so are all that use the session; of several that leave at once, at least one is told so
     */
    public boolean leave(Use use) {
        leaving.add(use);
        return running.stream()
                .allMatch(other -> leaving.contains(other) || !running.contains(other)); // it may have ended since
    }

    /** Whether no request uses the session but that of {@code use}. */
    public boolean isOnly(Use use) {
        return running.size() == 1 && running.contains(use);
    }

    /** Stops watching what has lost its place so often since that it is hardly used any more; nothing that was changed. */
    public void forgetOldest() {
        List<Use> all = all();
        for (Use use : all) {
            forgetOldest(use.handedOut());
            forgetOldest(use.suspects());
            NewObjects.forgetSettled(use, all);
        }
    }

    private void forgetOldest(Set<LiveValue> watched) {
        if (watched.size() <= MOST_SUPERSEDED) {
            return;
        }
        Map<String, List<LiveValue>> superseded = watched.stream()
                .filter(live -> live.version() > 0 && !attributes.isShown(live))
                .collect(Collectors.groupingBy(live -> live.name));
        superseded.values().stream()
                .filter(objects -> objects.size() > MOST_SUPERSEDED)
                .forEach(objects -> objects.stream()
                        .sorted(Comparator.comparingLong(LiveValue::version))
                        .limit(objects.size() - MOST_SUPERSEDED)
                        .filter(oldest -> !isChanged(oldest))
                        .forEach(watched::remove));
    }

    /** Whether requests use the session. */
    public boolean isInUse() {
        return !running.isEmpty();
    }

    /**
     * Looks at what {@code use}, and threads that work for no request, changed; see {@link AttributeChanges#capture}. Whether the use
     * is incomplete is known behind that.
     */
    public AttributeChanges capture(Use use) {
        AttributeChanges changes = AttributeChanges.capture(attributes, List.of(use), unattributed, running);
        boolean lacks = false;
        for (LiveValue suspect : use.suspects()) {
            lacks |= !use.handedOut().contains(suspect) && isChanged(suspect);
        }
        synchronized (takingBack) { // also waits for whoever has just taken back what would have been captured
            if (lacks || changes.isInDoubt()) {
                use.markIncomplete();
            }
        }
        return changes;
    }

    /** Whether {@code use} may be {@linkplain #captureJointly captured jointly} with {@code others}, which may be so without it. */
    public boolean goWith(Use use, Collection<Use> others) {
        return use != unattributed && JointUses.goWith(use, others);
    }

    /**
     * Like {@link #capture}, but what several uses changed, as if it were one.
     *
     * @return null: it turns out that one of them cannot be stored, or not with the others
     */
    public @Nullable AttributeChanges captureJointly(Collection<Use> committing) {
        AttributeChanges changes = AttributeChanges.capture(attributes, committing, unattributed, running);
        boolean apart = changes.isInDoubt() || !JointUses.goTogether(committing);
        synchronized (takingBack) { // as above
            return apart || committing.stream().anyMatch(use -> use.isRefused() || use.isIncomplete()) ? null : changes;
        }
    }

    /**
     * Takes back what {@code refused} put or removed and did not commit, and gives objects that it may have changed in place to
     * nobody any more, unless others have them already; and takes back what threads that work for no request put or removed,
     * because they may work for that one, and watches none of the objects any more that they were handed. As they may work for
     * another one as well, all others that run are incomplete if such threads have put or removed something, and those that were
     * not handed themselves what such threads have changed.
     *
     * @param lostMore whether such threads have set something besides attributes, that is dropped as well
     * @param more drops that, and what {@code refused} has set
     */
    public void drop(Use refused, boolean lostMore, Runnable more) {
        dropsBegun.incrementAndGet();
        try {
            takeBackAll(refused, lostMore, more);
        } finally {
            dropsEnded.incrementAndGet();
        }
    }

    /**
     * The answer to a commit was lost, and the requests are about to be refused. What they put or removed is taken back, and with it what
     * others, and threads that work for no request, have put or removed in the same attributes. Requests that know one of these are
     * incomplete; so is any that will be handed one of their objects, in which changes are that the record may hold, and which nobody stores any
     * more. What was changed in place in other attributes goes on, until it is known whether that is stored.
     *
     * <p>Uses that have done nothing themselves only commit for threads, which go on, and know what they have done.
     *
     * @param committing whose commit it was
     */
    public void answerLost(Collection<Use> committing, AttributeChanges changes) {
        if (committing.stream().allMatch(use -> use == unattributed || use.isEmpty())) {
            return;
        }
        synchronized (takingBack) {
            Map<String, List<Write>> writes = Stream.concat(committing.stream(), Stream.of(unattributed))
                    .flatMap(each -> each.writes().entrySet().stream())
                    .collect(Collectors.groupingBy(
                            Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
            Set<String> names = writes.entrySet().stream()
                    .filter(entry -> !entry.getValue().stream().allMatch(put -> changes.isInVain(entry.getKey(), put)))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            changes.letGo(writes.keySet());
            // first, so that who is handed one behind the look whether it has one, sees that it is in doubt
            all().forEach(each -> objects(each, names).forEach(LiveValue::markInDoubt));
            all().stream().filter(each -> names.stream().anyMatch(each::knows)).forEach(each -> doubt(each, names));
        }
    }

    private void doubt(Use use, Set<String> names) {
        use.markInDoubt();
        objects(use, names).forEach(LiveValue::markInDoubt);
        Map<String, Write> writes = new HashMap<>(use.writes());
        writes.keySet().retainAll(names);
        attributes.rollBack(use, writes, List.of());
    }

    private static Stream<LiveValue> objects(Use use, Set<String> names) {
        return names.stream().flatMap(name -> use.handedOut().of(name).stream());
    }

    /**
     * Nobody knows, or will know, whether the record holds these changes. So no request can be stored that may have changed one of their
     * objects further, and what threads put or change of one that can be changed in place is given up.
     */
    public void distrust(AttributeChanges changes) {
        Set<LiveValue> objects = changes.objects();
        objects.stream().filter(live -> !live.immutable).forEach(LiveValue::markInDoubt); // first, as above
        running.stream()
                .filter(use -> objects.stream().anyMatch(use.handedOut()::contains))
                .forEach(Use::markInDoubt);
        objects.stream().filter(unattributed.handedOut()::contains).forEach(this::giveUp);
        unattributed.forgetHandedOut(objects::contains);
        changes.decodeAgain();
    }

    private void giveUp(LiveValue live) {
        Write put = unattributed.writes().get(live.name);
        if (put != null && live.equals(put.live()) && live.isInDoubt()) {
            attributes.rollBack(unattributed, Map.of(live.name, put), running);
        }
        if (!live.immutable) {
            attributes.tellInDoubt(live);
        }
    }

    /** How many drops have been; -1: one is under way. */
    public long drops() {
        long ended = dropsEnded.get(); // first: there are never fewer that have begun
        return dropsBegun.get() == ended ? ended : -1;
    }

    /** Whether nothing was, or is being, dropped since {@link #drops} gave {@code drops}. */
    public boolean isQuietSince(long drops) {
        return dropsBegun.get() == drops;
    }

    private void takeBackAll(Use refused, boolean lostMore, Runnable more) {
        refused.markRefused();
        Collection<Use> others = others(refused);
        // What threads are handed, put and remove from now on has nothing to do with the refused request.
        Set<LiveValue> threadsWereHanded = Set.copyOf(unattributed.handedOut());
        Map<String, Write> threadsWrote = Map.copyOf(unattributed.writes());
        if (lostMore || !threadsWrote.isEmpty()) {
            others.forEach(Use::markIncomplete);
        }
        others.forEach(other -> other.suspect(threadsWereHanded));
        more.run();
        takeBack(refused);
        refused.handedOut().stream()
                .filter(live ->
                        others.stream().noneMatch(other -> other.handedOut().contains(live)))
                .forEach(attributes::decodeAgain);
        attributes.rollBack(unattributed, threadsWrote, others); // the others are incomplete all the same
        unattributed.forgetHandedOut(threadsWereHanded::contains);
    }

    /** An object that only {@code use} had put is lost to everybody who was handed it, and has perhaps changed it. */
    private void takeBack(Use use) {
        if (use.writes().isEmpty()) {
            return;
        }
        synchronized (takingBack) {
            Collection<Use> others = others(use);
            List<Use> all = new ArrayList<>(others);
            all.add(unattributed);
            Set<LiveValue> put = use.newlyPut();
            attributes.rollBack(use, Map.copyOf(use.writes()), all);
            put.stream()
                    .filter(live -> !attributes.isShown(live) && all.stream().noneMatch(other -> other.hasPut(live)))
                    .forEach(lost -> markIncomplete(others, lost));
        }
    }

    private void markIncomplete(Collection<Use> others, LiveValue lost) {
        boolean ofThreads = unattributed.handedOut().contains(lost);
        others.stream()
                .filter(other -> ofThreads
                        || other.handedOut().contains(lost)
                        || other.suspects().contains(lost))
                .forEach(Use::markIncomplete);
    }

    private boolean isChanged(LiveValue live) {
        return !attributes.isOut(live) && live.isChanged(attributes.form().codec());
    }

    private List<Use> all() {
        List<Use> all = new ArrayList<>(running);
        all.add(unattributed);
        return all;
    }

    private Collection<Use> others(Use use) {
        return running.stream().filter(other -> other != use).toList();
    }
}
