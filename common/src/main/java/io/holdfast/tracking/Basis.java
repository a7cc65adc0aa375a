package io.holdfast.tracking;

import io.holdfast.tracking.Use.Base;
import io.holdfast.tracking.Use.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a new value of an attribute may have been made of, going by what was handed out to who has put it. If that is more than one
 * object, it conflicts with all that was written since the oldest: then nothing is lost that others have done.
 *
 * <p>Who was handed none may have got one from elsewhere: a request from threads that work for no request, and these from any request.
 */
final class Basis {
    private final Use threads;

    Basis(Use threads) {
        this.threads = threads;
    }

    /** Version of the oldest value that what was put or removed may be based on; {@link Long#MAX_VALUE}: none is known. */
    long oldestVersion(String name, Write write) {
        long oldest = Long.MAX_VALUE;
        for (Base base : known(name, write)) {
            oldest = Math.min(oldest, base.version());
        }
        return oldest;
    }

    /** The values that what was put or removed may be based on, in any order. */
    Set<Base> known(String name, Write write) {
        Set<Base> known = new HashSet<>();
        for (Base base : write.bases()) {
            if (!base.live().isReplaced()) {
                known.add(base);
            }
        }
        addInformants(name, write.by(), known, new HashSet<>(Set.of(write.by())));
        return known;
    }

    /** An object that another request has put is based on what that one knew. */
    private void addInformants(String name, Use by, Set<Base> known, Set<Use> asked) {
        informants(name, by).forEach(informant -> known.addAll(informant.basesHandedOut(name)));
        for (Use maker : makers(name, by)) {
            if (asked.add(maker)) {
                known.addAll(maker.basesHandedOut(name));
                addInformants(name, maker, known, asked);
            }
        }
    }

    /**
     * Whether what happened to an object, of the same attribute, is no change of the session once that is committed: it was the value
     * until then, or the new one may have been made of it. Putting an object again that the record knows replaces no other.
     *
     * @param holder was handed the object, and may have changed it: if it has put the new value itself, it knows what it replaces;
     *     threads are many
     */
    boolean isReplaced(LiveValue other, Use holder, Write write) {
        LiveValue live = write.live();
        if (live != null && (live.equals(other) || live.isKnown())) {
            return false;
        }
        if (other.isReplaced() || write.madeOf().contains(other)) {
            return true;
        }
        boolean mayHaveBoth = live != null && live.object.getClass() == other.object.getClass();
        boolean bySomebodyElse = holder == threads || holder != write.by();
        return !(mayHaveBoth && bySomebodyElse) && wasKnown(other, write);
    }

    private boolean wasKnown(LiveValue other, Write write) {
        boolean known = write.by().handedOut().contains(other);
        for (Use informant : informants(other.name, write.by())) {
            known |= informant.handedOut().contains(other);
        }
        return known;
    }

    private Collection<Use> informants(String name, Use by) {
        if (by.wasHanded(name) || !makers(name, by).isEmpty()) {
            return List.of();
        }
        return by == threads ? threads.worksFor() : List.of(threads);
    }

    private static List<Use> makers(String name, Use by) {
        List<Use> makers = new ArrayList<>();
        by.newOfOthers().forEach((live, noted) -> {
            if (live.name.equals(name)) {
                makers.add(noted.by());
            }
        });
        return makers;
    }
}
