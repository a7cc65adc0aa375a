package io.holdfast.tracking;

import io.holdfast.codec.NotEncodableException;
import io.holdfast.session.EncodedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uses of one session on this node: those of its requests that run, and that of threads that work for no request.
 *
 * <p>They share the session's objects. So when a request is refused, of which nothing is stored, some of the others must not be
 * stored either: those that may have changed something that goes with it. They are {@linkplain Use#isIncomplete() incomplete}.
 */
public final class Uses {
    private final AttributeMap attributes;
    private final Set<Use> running = ConcurrentHashMap.newKeySet();
    private final Use unattributed;

    /** {@code unattributed}: what threads do that work for no request; every commit takes it along. */
    public Uses(AttributeMap attributes, Use unattributed) {
        this.attributes = attributes;
        this.unattributed = unattributed;
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
        takeBack(use);
    }

    /** Whether no request uses the session but that of {@code use}. */
    public boolean isOnly(Use use) {
        return running.size() == 1 && running.contains(use);
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
        AttributeChanges changes = AttributeChanges.capture(attributes, use, unattributed, running);
        if (use.suspects().stream().anyMatch(live -> !use.handedOut().contains(live) && isChanged(live))) {
            use.markIncomplete();
        }
        return changes;
    }

    /**
     * Takes back what {@code refused} put or removed and did not commit, and gives objects that it has changed in place to nobody any
     * more, unless others have them already; and takes back what threads that work for no request put or removed,
     * because they may work for that one, and watches none of the objects any more that they were handed. As they may work for
     * another one as well, all others that run are incomplete if such threads have put or removed something, and those that were
     * not handed themselves what such threads have changed.
     *
     * @param lostMore whether such threads have set something besides attributes, that is dropped as well
     */
    public void drop(Use refused, boolean lostMore) {
        Collection<Use> others = others(refused);
        if (lostMore || unattributed.hasWrites()) {
            others.forEach(Use::markIncomplete);
        }
        others.forEach(other -> other.suspect(unattributed));
        takeBack(refused);
        refused.handedOut().stream()
                .filter(live ->
                        others.stream().noneMatch(other -> other.handedOut().contains(live)) && isChanged(live))
                .forEach(attributes::decodeAgain);
        attributes.rollBack(unattributed, others, lost -> {}); // the others are incomplete all the same
        unattributed.forgetHandedOut();
    }

    /** An object that only {@code use} had put is lost to everybody who was handed it, and has perhaps changed it. */
    private void takeBack(Use use) {
        if (!use.hasWrites()) {
            return;
        }
        Collection<Use> others = others(use);
        List<Use> all = new ArrayList<>(others);
        all.add(unattributed);
        attributes.rollBack(use, all, lost -> {
            boolean ofThreads = unattributed.handedOut().contains(lost);
            others.stream()
                    .filter(other -> ofThreads || other.handedOut().contains(lost))
                    .forEach(Use::markIncomplete);
        });
    }

    /** Whether the record does not hold the object as it is now. */
    private boolean isChanged(LiveValue live) {
        EncodedValue baseline = live.baseline();
        if (baseline == null || live.isReplaced()) {
            return false;
        }
        try {
            return !baseline.equals(PatientEncoder.encode(attributes.form().codec(), live.object));
        } catch (NotEncodableException e) {
            return true;
        }
    }

    private Collection<Use> others(Use use) {
        return running.stream().filter(other -> other != use).toList();
    }
}
